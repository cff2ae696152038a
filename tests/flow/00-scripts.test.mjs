/* The commands of script/ and the counting of script/test. No store, so one engine is enough. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../gava.mjs";
import { countTap } from "../tap.mjs";

/* A tree with the real scripts, and programs that only play their parts. */
function tree(t, { gava, commands = {} } = {}) {
    const dir = mkdtempSync(join(tmpdir(), "gava-scripts-"));
    t.after(() => rmSync(dir, { recursive: true, force: true }));
    cpSync(join(root, "script"), join(dir, "script"), { recursive: true });
    for (const folder of ["bin", "build", "deps"]) mkdirSync(join(dir, folder));
    const program = (path, text) => (writeFileSync(join(dir, path), text), chmodSync(join(dir, path), 0o755));
    if (gava !== undefined) {
        program("build/gava", `#!/bin/bash\n${gava}\n`);
        program("script/build", "#!/bin/bash\n");
    }
    for (const [name, text] of Object.entries(commands)) program(`bin/${name}`, `#!/bin/bash\n${text}\n`);
    const env = { ...process.env, PATH: `${join(dir, "bin")}:${process.env.PATH}`, GAVA_DATA: undefined };
    delete env.GAVA_DATA;
    return { dir, env, run: (argv) => spawnSync(argv[0], argv.slice(1), { cwd: dir, env, encoding: "utf8" }) };
}

const DEMO = `case $1 in
demo) mkdir -p "$3"; echo half >"$3/register.db"; $HOOK; echo '[{"user":"rut","password":"blåbär","name":"Rut","role":"registrar","unit":null}]' ;;
serve) shift; echo "served $*" ;;
esac`;

test("script/server makes demo data once, keeps the accounts and serves on 127.0.0.1:8080", (t) => {
    const { run, dir } = tree(t, { gava: DEMO.replace("$HOOK", "echo demo >>made") });
    const first = run(["script/server"]);
    assert.equal(first.status, 0, first.stderr);
    assert.equal(first.stdout, "served --listen 127.0.0.1:8080 --data var/demo\n");
    assert.match(first.stderr, /rut +blåbär +Rut +registrar/);
    assert.match(first.stderr, /http:\/\/127\.0\.0\.1:8080\/synpunkter/);
    assert.equal(JSON.parse(readFileSync(join(dir, "var/demo/accounts.json"), "utf8"))[0].user, "rut");
    const again = run(["script/server", "--listen", "127.0.0.1:9", "--clock", "noon"]);
    assert.equal(again.stdout, "served --data var/demo --listen 127.0.0.1:9 --clock noon\n");
    assert.match(again.stderr, /http:\/\/127\.0\.0\.1:9\/synpunkter/);
    assert.equal(readFileSync(join(dir, "made"), "utf8"), "demo\n");
});

test("script/server makes no demo data when it is told where the data is", (t) => {
    const { run, dir } = tree(t, { gava: DEMO.replace("$HOOK", "true") });
    assert.equal(run(["script/server", "--postgres", "postgresql://x"]).stdout, "served --listen 127.0.0.1:8080 --postgres postgresql://x\n");
    assert.ok(!existsSync(join(dir, "var")));
});

test("an interrupted script/server leaves no half-made demo data", async (t) => {
    const { dir, env } = tree(t, { gava: DEMO.replace("$HOOK", "touch begun; sleep 30") });
    const child = spawn("script/server", { cwd: dir, env, detached: true, stdio: "ignore" });
    const ended = new Promise((done) => child.on("close", done));
    while (!existsSync(join(dir, "begun"))) await new Promise((done) => setTimeout(done, 20));
    process.kill(-child.pid, "SIGINT");
    process.kill(-child.pid, "SIGTERM");
    await ended;
    assert.deepEqual(readdirSync(join(dir, "var")), []);
});

test("demo data that cannot be made is told, and leaves nothing", (t) => {
    const { run, dir } = tree(t, { gava: DEMO.replace("$HOOK", "echo 'no space' >&2; exit 1") });
    const result = run(["script/server"]);
    assert.equal(result.status, 1);
    assert.match(result.stderr, /no space\nserver: the demo data could not be made.*run again\.\n$/);
    assert.deepEqual(readdirSync(join(dir, "var")), []);
});

