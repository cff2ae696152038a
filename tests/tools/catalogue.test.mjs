/* What: the catalogues of locale/ against the whole tree: every text is used somewhere.
 * (That they agree with each other is msgc's business at build time; their form is msgfmt's, in tools/lint.sh.) */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";

const root = resolve(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "../..");

test("every text of the catalogue is used", () => {
    const sources = readdirSync(join(root, "src"), { recursive: true }).filter((f) => /\.(c|h|def|html)$/.test(f)).map((f) => join(root, "src", f));
    assert.ok(sources.length > 20);
    const result = spawnSync(process.env.MSGC, ["--unused", join(root, "locale/sv.po"), ...sources], { encoding: "utf8" });
    assert.equal(result.status, 0, result.stderr);
});
