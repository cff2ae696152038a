/* Pages look alike on both engines, so one engine is enough. axe finds nothing on any page: light, dark, and 390 px wide; nothing sticks out at 320 px; nothing is refused by the page's own
 * Content-Security-Policy. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startGava } from "../gava.mjs";
import { axeFaults, launchBrowser, openPage } from "./browser.mjs";
import { accountFor, logIn, pages, visit } from "./pages.mjs";

const looks = [["light", { width: 1280 }], ["dark", { width: 1280, dark: true }], ["390 px", { width: 390, height: 844 }]];
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
async function open(role, look) {
    const page = await openPage(browser, { ...look, storageState: role ? states.get(String(role)) : undefined });
    page.complaints = [];
    page.on("console", (message) => message.type() === "error" && page.complaints.push(message.text()));
    page.on("pageerror", (error) => page.complaints.push(error.message));
    if (role && !states.has(String(role))) {
        await logIn(gava, page, accountFor(gava, role));
        states.set(String(role), await page.context().storageState());
    }
    return page;
}

for (const row of pages) {
    const [name, role] = row;
    test(`${name}: axe finds nothing, in light, in dark and at 390 px`, async () => {
        for (const [look, options] of looks) {
            const page = await open(role, options);
            try {
                await visit(gava, page, row);
                assert.deepEqual(await axeFaults(page), [], `${page.url()} (${look})`);
                assert.deepEqual(page.complaints.filter((c) => !/status of (4\d\d)/.test(c)), [], `${page.url()} (${look})`);
            } finally {
                await page.context().close();
            }
        }
    });

    test(`${name}: nothing sticks out at 320 px`, async () => {
        const page = await open(role, { width: 320, height: 640 });
        try {
            await visit(gava, page, row);
            const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
            assert.ok(wide <= room, `${page.url()} is ${wide} px wide in ${room} px`);
        } finally {
            await page.context().close();
        }
    });
}
