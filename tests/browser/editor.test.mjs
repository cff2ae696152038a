/* Writing a reply with script: the draft keeps itself, also after a lost contact; a phrase goes in at the cursor; advice follows what is
 * typed; two windows are noticed. Pages look alike on both engines, so one engine is enough. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PASSWORD, startTown, taken } from "../flow/town.mjs";
import { axeFaults, launchBrowser, openPage } from "./browser.mjs";
import { logIn } from "./pages.mjs";

let town, browser, ended, number;

before(async () => {
    town = await startTown({ after: (end) => (ended = end) });
    let maria;
    ({ number, maria } = await taken(town, { story: "Fel matlåda tre dagar i rad. Kan någon ringa mig?" }));
    await (await maria.get("/admin/fraser/ny")).submit(/fraser\/ny$/, { name: "Ringa", body: "Jag ringer dig i dag." });
    browser = await launchBrowser();
});
after(async () => {
    await browser?.close();
    await ended?.();
});

async function editor(t, width = 1280) {
    const page = await openPage(browser, { width, height: 900 });
    page.faults = [];
    page.on("pageerror", (error) => page.faults.push(error.message));
    t.after(() => page.context().close());
    await logIn(town, page, { user: "amir", password: PASSWORD });
    await page.goto(`${town.url}/arende/${number}/svar`);
    return page;
}
const state = (page, words) => page.waitForFunction((w) => document.querySelector("[data-draft-state]").textContent.includes(w), words);

test("what is typed is saved by itself, advice follows it, and a phrase goes in where one writes", async (t) => {
    const page = await editor(t);
    await page.fill("#text", "Hej! Vi har läst. Du har missförstått.");
    await state(page, "Sparat kl.");
    await page.waitForFunction(() => /Läs meningen en gång till/.test(document.querySelector("#sprak").textContent));
    await page.evaluate(() => document.querySelector("#text").setSelectionRange(5, 5));
    await page.selectOption("#phrase", { label: "Ringa" });
    await page.click("button[data-insert]");
    assert.equal(await page.inputValue("#text"), "Hej! Jag ringer dig i dag. Vi har läst. Du har missförstått.");
    await page.waitForFunction(() => document.querySelector("[name=draft_version]").value === "2");
    await page.reload();
    assert.equal(await page.inputValue("#text"), "Hej! Jag ringer dig i dag. Vi har läst. Du har missförstått.");
    assert.deepEqual(page.faults, []);
    assert.deepEqual(await axeFaults(page), []);
});

test("a lost contact loses nothing, on a telephone too", async (t) => {
    const page = await editor(t, 390);
    await page.context().setOffline(true);
    await page.fill("#text", "Hej! Det här skrev jag på bussen.");
    await state(page, "vi når inte servern");
    assert.equal(await page.inputValue("#text"), "Hej! Det här skrev jag på bussen.");
    await page.context().setOffline(false);
    await state(page, "Sparat kl.");
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, "nothing sticks out");
    await page.locator("button[value=check]").click();
    await page.waitForURL(/visa=1/);
    assert.match(await page.locator("main").innerText(), /Det här skrev jag på bussen/);
});

test("somebody else writes meanwhile: the page says so, and shows both texts", async (t) => {
    const page = await editor(t), other = await editor(t);
    await other.fill("#text", "Det den andra skrev");
    await state(other, "Sparat kl.");
    await page.fill("#text", "Det jag skrev");
    await state(page, "Någon annan har sparat utkastet");
    await page.locator("button[value=save]").click();
    await page.waitForSelector("mark");
    const marks = await page.locator("mark").allInnerTexts();
    assert.deepEqual(marks.sort(), ["Det den andra skrev", "Det jag skrev"]);
    assert.equal(await page.inputValue("#text"), "Det jag skrev");
    assert.deepEqual(await axeFaults(page), []);
});
