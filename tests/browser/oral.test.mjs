/* What people say, taken in on a phone by keyboard alone, under each of the five routines; and what happens when the contact
 * is lost. Pages look alike on both engines, so one engine is enough. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addRoutines, PASSWORD, startTown } from "../flow/town.mjs";
import { launchBrowser, openPage } from "./browser.mjs";
import { logIn } from "./pages.mjs";

const LIMIT_MS = 60_000;
let town, browser, ended;

before(async () => {
    /* startTown ends with a test; here with the file. */
    town = await startTown({ after: (end) => (ended = end) });
    addRoutines(town);
    browser = await launchBrowser();
});
after(async () => {
    await browser?.close();
    await ended?.();
});

async function phone(t, user = "lena") {
    const page = await openPage(browser, { width: 390, height: 844 });
    page.faults = [];
    page.on("pageerror", (error) => page.faults.push(error.message));
    t.after(() => page.context().close());
    await logIn(town, page, { user, password: PASSWORD });
    return page;
}

/* Tab until the element has the focus; nothing is clicked. */
async function tabTo(page, selector) {
    for (let n = 0; n < 120; n++) {
        if (await page.evaluate((s) => document.activeElement?.matches(s), selector)) return;
        await page.keyboard.press("Tab");
    }
    assert.fail(`the keyboard does not reach ${selector} on ${page.url()}`);
}
/* Radio buttons: Tab reaches the first of a group; the arrows choose. */
async function choose(page, name, value) {
    await tabTo(page, `[name=${name}]`);
    const values = await page.locator(`[name=${name}]`).evaluateAll((all) => all.map((one) => one.value));
    await page.keyboard.press("Space");
    for (let n = values.indexOf(value); n > 0; n--) await page.keyboard.press("ArrowDown");
    assert.equal(await page.locator(`[name=${name}]:checked`).inputValue(), value);
}
async function type(page, selector, text) {
    await tabTo(page, selector);
    await page.keyboard.type(text);
}
const tick = async (page, selector) => (await tabTo(page, selector), await page.keyboard.press("Space"));

/* One unit under each routine; answers: what its routine asks, in the order of the page. */
const CASES = [
    { routine: "nacka-socialtjanst", unit: "Hemtjänst norr", type: "complaint", answers: async (page) => (await choose(page, "formalised", "yes"), await choose(page, "write_self", "staff"), await tick(page, "#read_back")) },
    { routine: "nacka-valfard", unit: "Enheten fritid", type: "complaint", answers: (page) => choose(page, "asked_complaint", "yes") },
    { routine: "nordanstig", unit: "Ekskolan", type: "opinion", answers: async () => {} },
    { routine: "motala-socialforvaltning", unit: "Enheten social", type: "complaint", answers: async (page) => (await choose(page, "asked_complaint", "yes"), await choose(page, "write_self", "staff"), await tick(page, "#informed")) },
    { routine: "rinkeby-kista", unit: "Enheten kista", type: "suggestion", answers: async () => {} },
];

for (const { routine, unit, type: kind, answers } of CASES)
    test(`${routine}: one complaint by keyboard alone at 390 px, in under a minute`, async (t) => {
        const page = await phone(t);
        await page.goto(`${town.url}/att-gora`);
        const start = Date.now();
        await tabTo(page, 'nav a[href$="/ta-emot"]');
        await Promise.all([page.waitForURL(/ta-emot$/), page.keyboard.press("Enter")]);
        await choose(page, "channel", "phone");
        await type(page, "#story", "Städningen blev inte av två veckor i rad. Ingen hörde av sig. Hon vill att någon ringer i förväg om det blir inställt.");
        await choose(page, "type", kind);
        await tabTo(page, "#unit");
        const fetched = page.waitForResponse((r) => r.url().endsWith("/ta-emot") && r.request().method() === "POST");
        await page.keyboard.type(unit);
        if (unit !== "Hemtjänst syd") await fetched;
        await page.waitForFunction(() => !document.querySelector(".htmx-request, .htmx-swapping, .htmx-settling"));
        assert.match(await page.locator("#unit option:checked").innerText(), new RegExp(unit));
        await answers(page);
        await choose(page, "reply", "phone");
        await type(page, "#phone", "070-174 06 33");
        await type(page, "#name", "Gunnel Berg");
        await tabTo(page, "form button[type=submit]:not([name])");
        await Promise.all([page.waitForURL(/kvitto/), page.keyboard.press("Enter")]);
        const took = Date.now() - start;
        assert.match((await page.textContent("#case-number")).trim(), /^2026-\d{4}$/);
        assert.match((await page.textContent("#case-code")).trim(), /^\d{4} \d{4} \d{4} \d{4}$/);
        assert.ok(took < LIMIT_MS, `${took} ms`);
        assert.deepEqual(page.faults, []);
        t.diagnostic(`${routine}: ${(took / 1000).toFixed(1)} s`);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, "nothing sticks out");
    });

