/* What: Debian's Chromium by playwright-core, and axe on a page. Used by tests/browser/*.test.mjs and script/pictures. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/* Chromium's own sandbox cannot be used by root; only tests run as root. */
export function launchBrowser() {
    const args = process.getuid() === 0 ? ["--no-sandbox"] : [];
    return chromium.launch({ executablePath: "/usr/bin/chromium", args: [...args, "--disable-gpu", "--force-color-profile=srgb"] });
}

/* A page of its own: width in px, colours light or dark, with or without script. Close it by its context(). */
export async function openPage(browser, { width = 1280, height = 900, dark = false, script = true, reducedMotion = "reduce", ...more } = {}) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? "dark" : "light", javaScriptEnabled: script, locale: "sv-SE",
        timezoneId: "Europe/Stockholm", reducedMotion, ...more });
    context.setDefaultTimeout(20_000);
    return context.newPage();
}

/* What axe finds on the page as it is now, by all its rules or those named: one line per violation and element; empty is good.
 * The page needs script: true. Runs through the debugging protocol, so a strict Content-Security-Policy need not be loosened. */
export async function axeFaults(page, rules) {
    await page.evaluate(axeSource);
    const result = await page.evaluate((only) => globalThis.axe.run(document, { resultTypes: ["violations"], ...(only ? { runOnly: only } : {}) }), rules);
    return result.violations.flatMap((v) => v.nodes.map((n) => `${v.id} (${v.impact}): ${v.help}: ${n.target.join(" ")} ${n.failureSummary.replace(/\s+/g, " ")}`));
}
