/* gava init that cannot finish: nothing is left behind, and the same command works once the reason is mended. */
import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ENGINE, emptyStore, gavaOk, gavaRun, root } from "../gava.mjs";

const init = ["--municipality", "ekhamn", "--name", "Ekhamns kommun", "--routine", join(root, "routines/default.yaml")];

test("a municipality that could not be finished leaves nothing behind", (t) => {
    const store = emptyStore();
    t.after(() => store.remove());
    const at = (name) => ({ env: { GAVA_KEY_FILE: join(store.dir, name) } });
    writeFileSync(join(store.dir, "no.key"), "this is no key\n", { mode: 0o600 });
    const failed = gavaRun(["init", ...store.where, ...init], at("no.key"));
    assert.equal(failed.status, 1);
    assert.match(failed.stderr, /no\.key" does not hold 64 hexadecimal digits/);
    assert.doesNotMatch(failed.stderr, /still there/);
    if (ENGINE === "sqlite") assert.equal(existsSync(join(store.dir, "data/ekhamn")), false);
    gavaOk(["init", ...store.where, ...init], at("good.key"));
    const again = gavaRun(["init", ...store.where, ...init], at("good.key"));
    assert.match(again.stderr, /there is a municipality "ekhamn" already/);
    assert.equal(gavaRun(["verify", ...store.where], at("good.key")).status, 0, "the one that was there is untouched");
});
