/* The main path in a real browser, with script and without: a resident writes, a registrar sorts, registers and hands over, a
 * manager accepts, answers and closes, the resident reads, and writes again. On both engines. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gavaOk, startGava } from "../gava.mjs";
import { launchBrowser, openPage } from "./browser.mjs";
import { followCase, logIn, submitCase } from "./pages.mjs";

const ANSWER = "Hej! Tack för att du berättar. Jag beklagar att maten har varit kall. Från och med i dag värmer vi vagnarna innan de går.";
let gava, browser;

before(async () => {
    gava = await startGava(undefined, { demo: true, args: ["--rate-limit", "off"] });
    browser = await launchBrowser();
});
after(async () => {
    await browser?.close();
    await gava?.end();
});

/* A browser of its own for one person. */
async function person(t, script, user) {
    const page = await openPage(browser, { script });
    t.after(() => page.context().close());
    if (user) await logIn(gava, page, gava.accounts.find((a) => a.user === user));
    return page;
}

const press = (page, selector) => Promise.all([page.waitForNavigation(), page.locator(selector).first().click()]);
const words = async (page) => (await page.locator("main").innerText()).replace(/\s+/g, " ");

/* Two routines: one that enters every case in the diary, one that asks for prevention before a case is closed. */
const WAYS = [
    { script: true, unit: "gator", manager: "anders.kvist", name: /Anders Kvist/, diary: true, prevention: false },
    { script: false, unit: "maltider", manager: "eva.noren", name: /Eva Norén/, diary: false, prevention: true },
];

for (const { script, unit, manager: login, name, diary, prevention } of WAYS) {
    test(`a case goes from form to answer, ${script ? "with" : "without"} script`, async (t) => {
        const resident = await person(t, script);
        const story = `Maten på Björkgården var kall i går kväll ${script ? "igen" : "också"}.`;
        await submitCase(gava, resident, story, unit);
        assert.match(resident.url(), /\/synpunkter\/tack$/);
        const number = (await resident.textContent("#case-number")).trim();
        assert.match((await resident.textContent("#case-code")).trim(), /^\d{4} \d{4} \d{4} \d{4}$/);
        await followCase(gava, resident);
        assert.ok((await words(resident)).includes(story), "the person reads what was written");

        const registrar = await person(t, script, "gunnar.lindahl");
        await registrar.goto(`${gava.url}/arende/${number}/sortera`);
        await registrar.selectOption("[name=type]", "complaint");
        await registrar.selectOption("[name=subject]", { index: 1 });
        await registrar.fill("[name=title]", "Kall kvällsmat");
        await press(registrar, "form:has([name=title]) button[type=submit]");
        await registrar.goto(`${gava.url}/arende/${number}`);
        assert.match(await words(registrar), /Kall kvällsmat/);
        if (diary) {
            await press(registrar, 'form[action$="/registrera"] button[type=submit]');
            assert.match(await words(registrar), /Diarienummer [A-ZÅÄÖ]+-20\d\d-\d{4}/, "it has its diary number");
        }
        await registrar.goto(`${gava.url}/arende/${number}/tilldela`);
        await registrar.getByLabel(name).check();
        await press(registrar, "form:has([name=manager]) button[type=submit]");

        const manager = await person(t, script, login);
        await manager.goto(`${gava.url}/att-gora`);
        await press(manager, `a[href$="/arende/${number}"]`);
        await press(manager, 'form[action$="/ta-over"] button[type=submit]');
        await manager.goto(`${gava.url}/arende/${number}/svar`);
        await manager.fill("[name=text]", ANSWER);
        await manager.check("[name=measure_kind][value=done]");
        await manager.fill("[name=measure_done]", "Vagnarna värms.");
        await press(manager, "button[name=step][value=check]");
        assert.ok((await words(manager)).includes(ANSWER), "the answer is looked at before it goes");
        await press(manager, "button[name=step][value=send]");

        await resident.goto(`${gava.url}/folj/arende`);
        assert.ok((await words(resident)).includes(ANSWER), "the person reads the answer");

        await manager.goto(`${gava.url}/arende/${number}/avsluta`);
        const close = () => press(manager, "form:has([name=outcome]) button[type=submit]");
        await manager.locator("[name=outcome]").first().check();
        if (prevention) {
            /* What the routine wants is told, and what was chosen stays. */
            await close();
            assert.match(await words(manager), /förebygg|hända igen/i);
            await manager.check("[name=prevention][value=none]");
            await manager.fill("[name=prevention_why]", "Vagnen byts ut i veckan.");
        }
        await close();
        await manager.goto(`${gava.url}/arende/${number}`);
        assert.match(await words(manager), /Avslutat/);

        await resident.goto(`${gava.url}/folj/arende`);
        await resident.fill("[name=message]", "Det var kallt i dag igen.");
        await press(resident, "form:has([name=message]) button[type=submit]");
        await manager.goto(`${gava.url}/arende/${number}`);
        const after = await words(manager);
        assert.match(after, /Det var kallt i dag igen/);
        assert.doesNotMatch(after, /^.{0,400}Avslutat/s, "a message opens the case again");
        assert.match(gavaOk(["verify", ...gava.where]), /./);
    });
}