const APT = { "dpkg-query": "echo 'installed gcc'", "apt-get": 'echo "$@" >>asked' };
const install = "set -euo pipefail; . script/lib.sh; install_packages deps/a.txt";

test("only the packages that are missing are installed", (t) => {
    const { run, dir } = tree(t, { commands: { ...APT, id: "echo 0" } });
    writeFileSync(join(dir, "deps/a.txt"), "# why\ngcc   compiler\nmeson  build\n");
    const result = run(["bash", "-c", install]);
    assert.equal(result.status, 0, result.stderr);
    assert.equal(readFileSync(join(dir, "asked"), "utf8"), "-q update\n-y -q install --no-install-recommends meson\n");
});

test("nothing is asked of apt-get when nothing is missing", (t) => {
    const { run, dir } = tree(t, { commands: { ...APT, id: "echo 0" } });
    writeFileSync(join(dir, "deps/a.txt"), "gcc   compiler\n");
    assert.equal(run(["bash", "-c", install]).stderr, "");
    assert.ok(!existsSync(join(dir, "asked")));
});

test("neither root nor sudo: the sentence says what root should run", (t) => {
    const { run, dir } = tree(t, { commands: { ...APT, id: "echo 1000", "dpkg-query": "true" } });
    writeFileSync(join(dir, "deps/a.txt"), "meson  build\n");
    for (const name of ["sed", "awk", "sort", "comm", "cat", "tee", "mktemp", "rm", "tail", "grep", "bash"])
        writeFileSync(join(dir, "bin", name), `#!/bin/sh\nexec ${spawnSync("which", [name], { encoding: "utf8" }).stdout.trim()} "$@"\n`, { mode: 0o755 });
    const result = spawnSync("/bin/bash", ["-c", install], { cwd: dir, encoding: "utf8", env: { PATH: join(dir, "bin") } });
    assert.equal(result.status, 1);
    assert.match(result.stderr, /neither root nor have sudo\. As root: apt-get install --no-install-recommends meson/);
});

test("no network: the sentence says what to look at", (t) => {
    const { run, dir } = tree(t, { commands: { ...APT, id: "echo 0", "apt-get": "echo 'E: Could not resolve deb.debian.org' >&2; exit 100" } });
    writeFileSync(join(dir, "deps/a.txt"), "meson  build\n");
    const result = run(["bash", "-c", install]);
    assert.equal(result.status, 1);
    assert.match(result.stderr, /E: Could not resolve deb\.debian\.org\n.*Is there a network/);
});

test("script/test counts what cmocka and node print", () => {
    assert.deepEqual(countTap("1..2\nok 1 - a\nnot ok 2 - b\n", 1), { passed: 1, failed: 1 });
    assert.deepEqual(countTap("TAP version 13\n    ok 1 - inner\nok 1 - a\n1..1\n# tests 5\n# suites 0\n# pass 4\n# fail 1\n# cancelled 0\n# skipped 0\n# todo 0\n", 1),
        { passed: 4, failed: 1 });
});

test("script/test counts what did not run as failed", () => {
    assert.deepEqual(countTap("1..2\nok 1 - a\nok 2 - b # SKIP no server\n", 0), { passed: 1, failed: 1 }, "a skip");
    assert.deepEqual(countTap("1..3\nok 1 - a\n", 139), { passed: 1, failed: 2 }, "a crash on the way");
    assert.deepEqual(countTap("1..1\nok 1 - a\n", 1), { passed: 1, failed: 1 }, "a bad exit after the last case");
    assert.deepEqual(countTap("# tests 2\n# pass 1\n# fail 0\n# cancelled 0\n# skipped 1\n# todo 0\n", 0), { passed: 1, failed: 1 }, "a skip of node");
    assert.deepEqual(countTap("", 0), { passed: 1, failed: 0 }, "no TAP: the exit status is the case");
    assert.deepEqual(countTap("", 1), { passed: 0, failed: 1 });
});
