/* What: the checks of C code: layers, what C may not hold, names, sizes, format. Used by tools/lint.mjs.
 * Source: style.md rules 1-6, 12, 14, 26, 31, 32, 37, 48, 51; ARCHITECTURE.md "Layers". */
import { spawnSync } from "node:child_process";
import { basename } from "node:path";

export const lines = (text) => text.split("\n");
const isC = (file) => /^(src|tools|tests)\/.*\.[ch]$/.test(file);
const isTest = (file) => /_test\.[ch]$|^tests\//.test(file);

/* The text with every comment blanked and, unless keepStrings, every literal emptied; line numbers stay. */
export function stripC(text, keepStrings) {
    return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, (piece) => {
        if (piece.startsWith("/*") || piece.startsWith("//")) return piece.replace(/[^\n]/g, " ");
        return keepStrings ? piece : piece[0] + piece[0];
    });
}

const everyMatch = (text, pattern, found) => lines(text).forEach((line, i) => {
    for (const match of line.matchAll(pattern)) found(i + 1, match);
});

/* ---- layers -------------------------------------------------------------------------------------------------------- */

function layerTable(tree) {
    const table = new Map();
    for (const line of lines(tree.read("ARCHITECTURE.md"))) {
        const row = line.match(/^\| `(\w+)` \|([ \w]*)\|$/);
        if (row) table.set(row[1], new Set(row[2].trim().split(/\s+/).filter(Boolean)));
    }
    return table;
}

