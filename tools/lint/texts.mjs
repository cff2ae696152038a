/* What: the checks of catalogues, documents and routines. Used by tools/lint.mjs.
 * Source: issue 2 ("a text without translation fails the build"; "all 204 S-numbers"), style.md rules 40, 52, 53. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, normalize } from "node:path";
import { lines } from "./code.mjs";

/* ---- catalogues ---------------------------------------------------------------------------------------------------- */

/* The keys of a .po file, each with its line and the {arguments} of its first form. */
function poEntries(text) {
    const entries = new Map();
    let key = null;
    let words = "";
    let at = 0;
    let into = null;
    const keep = () => key && entries.set(key, { line: at, args: [...new Set([...words.matchAll(/\{(\w+)\}/g)].map((m) => m[1]))].sort().join(" "), empty: words === "" });
    lines(text).forEach((line, i) => {
        const start = line.match(/^(msgid|msgid_plural|msgstr|msgstr\[\d+\]) "(.*)"$/);
        const more = line.match(/^"(.*)"$/);
        if (start?.[1] === "msgid") {
            keep();
            [key, words, at, into] = [start[2], "", i + 1, "key"];
        } else if (start?.[1].startsWith("msgstr")) {
            into = "words";
            words += start[2];
        } else if (start) into = null;
        else if (more && into === "words") words += more[1];
        else if (more && into === "key") key += more[1];
    });
    keep();
    return entries;
}

function checkCatalogues(tree, fault) {
    const files = tree.files.filter((f) => /^locale\/\w+\.po$/.test(f));
    const catalogues = files.map((file) => [file, poEntries(tree.read(file))]);
    for (const file of files) {
        const run = spawnSync("msgfmt", ["--check", "-o", "/dev/null", tree.path(file)], { encoding: "utf8" });
        if (run.error) fault(file, 1, `msgfmt could not run: ${run.error.message}`);
        else if (run.status !== 0) for (const line of lines(run.stderr.trim())) fault(file, line.match(/:(\d+):/)?.[1] ?? 1, line.replace(/^.*?:\d+: /, ""));
    }
    for (const [file, entries] of catalogues) {
        for (const [key, entry] of entries) if (entry.empty) fault(file, entry.line, `"${key}" has no text`);
        for (const [other, theirs] of catalogues) {
            if (other === file) continue;
            for (const [key, entry] of theirs) {
                if (!entries.has(key)) fault(file, 1, `"${key}" is missing; ${other}:${entry.line} has it`);
                else if (entries.get(key).args !== entry.args) fault(file, entries.get(key).line, `"${key}" has other arguments than ${other}:${entry.line}`);
            }
        }
    }
}

