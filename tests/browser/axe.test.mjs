/* Pages look alike on both engines, so one engine is enough. axe finds nothing on any page: light, dark, and 390 px wide; nothing sticks out at 320 px; nothing is refused by the page's own
 * Content-Security-Policy. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startGava } from "../gava.mjs";
import { axeFaults, launchBrowser, openPage } from "./browser.mjs";
import { accountFor, logIn, pages, visit } from "./pages.mjs";

const COLOURS = ["color-contrast", "link-in-text-block"]; /* what dark can change, beside light */
let gava, browser;
const states = new Map(); /* role -> cookies of somebody who has it */

before(async () => {
    gava = await startGava(undefined, { demo: true, args: ["--rate-limit", "off"] });
    browser = await launchBrowser();
});
after(async () => {
    await browser?.close();
    await gava?.end();
});

/* A page, logged in if a role is asked for; logs in once for each role. */
async function open(role) {
    const page = await openPage(browser, { width: 1280, storageState: role ? states.get(String(role)) : undefined });
    page.complaints = [];
    page.on("console", (message) => message.type() === "error" && page.complaints.push(message.text()));
    page.on("pageerror", (error) => page.complaints.push(error.message));
    if (role && !states.has(String(role))) {
        await logIn(gava, page, accountFor(gava, role));
        states.set(String(role), await page.context().storageState());
    }
    return page;
}

/* One visit a page: the looks are the style sheet's doing, nothing is asked of the program again. */
for (const row of pages) {
    const [name, role] = row;
    test(`${name}: axe finds nothing, in light, in dark and at 390 px; nothing sticks out at 320 px`, async () => {
        const page = await open(role);
        try {
            await visit(gava, page, row);
            assert.deepEqual(await axeFaults(page), [], `${page.url()} (light)`);
            await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
            assert.deepEqual(await axeFaults(page, COLOURS), [], `${page.url()} (dark)`);
            await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
            await page.setViewportSize({ width: 390, height: 844 });
            assert.deepEqual(await axeFaults(page), [], `${page.url()} (390 px)`);
            await page.setViewportSize({ width: 320, height: 640 });
            const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
            assert.ok(wide <= room, `${page.url()} is ${wide} px wide in ${room} px`);
            assert.deepEqual(page.complaints.filter((c) => !/status of (4\d\d)/.test(c)), [], page.url());
        } finally {
            await page.context().close();
        }
    });
}
