#!/usr/bin/env node
/* What: the checks of the tree that no compiler makes. Speaks TAP; a fault is FILE:LINE: message.
 * Usage: tools/lint.mjs [CHECK...]      tools/lint.mjs --list
 * Each check is {name, why, check(tree, fault, warn), bad: [[says, {file: text}], ...], good?: {file: text}}: before it looks at
 * the real tree it must find each planted fault (in a message that contains `says`) and stay silent on `good`, so no check can
 * rot into always passing.
 * A tree is {files, read(file), path(file)}: the working tree, or the planted files. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { codeChecks } from "./lint/code.mjs";
import { houseChecks } from "./lint/house.mjs";
import { textChecks } from "./lint/texts.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
process.chdir(root);
const checks = [...codeChecks, ...textChecks, ...houseChecks];

function workingTree() {
    const listed = spawnSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], { encoding: "utf8", maxBuffer: 1 << 26 });
    if (listed.status !== 0) throw new Error(`git ls-files: ${listed.stderr}`);
    const files = [...new Set(listed.stdout.split("\0"))].filter((f) => f && existsSync(f)).sort();
    const cache = new Map();
    const read = (file) => cache.get(file) ?? (cache.set(file, readFileSync(file, "utf8")), cache.get(file));
    return { files, read, path: (file) => join(root, file) };
}

/* Planted files really lie in a directory, for checks that call a program; a text beginning with #! is executable. */
function plantedTree(texts, dir) {
    for (const [file, text] of Object.entries(texts)) {
        mkdirSync(dirname(join(dir, file)), { recursive: true });
        writeFileSync(join(dir, file), text);
        if (text.startsWith("#!") && !file.includes("not-executable")) chmodSync(join(dir, file), 0o755);
    }
    return { files: Object.keys(texts).sort(), read: (file) => texts[file], path: (file) => join(dir, file), planted: true };
}

function faultsOf(one, tree) {
    const faults = [];
    const warnings = [];
    const fault = (file, line, message) => faults.push(`${file}:${line}: ${message}`);
    const warn = (file, line, message) => warnings.push(`${file}:${line}: warning: ${message}`);
    one.check(tree, fault, warn);
    return { faults, warnings };
}

/* What is wrong with the check itself; empty if it finds what is planted and nothing in the good tree. */
function selfTest(one) {
    const dir = mkdtempSync(join(tmpdir(), "gava-lint-"));
    try {
        return one.bad.flatMap(([says, texts], i) => {
            const { faults } = faultsOf(one, plantedTree(texts, join(dir, `bad-${i}`)));
            return faults.some((f) => f.includes(says)) ? [] : [`planted fault not found; expected "${says}", got:`, ...faults];
        }).concat(one.good ? faultsOf(one, plantedTree(one.good, join(dir, "good"))).faults : []);
    } finally {
        rmSync(dir, { recursive: true, force: true });
    }
}

let n = 0;
let failed = 0;
function report(name, lines) {
    n += 1;
    if (lines.length > 0) failed += 1;
    console.log(`${lines.length > 0 ? "not ok" : "ok"} ${n} - ${name}`);
    for (const line of lines) console.log(line);
}

const names = process.argv.slice(2);
if (names.includes("--list")) {
    for (const one of checks) console.log(`${one.name.padEnd(16)} ${one.why}`);
    process.exit(0);
}
const unknown = names.filter((name) => !checks.some((one) => one.name === name));
if (unknown.length > 0) {
    console.error(`no check is called ${unknown.join(", ")}; tools/lint.mjs --list names them`);
    process.exit(2);
}
const tree = workingTree();
for (const one of checks) {
    if (names.length > 0 && !names.includes(one.name)) continue;
    report(`${one.name}: finds its planted faults`, selfTest(one));
    const { faults, warnings } = faultsOf(one, tree);
    report(`${one.name}: ${one.why}`, faults);
    for (const warning of warnings) console.log(`# ${warning}`);
}
console.log(`1..${n}`);
process.exitCode = failed > 0 ? 1 : 0;