test("contact is lost: nothing typed is lost, and what was sent goes when contact is back, once", async (t) => {
    const page = await phone(t);
    await page.goto(`${town.url}/ta-emot?unit=skola`);
    await page.check("[name=channel][value=visit]");
    await page.fill("#story", "Det drar i matsalen.");
    await page.waitForFunction(() => /Sparat kl\. \d\d\.\d\d/.test(document.querySelector("[data-draft-state]").textContent));
    await page.context().setOffline(true);
    await page.locator("#story").pressSequentially(" Barnen fryser.");
    await page.waitForFunction(() => /Ingen kontakt/.test(document.querySelector("[data-draft-state]").textContent));
    await page.check("[name=reply][value=code]");
    await page.locator("form button[type=submit]:not([name])").last().click();
    await page.waitForTimeout(500);
    assert.match(page.url(), /ta-emot\?unit=skola$/, "the page is still there");
    assert.equal(await page.inputValue("#story"), "Det drar i matsalen. Barnen fryser.");
    await page.context().setOffline(false);
    await page.waitForURL(/kvitto/);
    const number = (await page.textContent("#case-number")).trim();
    await page.goto(`${town.url}/arende/${number}`);
    assert.match(await page.locator("main").innerText(), /Det drar i matsalen\. Barnen fryser\./);
    await page.goto(`${town.url}/ta-emot`);
    assert.doesNotMatch(await page.locator("main").innerText(), /Påbörjat/, "what was sent is no draft any more");
});

test("a closed browser: the page offers what was begun, in another browser too; logged out meanwhile: the text stays and is saved later", async (t) => {
    let page = await phone(t);
    await page.goto(`${town.url}/ta-emot?unit=skola`);
    await page.fill("#story", "Hon blev avbruten mitt i");
    await page.waitForFunction(() => /Sparat/.test(document.querySelector("[data-draft-state]").textContent));
    await page.context().close();

    page = await phone(t);
    await page.goto(`${town.url}/ta-emot`);
    await page.getByRole("link", { name: /Fortsätt: Ekskolan/ }).click();
    assert.equal(await page.inputValue("#story"), "Hon blev avbruten mitt i");
    const other = await page.context().newPage();
    await other.goto(`${town.url}/att-gora`);
    await Promise.all([other.waitForNavigation(), other.getByRole("button", { name: "Logga ut" }).click()]);
    await page.press("#story", "Control+End");
    await page.locator("#story").pressSequentially(" samtalet");
    await page.waitForFunction(() => /Du är utloggad/.test(document.querySelector("[data-draft-state]").textContent));
    assert.equal(await page.inputValue("#story"), "Hon blev avbruten mitt i samtalet");
    await logIn(town, other, { user: "lena", password: PASSWORD });
    await page.waitForFunction(() => /Sparat/.test(document.querySelector("[data-draft-state]").textContent));
    await page.check("[name=channel][value=phone]");
    await page.check("[name=reply][value=none]");
    await page.locator("form button[type=submit]:not([name])").last().click();
    await page.waitForURL(/kvitto/);
});
