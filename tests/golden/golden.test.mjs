/* What: view -> HTML. Some pages compared line by line with tests/golden/html (GOLDEN_UPDATE=1 writes them anew, for a person
 * to read in the diff); all pages, filled with what an attacker would write, checked for markup that should have been text. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";

const golden = resolve(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "html");
const dir = mkdtempSync(join(tmpdir(), "pages-"));
after(() => rmSync(dir, { recursive: true }));
const made = spawnSync(process.env.SAMPLE_PAGES, [dir], { encoding: "utf8" });
const files = readdirSync(dir).sort();

/* A page without what changes with every style sheet. */
const read = (name) => readFileSync(join(dir, name), "utf8").replace(/-[0-9a-f]{12}\.(css|js|svg)/g, "-HASH.$1");

test("every sample page is made", () => {
    assert.equal(made.status, 0, made.stderr);
    assert.ok(files.length >= 36, `${files.length} pages`);
});

for (const name of ["form-faults.hostile.html", "follow.hostile.html", "rutin-staff.hostile.html", "receipt.sv.html", "follow.en.html", "case-faults.hostile.html", "worklist.sv.html", "answer-check.en.html"])
    test(`${name} is as it was`, () => {
        if (process.env.GOLDEN_UPDATE) writeFileSync(join(golden, name), read(name));
        assert.equal(read(name), readFileSync(join(golden, name), "utf8"));
    });

for (const name of files) {
    test(`${name} has no markup but the template's own, and each id once`, () => {
        const html = read(name);
        const scripts = [...html.matchAll(/<script\b[^>]*>/g)].map((m) => m[0]);
        assert.deepEqual(scripts, ['<script src="/assets/htmx-HASH.js" defer>', '<script src="/assets/gava-HASH.js" defer>']);
        assert.doesNotMatch(html, /<b>(?!#|\s|<\/b>|&lt;script)/); /* <b> is used for comments in YAML only */
        assert.doesNotMatch(html, /\s(on\w+|style)\s*=/i);
        assert.doesNotMatch(html, /href="javascript:/i);
        const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map((m) => m[1]);
        assert.deepEqual(ids.filter((id, i) => ids.indexOf(id) !== i).filter((id) => !id.includes("&lt;")), []);
    });
}

test("pages in English hold no Swedish of ours", () => {
    /* What the samples say is Swedish; the catalogue's words around it must not be. */
    const html = read("help.en.html").replace(/<header[\s\S]*<\/header>|<p class="gv-clock">.*|<title>.*|<footer[\s\S]*/g, "");
    assert.doesNotMatch(html.replace(/<[^>]*>/g, " "), /[åäöÅÄÖ](?!va)/);
});