/* The folder of src/ that owns a file; "" for files directly in src/. */
const folderOf = (file) => file.match(/^src\/(\w+)\//)?.[1] ?? "";

/* Which folder an included name belongs to. x_sql.h and x_html.h are made from x.sql and x.html; other made headers are free. */
function ownerOf(name, owners) {
    const made = name.match(/^(\w+)_(sql|html)\.h$/);
    return owners.get(name) ?? (made ? owners.get(`${made[1]}.${made[2]}`) ?? null : null);
}

function mayInclude(file, folder, table) {
    if (folder === "" || /_test\.[ch]$/.test(file)) return () => true;
    const listed = table.get(folder) ?? new Set();
    const suffix = file.match(/_(page|job|cmd)\.[ch]$/)?.[1] ?? file.match(/^src\/flow\/(page)\//)?.[1];
    return (owner) => {
        if (owner === "" || owner === folder) return true;
        if (suffix === "cmd") return owner !== "web";
        if (suffix === "page" && owner === "web") return true;
        if (suffix === "job" && (owner === "job" || owner === "mail")) return true;
        if (folder === "flow" && ["web", "mail", "job"].includes(owner)) return false;
        return listed.has(owner);
    };
}

function checkLayers(tree, fault) {
    const table = layerTable(tree);
    if (table.size === 0) return fault("ARCHITECTURE.md", 1, 'the table under "Layers" was not found');
    const sources = tree.files.filter((f) => f.startsWith("src/"));
    const owners = new Map(sources.map((f) => [basename(f), folderOf(f)]));
    for (const file of sources.filter(isC)) {
        const folder = folderOf(file);
        if (folder && !table.has(folder)) fault(file, 1, `folder "${folder}" is not in the table of ARCHITECTURE.md`);
        const may = mayInclude(file, folder, table);
        everyMatch(stripC(tree.read(file), true), /^\s*#include\s+"([^"]+)"/g, (line, [, name]) => {
            if (name.includes("/")) fault(file, line, `includes are flat: write "${basename(name)}"`);
            const owner = ownerOf(basename(name), owners);
            if (owner !== null && !may(owner)) fault(file, line, `a file of ${folder} may not include "${name}" of ${owner} (ARCHITECTURE.md)`);
        });
    }
}

/* ---- what C may not hold ------------------------------------------------------------------------------------------- */

const SQL = /"[^"]*\b(SELECT\b.*\bFROM\b|SELECT |INSERT (OR \w+ )?INTO|UPDATE \w+ SET|DELETE FROM|(CREATE|ALTER|DROP) (TABLE|INDEX|VIEW|SCHEMA))[^"]*"/g;
const HTML = /"[^"]*<\/?(a|p|b|i|br|div|span|h[1-6]|ul|ol|li|table|tr|td|th|form|input|label|html|head|body|main|section|strong|em|script|style|title)( [^"]*)?\/?>[^"]*"/g;

function checkText(pattern, what) {
    return (tree, fault) => {
        for (const file of tree.files.filter((f) => /^src\/.*\.[ch]$/.test(f) && !isTest(f)))
            everyMatch(stripC(tree.read(file), true).replace(/\\"/g, "''"), pattern, (line) => fault(file, line, what));
    };
}

function checkMemory(tree, fault) {
    for (const file of tree.files.filter((f) => /^src\/.*\.[ch]$/.test(f) && !f.startsWith("src/base/") && !isTest(f))) {
        const text = stripC(tree.read(file), false);
        everyMatch(text, /\b(malloc|calloc|realloc|reallocarray|strdup|strndup|asprintf|vasprintf)\s*\(/g, (line, [, name]) =>
            fault(file, line, `${name}: memory comes from the arena (style.md rule 26)`));
        const all = lines(text);
        everyMatch(text, /(?<![\w.>])free\s*\(/g, (line) => {
            /* What a library handed out is freed by a cleanup attribute or ctx_defer: in a function named for that. */
            const near = all.slice(Math.max(0, line - 8), line).join("\n");
            if (!/_(scope_end|defer|deferred|cleanup|release)\b/.test(near))
                fault(file, line, "free: only in an x_scope_end, x_release or x_deferred function, for memory of a library (rule 26)");
        });
    }
}

function checkGlobals(tree, fault) {
    for (const file of tree.files.filter((f) => /^src\/.*\.c$/.test(f) && !isTest(f)))
        everyMatch(stripC(tree.read(file), false), /^(static )?(?!const|inline|typedef|extern|return|struct \w+;|enum|else|goto)[a-z_][\w ]*[ *](\w+)(\[[^\]]*\])*( = .*|;)$/g, (line, match) => {
            if (!/\bconst\b/.test(match[0]) && !match[0].includes("(")) fault(file, line, `"${match[2]}": no mutable globals (rule 14)`);
        });
}

function checkComments(tree, fault) {
    for (const file of tree.files.filter(isC)) {
        const bare = tree.read(file).replace(/\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, (m) => m.replace(/[^\n]/g, " "));
        everyMatch(bare, /\/\//g, (line) => fault(file, line, "comments are /* */ (rule 51)"));
        everyMatch(tree.read(file), /\b(TODO|FIXME|XXX)\b/g, (line, [, word]) => fault(file, line, `${word}: say NEEDSWORK: and what must be decided (rule 51)`));
        if (file.endsWith(".h") && !/^\/\* What: /.test(tree.read(file))) fault(file, 1, 'a header opens with "/* What: ..." (rule 12)');
    }
}

/* ---- names, sizes, format ------------------------------------------------------------------------------------------ */

function checkNames(tree, fault) {
    const seen = new Map();
    const stems = new Map();
    for (const file of tree.files.filter((f) => /^(src|tools)\/.*\.(c|h|sql|html)$/.test(f))) {
        const name = basename(file);
        const stem = name.replace(/\.\w+$/, "");
        const dir = file.slice(0, -name.length);
        if (seen.has(name)) fault(file, 1, `base names are unique: there is ${seen.get(name)} (rule 5)`);
        else if (stems.has(stem) && stems.get(stem) !== dir) fault(file, 1, `the noun "${stem}" lives in ${stems.get(stem)} (rules 3, 5)`);
        seen.set(name, file);
        stems.set(stem, dir);
        if (!/^[a-z0-9_]+$/.test(stem)) fault(file, 1, "file names are snake_case");
    }
}

function checkLength(tree, fault, warn) {
    for (const file of tree.files.filter((f) => /\.(c|h|sql|html|mjs|js|sh)$/.test(f))) {
        const n = lines(tree.read(file)).length;
        if (n > 1000) fault(file, n, `${n} lines; at most 1000, better 150-400 (rule 6)`);
        else if (n > 800) warn(file, n, `${n} lines; split before 1000 (rule 6)`);
    }
}

function checkFormat(tree, fault) {
    const files = tree.files.filter(isC);
    if (files.length === 0) return;
    const style = JSON.stringify({ BasedOnStyle: "LLVM", IndentWidth: 4 });
    const run = spawnSync("clang-format-14", ["--dry-run", tree.planted ? `--style=${style}` : "--style=file", ...files.map(tree.path)], { encoding: "utf8" });
    if (run.error) return fault(".clang-format", 1, `clang-format-14 could not run: ${run.error.message}`);
    const seen = new Set();
    for (const [, path, line] of run.stderr.matchAll(/^(.*?):(\d+):\d+: warning: code should be clang-formatted/gm)) {
        if (seen.has(`${path}:${line}`)) continue;
        seen.add(`${path}:${line}`);
        fault(files.find((f) => path.endsWith(f)) ?? path, line, "run clang-format-14 -i on it");
    }
}

function checkReadme(tree, fault) {
    const dirs = new Set(tree.files.filter((f) => /^src\/.*\/.*\.(c|h|sql|html)$/.test(f) && !/\/schema\//.test(f)).map((f) => f.replace(/\/[^/]*$/, "")));
    for (const dir of dirs)
        if (!tree.files.includes(`${dir}/README.md`)) fault(`${dir}/README.md`, 1, "each folder has a README.md of 15-30 lines (rule 52)");
}

function checkSwitchedOff(tree, fault) {
    for (const file of tree.files.filter((f) => /^(src|tools|tests)\/.*(_test\.c|\.test\.mjs)$/.test(f)))
        everyMatch(stripC(tree.read(file), false), file.endsWith(".c") ? /\bskip\s*\(\s*\)|^#if 0\b/g : /\b(test|it|describe|t)\.(skip|todo|only)\b|\b(skip|todo|only):/g, (line) =>
            fault(file, line, "a test is fixed or deleted, never switched off (rule 48)"));
}

const layersDoc = "| `base` | |\n| `web` | base |\n| `flow` | base web |\n";
export const codeChecks = [
    {
        name: "layers", why: "no file includes what ARCHITECTURE.md does not allow it", check: checkLayers,
        bad: [
            ["may not include", { "ARCHITECTURE.md": layersDoc, "src/base/a.c": '#include "page.h"\n', "src/web/page.h": "" }],
            ["may not include", { "ARCHITECTURE.md": layersDoc, "src/flow/1-in/a.c": '#include "page.h"\n', "src/web/page.h": "" }],
            ["may not include", { "ARCHITECTURE.md": layersDoc, "src/flow/a_cmd.c": '#include "page.h"\n', "src/web/page.h": "" }],
            ["may not include", { "ARCHITECTURE.md": layersDoc, "src/base/a.c": '#include "case_sql.h"\n', "src/flow/case.sql": "" }],
            ["not in the table", { "ARCHITECTURE.md": layersDoc, "src/extra/a.c": "" }],
        ],
        good: { "ARCHITECTURE.md": layersDoc, "src/flow/a_page.c": '#include "page.h"\n#include "base.h"\n', "src/web/page.h": "", "src/base/base.h": "" },
    }, {
        name: "sql-in-c", why: "SQL lives in .sql files", check: checkText(SQL, "SQL text in C: it lives in a .sql file (rule 32)"),
        bad: [["SQL text", { "src/a.c": 'x("SELECT id FROM cases");\n' }], ["SQL text", { "src/a.c": 'x("DELETE FROM cases");\n' }]],
        good: { "src/a.c": '/* "SELECT id FROM cases" */ x("please select one from the list");\n' },
    }, {
        name: "html-in-c", why: "HTML lives in .html files", check: checkText(HTML, "HTML text in C: it lives in a .html file (rule 37)"),
        bad: [["HTML text", { "src/a.c": 'x("<p class=\\"y\\">");\n' }], ["HTML text", { "src/a.c": 'x("</div>");\n' }]],
        good: { "src/a.c": 'x("a < b", "<none>");\n' },
    }, {
        name: "memory", why: "no malloc or free outside base", check: checkMemory,
        bad: [["arena", { "src/a.c": "p = malloc(3);\n" }], ["free: only", { "src/a.c": "free(p);\n" }]],
        good: { "src/a.c": "static void x_scope_end(char **p)\n{\n    free(*p);\n}\nsqlite3_free(p);\n", "src/base/arena.c": "p = malloc(3);\n" },
    }, {
        name: "globals", why: "no mutable globals", check: checkGlobals,
        bad: [["no mutable globals", { "src/a.c": "static int counter = 0;\n" }], ["no mutable globals", { "src/a.c": "struct server server;\n" }]],
        good: { "src/a.c": "static const int table[] = {1};\nstruct server;\nstatic int f(void)\n{\n    int x = 0;\n}\n" },
    }, {
        name: "comments", why: "/* */ comments, header essays, no loose ends", check: checkComments,
        bad: [["What:", { "src/a.h": "int x;\n" }], ["/* */", { "src/a.c": "int x; // y\n" }], ["NEEDSWORK", { "src/a.c": "/* TO" + "DO */\n" }]],
        good: { "src/a.h": '/* What: a thing. */\nconst char *x = "http://a";\n' },
    }, {
        name: "names", why: "base names are unique, one folder per noun", check: checkNames,
        bad: [["unique", { "src/base/a.c": "", "src/web/a.c": "" }], ["lives in", { "src/base/a.c": "", "src/web/a.h": "" }], ["snake_case", { "src/A.c": "" }]],
        good: { "src/base/a.c": "", "src/base/a.h": "" },
    }, {
        name: "length", why: "no file is over 1000 lines", check: checkLength, bad: [["at most 1000", { "src/a.c": "\n".repeat(1001) }]],
    }, {
        name: "format", why: ".clang-format is law", check: checkFormat, bad: [["clang-format", { "src/a.c": "int  x ;\n" }]], good: { "src/a.c": "int x;\n" },
    }, {
        name: "readme", why: "every folder of src has a README.md", check: checkReadme, bad: [["README", { "src/web/a.c": "" }]],
    }, {
        name: "switched-off", why: "no test is switched off", check: checkSwitchedOff,
        bad: [["never switched off", { "tests/flow/a.test.mjs": 'test.skip("a thing", () => {});\n' }], ["never switched off", { "src/a_test.c": "    skip();\n" }]],
        good: { "tests/flow/a.test.mjs": 'test("a thing to skip: nothing", () => {});\n' },
    },
];