/* A key is used as MSG_key, text_msg_key() or html_msg_key() in C or a .def, as a word of {{t key}}, or through a prefix: msg_find(STR("status_"), ...) or MSG_status_##code. */
function checkMessagesUsed(tree, fault) {
    const catalogue = "locale/sv.po";
    if (!tree.files.includes(catalogue)) return;
    const sources = tree.files.filter((f) => /^src\/.*\.(c|h|def|html)$|^routines\/.*\.yaml$/.test(f)).map(tree.read).join("\n");
    const words = new Set(sources.match(/[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)+|\w+/g));
    const prefixes = [...sources.matchAll(/"([a-z]+(?:_[a-z]+)*_)"|MSG_(\w+_)##|\b(\w+_)##/g)].map((m) => m[1] ?? m[2] ?? m[3]);
    const used = (key) => ["", "MSG_", "msg_", "text_msg_", "html_msg_"].some((p) => words.has(p + key)) || prefixes.some((p) => key.startsWith(p));
    for (const [key, entry] of poEntries(tree.read(catalogue))) if (key && !used(key)) fault(catalogue, entry.line, `"${key}" is used nowhere`);
}

/* ---- pages --------------------------------------------------------------------------------------------------------- */

function checkInline(tree, fault) {
    for (const file of tree.files.filter((f) => /^src\/.*\.html$/.test(f)))
        lines(tree.read(file)).forEach((line, i) => {
            if (/\sstyle=|\son[a-z]+=|<style\b|<script(?![^>]*\bsrc=)|javascript:/i.test(line)) fault(file, i + 1, "no inline style or script (rule 40)");
        });
}

/* ---- documents ----------------------------------------------------------------------------------------------------- */

function checkLinks(tree, fault) {
    const known = new Set(tree.files);
    for (const file of tree.files) {
        const parts = file.split("/");
        for (let i = 1; i < parts.length; i++) known.add(parts.slice(0, i).join("/"));
    }
    for (const file of tree.files.filter((f) => f.endsWith(".md"))) {
        let code = false;
        lines(tree.read(file)).forEach((line, i) => {
            if (line.startsWith("```")) code = !code;
            if (code) return;
            for (const [, target] of line.replace(/`[^`]*`/g, "").matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
                if (/^[a-z]+:/.test(target)) continue;
                const path = normalize(`${dirname(file)}/${target}`).replace(/\/$/, "");
                if (!known.has(path) && path !== ".") fault(file, i + 1, `the link to "${target}" leads nowhere`);
            }
        });
    }
}

const SEEDS = { S0: 45, S1: 50, S2: 45, S3: 42, S4: 22 };

function checkRequirements(tree, fault) {
    const file = "docs/requirements.md";
    if (!tree.files.includes(file)) return fault(file, 1, "is missing");
    const known = new Set(tree.files);
    const seen = new Map();
    lines(tree.read(file)).forEach((line, i) => {
        const row = line.match(/^\| (S\d\.\d+) \| (.+) \| (.*) \| (.*) \| (.*) \|$/);
        if (!row) return line.startsWith("| S") && fault(file, i + 1, "a row is | number | what | status | where | test |");
        const [, number, , status, where, test] = row;
        if (seen.has(number)) fault(file, i + 1, `${number} is also on line ${seen.get(number)}`);
        seen.set(number, i + 1);
        if (!["done", "part", "not yet"].includes(status)) fault(file, i + 1, `the status "${status}" is not done, part or not yet`);
        if (status === "done" && (!where.trim() || !test.trim())) fault(file, i + 1, `${number} is done, so it names where and a test`);
        if (status === "not yet" && !where.trim()) fault(file, i + 1, `${number} is not yet done, so it says why`);
        for (const [, path] of `${where} ${test}`.matchAll(/`([^`]+)`/g))
            if (!known.has(path) && !known.has(`${path}/README.md`)) fault(file, i + 1, `there is no file "${path}"`);
        /* `tests/x.test.mjs` "words of a test's name", maybe several names, for one file after the other */
        for (const [, path, names] of test.matchAll(/`([^`]+)`((?:,? "[^"]+")*)/g))
            for (const [, name] of names.matchAll(/"([^"]+)"/g))
                if (known.has(path) && !tree.read(path).includes(name)) fault(file, i + 1, `${path} has no test "${name}"`);
    });
    for (const [seed, n] of Object.entries(SEEDS))
        for (let i = 1; i <= n; i++) if (!seen.has(`${seed}.${i}`)) fault(file, 1, `${seed}.${i} is missing`);
    const wanted = Object.values(SEEDS).reduce((a, b) => a + b);
    if (seen.size > wanted) fault(file, 1, `${seen.size} numbers, but there are ${wanted}`);
}

function checkDecisions(tree, fault) {
    const index = "docs/decisions/README.md";
    const pages = tree.files.filter((f) => /^docs\/decisions\/.*\.md$/.test(f) && f !== index);
    const numbers = new Map();
    for (const file of pages) {
        const name = file.slice("docs/decisions/".length);
        const number = name.match(/^(\d{4})-[a-z0-9-]+\.md$/)?.[1];
        if (!number) fault(file, 1, "a decision is called NNNN-words.md");
        else if (numbers.has(number)) fault(file, 1, `${numbers.get(number)} has the same number`);
        numbers.set(number, file);
        if (lines(tree.read(file)).length > 80) fault(file, 81, "a decision is one page (rule 53)");
        if (!tree.read(index).includes(`(${name})`)) fault(file, 1, `${index} does not list it`);
        if (!/^## Rejected/m.test(tree.read(file))) fault(file, 1, 'a decision tells what was rejected under "## Rejected" (rule 53)');
    }
}

/* ---- routines ------------------------------------------------------------------------------------------------------ */

function checkRoutines(tree, fault) {
    const files = tree.files.filter((f) => /^routines\/.*\.yaml$/.test(f));
    if (files.length === 0) return;
    const gava = [process.env.GAVA, "build-test/gava", "build/gava"].find((path) => path && existsSync(path));
    if (!gava) return fault("routines", 1, "build/gava is needed for this check: run script/build");
    const run = spawnSync(gava, ["routine", "check", ...files.map(tree.path)], { encoding: "utf8" });
    if (run.status === 0) return;
    for (const line of lines((run.stderr + run.stdout).trim())) {
        const [, path, at, message] = line.match(/^(.*?):(\d+): (.*)$/) ?? [null, files[0], 1, line];
        fault(files.find((f) => path.endsWith(f)) ?? path, at, message);
    }
}

/* ---- planted ------------------------------------------------------------------------------------------------------- */

const po = (...pairs) => `msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Project-Id-Version: x\\n"\n"Language: sv\\n"\n\n${pairs.map(([k, v]) => `msgid "${k}"\nmsgstr "${v}"\n`).join("\n")}`;
const allRows = (change = (n, row) => row) => Object.entries(SEEDS).flatMap(([seed, n]) => Array.from({ length: n }, (_, i) => change(`${seed}.${i + 1}`, `| ${seed}.${i + 1} | what | not yet | later |  |`))).join("\n");
const decision = "# A\n\n## Rejected\n\nB.\n";

export const textChecks = [
    {
        name: "catalogues", why: "msgfmt reads every catalogue; all have the same keys and arguments", check: checkCatalogues,
        bad: [
            ["other arguments", { "locale/sv.po": po(["a", "{x} b"]), "locale/en.po": po(["a", "{y} b"]) }],
            ['"b" is missing', { "locale/sv.po": po(["a", "x"]), "locale/en.po": po(["a", "x"], ["b", "y"]) }],
            ["has no text", { "locale/sv.po": po(["a", ""]) }],
            ["duplicate", { "locale/sv.po": po(["a", "x"], ["a", "y"]) }],
        ],
        good: { "locale/sv.po": po(["a", "{x} b"]), "locale/en.po": po(["a", "c {x}"]) },
    }, {
        name: "messages-used", why: "no message is left over", check: checkMessagesUsed,
        bad: [["used nowhere", { "locale/sv.po": po(["old_text", "x"]), "src/a.html": "{{t new_text}}" }]],
        good: { "locale/sv.po": po(["a_text", "x"], ["status_new", "y"]), "src/a.html": "{{t a_text}}", "src/a.c": 'msg_find(STR("status_"), code, &id)' },
    }, {
        name: "inline", why: "pages have no inline style or script", check: checkInline,
        bad: [["inline", { "src/a.html": '<p style="color:red">' }], ["inline", { "src/a.html": "<script>x()</script>" }]],
        good: { "src/a.html": '<script src="/a.js"></script>' },
    }, {
        name: "links", why: "links between documents lead somewhere", check: checkLinks,
        bad: [["leads nowhere", { "a.md": "[x](b.md)" }]],
        good: { "a.md": "[x](docs/b.md#c) [y](https://example.org)", "docs/b.md": "[z](../a.md)" },
    }, {
        name: "requirements", why: "docs/requirements.md tells of all 204 requirements, and of files that exist", check: checkRequirements,
        bad: [
            ["S4.22 is missing", { "docs/requirements.md": allRows((n, row) => (n === "S4.22" ? "" : row)) }],
            ["is also on line", { "docs/requirements.md": allRows((n, row) => (n === "S2.2" ? `${row}\n${row}` : row)) }],
            ["there is no file", { "docs/requirements.md": allRows((n, row) => (n === "S1.1" ? "| S1.1 | x | done | `src/none.c` | `tests/none.c` |" : row)) }],
            ["has no test", { "a.test.mjs": 'test("one thing", f);', "docs/requirements.md": allRows((n, row) => (n === "S1.1" ? '| S1.1 | x | done | `a.test.mjs` | `a.test.mjs` "one thing", "another" |' : row)) }],
            ["says why", { "docs/requirements.md": allRows((n, row) => (n === "S1.1" ? "| S1.1 | x | not yet |  |  |" : row)) }],
            ["names where", { "docs/requirements.md": allRows((n, row) => (n === "S1.1" ? "| S1.1 | x | done |  |  |" : row)) }],
        ],
        good: { "docs/requirements.md": allRows() },
    }, {
        name: "decisions", why: "decisions are numbered, listed, one page, with what was rejected", check: checkDecisions,
        bad: [
            ["does not list it", { "docs/decisions/README.md": "", "docs/decisions/0002-a.md": decision }],
            ["was rejected", { "docs/decisions/README.md": "[a](0002-a.md)", "docs/decisions/0002-a.md": "# A\n" }],
        ],
        good: { "docs/decisions/README.md": "[a](0002-a.md)", "docs/decisions/0002-a.md": decision },
    }, {
        name: "routines", why: "gava routine check finds nothing in routines/", check: checkRoutines, bad: [["routines/a.yaml", { "routines/a.yaml": "nonsense: [1\n" }]],
    },
];
