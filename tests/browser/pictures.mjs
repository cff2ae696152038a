/* What: the pictures of docs/pictures/, taken from the demo by Debian's Chromium. script/pictures runs it.
 * Each page is taken at 1280 px light and 390 px dark; the two of the README also the other way round.
 * Not here: whether pages are right (the browser tests). */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { root, startGava } from "../gava.mjs";
import { launchBrowser, openPage } from "./browser.mjs";
import { accountFor, logIn, pages, visit } from "./pages.mjs";

const SHOWN = ["form", "receipt", "follow", "routine", "log-in", "work-list", "search", "case", "answer"];
const target = join(root, "docs/pictures");
const wanted = process.argv.slice(2);
const gava = await startGava(undefined, { demo: true });
const browser = await launchBrowser();

mkdirSync(target, { recursive: true });
let failed = 0;
/* Staff first: the cases written for the resident's pictures would stand on their work-lists. */
const shown = pages.filter(([name]) => SHOWN.includes(name)).sort(([, a], [, b]) => (b !== null) - (a !== null));
for (const row of shown) {
    const [name, role] = row;
    const both = ["form", "case"].includes(name);
    const looks = [[1280, 900, false], [390, 844, true], ...(both ? [[1280, 900, true], [390, 844, false]] : [])];
    for (const [width, height, dark] of looks) {
        const file = `${name}-${width}${dark ? "-dark" : ""}.png`;
        if (wanted.length > 0 && !wanted.some((w) => file.includes(w))) continue;
        const page = await openPage(browser, { width, height, dark });
        try {
            if (role) await logIn(gava, page, accountFor(gava, role));
            await visit(gava, page, row);
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
