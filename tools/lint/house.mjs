/* What: the checks of the house: scripts, packages, what is tracked. Used by tools/lint.mjs.
 * Source: issue 2 "Two commands"; style.md rules 41, 55. */
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { lines } from "./code.mjs";

const TEXT = /\.(c|h|def|sql|html|css|js|mjs|md|yaml|yml|po|sh|txt|build|json|conf|svg|supp|lua)$|^(script\/(?!.*\.)|\.ci\/|LICENSE|\.[a-z-]+$|meson)/;

function isShell(tree, file) {
    if (/\.sh$/.test(file)) return true;
    return TEXT.test(file) && !/\.(mjs|js)$/.test(file) && /^#!.*\b(ba)?sh\b/.test(tree.read(file));
}

function checkScripts(tree, fault) {
    for (const file of tree.files) {
        if (isShell(tree, file)) {
            const run = spawnSync("bash", ["-n", tree.path(file)], { encoding: "utf8" });
            for (const [, line, message] of run.stderr.matchAll(/line (\d+): (.*)$/gm)) fault(file, line, message);
        } else if (/\.m?js$/.test(file)) {
            const run = spawnSync(process.execPath, ["--check", tree.path(file)], { encoding: "utf8" });
            if (run.status !== 0) fault(file, run.stderr.match(/:(\d+)\n/)?.[1] ?? 1, run.stderr.match(/^\w*Error: .*$/m)?.[0] ?? "does not parse");
        }
    }
}

function checkExecutable(tree, fault) {
    for (const file of tree.files.filter((f) => /^(script|\.ci|tools|tests)\/[^.]*(\.sh|\.mjs)?$/.test(f))) {
        const called = tree.read(file).startsWith("#!");
        const may = (statSync(tree.path(file)).mode & 0o100) !== 0;
        if (called && !may) fault(file, 1, "begins with #! but is not executable: git update-index --chmod=+x");
        if (!called && may) fault(file, 1, "is executable but does not begin with #!");
    }
}

function checkPackages(tree, fault) {
    const seen = new Map();
    for (const file of tree.files.filter((f) => /^deps\/.*\.txt$/.test(f)))
        lines(tree.read(file)).forEach((line, i) => {
            if (!line.trim() || line.startsWith("#")) return;
            const [name, ...reason] = line.trim().split(/\s+/);
            if (reason.length < 1) fault(file, i + 1, `"${name}" has no reason`);
            if (seen.has(name)) fault(file, i + 1, `"${name}" is also in ${seen.get(name)}`);
            seen.set(name, file);
        });
}

function checkLockfile(tree, fault) {
    for (const file of tree.files.filter((f) => /(^|\/)package-lock\.json$/.test(f))) {
        const text = tree.read(file);
        for (const [path, one] of Object.entries(JSON.parse(text).packages ?? {})) {
            if (path === "") continue;
            const line = lines(text.slice(0, text.indexOf(`"${path}"`))).length;
            if (one.resolved && !one.resolved.startsWith("https://registry.npmjs.org/")) fault(file, line, `${path} does not come from registry.npmjs.org`);
            if (!one.integrity?.startsWith("sha512-")) fault(file, line, `${path} has no sha512`);
            if (one.hasInstallScript && !one.optional) fault(file, line, `${path} wants to run a script when installed; script/build does not`);
        }
    }
}

function checkPinned(tree, fault) {
    if (!tree.files.includes("package.json")) return;
    const text = tree.read("package.json");
    const pack = JSON.parse(text);
    for (const [name, version] of Object.entries({ ...pack.dependencies, ...pack.devDependencies }))
        if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) fault("package.json", lines(text.slice(0, text.indexOf(`"${name}"`))).length, `${name}: write the exact version, not "${version}"`);
}

function checkTracked(tree, fault) {
    for (const file of tree.files) {
        if (/^(build|node_modules|var|\.cache)[^/]*\/|\.(o|a|so|db|db-wal|sqlite|pyc|log)$|~$|\.orig$|\.rej$/.test(file)) fault(file, 1, "made files are not kept in git");
        else if (!tree.planted && statSync(file).size > 1 << 20) fault(file, 1, "is over 1 MiB");
    }
}

function checkSpace(tree, fault) {
    for (const file of tree.files.filter((f) => TEXT.test(f) && !/corpus|golden|LICENSE|package-lock/.test(f))) {
        const text = tree.read(file);
        if (text.includes("\r")) fault(file, lines(text.slice(0, text.indexOf("\r"))).length, "has a carriage return");
        lines(text).forEach((line, i) => {
            if (/[ \t]$/.test(line)) fault(file, i + 1, "white space at the end of the line");
            if (/^(<<<<<<<|>>>>>>>) /.test(line)) fault(file, i + 1, "a merge was left half done");
        });
        if (text !== "" && !text.endsWith("\n")) fault(file, lines(text).length, "the last line has no end");
    }
}

const lock = (more) => JSON.stringify({ packages: { "": {}, "node_modules/a": { resolved: "https://registry.npmjs.org/a/-/a-1.0.0.tgz", integrity: "sha512-x", ...more } } });
export const houseChecks = [
    {
        name: "scripts", why: "shell and JavaScript parse", check: checkScripts,
        bad: [["syntax error", { "script/x": "#!/bin/bash\nif true; then\nfi fi\n" }], ["SyntaxError", { "a.mjs": "let let;\n" }]],
        good: { "script/x": "#!/bin/bash\ntrue\n", "a.mjs": "let x;\n" },
    }, {
        name: "executable", why: "what begins with #! can be run", check: checkExecutable,
        bad: [["not executable", { "script/not-executable": "#!/bin/sh\n" }]], good: { "script/x": "#!/bin/sh\n" },
    }, {
        name: "packages", why: "each package of deps/ has its reason", check: checkPackages,
        bad: [["no reason", { "deps/a.txt": "gcc\n" }], ["is also in", { "deps/a.txt": "gcc the compiler\n", "deps/b.txt": "gcc a compiler\n" }]],
        good: { "deps/a.txt": "gcc   the compiler\n" },
    }, {
        name: "lockfile", why: "npm packages come from one registry, hashed, without scripts", check: checkLockfile,
        bad: [["registry", { "package-lock.json": lock({ resolved: "https://example.org/a.tgz" }) }], ["sha512", { "package-lock.json": lock({ integrity: "sha1-x" }) }]],
        good: { "package-lock.json": lock({}) },
    }, {
        name: "pinned", why: "npm versions are exact", check: checkPinned,
        bad: [["exact version", { "package.json": '{"dependencies":{"a":"^1.0.0"}}' }]], good: { "package.json": '{"dependencies":{"a":"1.0.0"}}' },
    }, {
        name: "tracked", why: "nothing that is made is kept in git", check: checkTracked, bad: [["made files", { "build/gava.o": "" }]], good: { "src/build.c": "" },
    }, {
        name: "space", why: "no stray white space, no half merge", check: checkSpace,
        bad: [["white space", { "a.md": "x \n" }], ["half done", { "a.md": "<<<<<<< x\n" }], ["no end", { "a.md": "x" }]], good: { "a.md": "x\n" },
    },
];
