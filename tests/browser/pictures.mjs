/* What: the pictures of docs/pictures/, taken from the demo by Debian's Chromium. One row per page; script/pictures runs it.
 * Each page is taken at 1280 px light and 390 px dark; the two of the README also the other way round.
 * Not here: whether pages are right (the browser tests). */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { root, startGava } from "../gava.mjs";
import { launchBrowser, openPage } from "./browser.mjs";

const target = join(root, "docs/pictures");
const wanted = process.argv.slice(2);
const gava = await startGava(undefined, { demo: true });
const browser = await launchBrowser();

const account = (pattern) => gava.accounts.find((a) => pattern.test(a.role)) ?? gava.accounts[0];
const registrar = account(/registrar/);
const manager = account(/manager/);

async function logIn(page, { user, password }) {
    await page.goto(`${gava.url}/logga-in`);
    await page.fill("[name=user]", user);
    await page.fill("[name=password]", password);
    await Promise.all([page.waitForNavigation(), page.press("[name=password]", "Enter")]);
}

/* Writes a case in the form; ends on the receipt. */
async function submitCase(page) {
    await page.goto(`${gava.url}/synpunkter`);
    await page.check("[name=type][value=complaint]");
    const unit = page.locator("select[name=unit]");
    if (await unit.count()) await unit.selectOption({ index: 2 });
    await page.fill("[name=story]", "Maten på Solgläntan har varit kall flera dagar i rad, och mamma äter nästan inget till kvällen. Personalen är jättefin, men köket verkar inte hinna med.");
    await page.check("[name=reply][value=code]");
    await Promise.all([page.waitForNavigation(), page.locator("form:has([name=story]) button[type=submit]").last().click()]);
}

async function firstCase(page, list) {
    await page.goto(gava.url + list);
    await page.goto(new URL(await page.locator('a[href*="/arende/"]').first().getAttribute("href"), gava.url).href);
}

/* name, who is logged in, how to get there */
const pages = [
    ["form", null, (page) => page.goto(`${gava.url}/synpunkter`)],
    ["form-faults", null, async (page) => {
        await page.goto(`${gava.url}/synpunkter`);
        await Promise.all([page.waitForNavigation(), page.locator("form:has([name=story]) button[type=submit]").last().click()]);
    }],
    ["receipt", null, submitCase],
    ["follow", null, async (page) => {
        await submitCase(page);
        const [number, code] = [await page.textContent("#case-number"), await page.textContent("#case-code")];
        await page.goto(`${gava.url}/folj`);
        await page.fill("[name=number]", number.trim());
        await page.fill("[name=code]", code.trim());
        await Promise.all([page.waitForNavigation(), page.press("[name=code]", "Enter")]);
    }],
    ["routine", null, (page) => page.goto(`${gava.url}/rutin`)],
    ["log-in", null, (page) => page.goto(`${gava.url}/logga-in`)],
    ["work-list", registrar, (page) => page.goto(`${gava.url}/att-gora`)],
    ["search", registrar, (page) => page.goto(`${gava.url}/arenden`)],
    ["case", manager, (page) => firstCase(page, "/att-gora")],
    ["answer", manager, async (page) => {
        await firstCase(page, "/att-gora");
        await page.goto(`${page.url()}/svar`);
    }],
];

mkdirSync(target, { recursive: true });
let failed = 0;
for (const [name, who, goThere] of pages) {
    const both = ["form", "case"].includes(name);
    const looks = [[1280, 900, false], [390, 844, true], ...(both ? [[1280, 900, true], [390, 844, false]] : [])];
    for (const [width, height, dark] of looks) {
        const file = `${name}-${width}${dark ? "-dark" : ""}.png`;
        if (wanted.length > 0 && !wanted.some((w) => file.includes(w))) continue;
        const page = await openPage(browser, { width, height, dark });
        try {
            if (who) await logIn(page, who);
            await goThere(page);
            await page.screenshot({ path: join(target, file) });
            console.log(`docs/pictures/${file}`);
        } catch (error) {
            failed += 1;
            console.error(`${file}: ${error.message.split("\n")[0]}`);
        }
        await page.context().close();
    }
}
await browser.close();
await gava.end();
process.exitCode = failed > 0 ? 1 : 0;
