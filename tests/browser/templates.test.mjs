/* One engine is enough: no store is asked. axe finds nothing in any template, shown with made-up contents (tests/golden): every part of every page, also those that a
 * run of the program seldom reaches. Light, dark, 390 px; all details open; nothing sticks out at 320 px; nothing is refused by
 * the Content-Security-Policy that the program sends. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { axeFaults, launchBrowser, openPage } from "./browser.mjs";

const build = dirname(process.env.GAVA ?? "build/gava");
const dir = mkdtempSync(join(tmpdir(), "templates-"));
const made = spawnSync(join(build, "tests/sample_pages"), [dir], { encoding: "utf8" });
const names = readdirSync(dir).filter((f) => f.endsWith(".sv.html"));
const policy = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; script-src 'self'; form-action 'self'; " +
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'";
const types = { css: "text/css; charset=utf-8", js: "text/javascript; charset=utf-8", svg: "image/svg+xml", woff2: "font/woff2", html: "text/html; charset=utf-8" };

let server, browser, origin;
before(async () => {
    server = createServer((request, response) => {
        const name = basename(new URL(request.url, "http://x").pathname);
        const path = request.url.startsWith("/assets/") ? join(build, "src/gen/assets", name) : join(dir, name);
        try {
            response.writeHead(200, { "content-type": types[name.split(".").pop()], "content-security-policy": policy }).end(readFileSync(path));
        } catch {
            response.writeHead(404).end();
        }
    });
    await new Promise((done) => server.listen(0, "127.0.0.1", done));
    origin = `http://127.0.0.1:${server.address().port}`;
    browser = await launchBrowser();
});
after(async () => {
    await browser?.close();
    server?.close();
    rmSync(dir, { recursive: true });
});

test("there are templates to look at", () => {
    assert.equal(made.status, 0, made.stderr);
    assert.ok(names.length >= 12, `${names.length} pages`);
});

for (const name of names) {
    for (const [look, options] of [["light", { width: 1280 }], ["dark", { width: 1280, dark: true }], ["390 px", { width: 390 }]])
        test(`${name}, ${look}: axe finds nothing`, async () => {
            const page = await openPage(browser, options);
            const complaints = [];
            page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
            page.on("pageerror", (error) => complaints.push(error.message));
            try {
                await page.goto(`${origin}/${name}`);
                await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
                assert.deepEqual(await axeFaults(page), []);
                assert.deepEqual(complaints, []);
            } finally {
                await page.context().close();
            }
        });

    test(`${name}: nothing sticks out at 320 px`, async () => {
        const page = await openPage(browser, { width: 320, height: 640 });
        try {
            await page.goto(`${origin}/${name}`);
            await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
            const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
            assert.ok(wide <= room, `${wide} px wide in ${room} px`);
        } finally {
            await page.context().close();
        }
    });
}
