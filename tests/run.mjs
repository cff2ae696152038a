/* What: runs the suites of script/test and counts. Each suite is a list of jobs, each job one child process that speaks TAP
 * (cmocka, node --test, tools/lint.mjs) or only has an exit status (one case).
 * Flow: script/test installs, then this builds build-test (gcc, ASan + UBSan) and build-clang (clang, warnings as errors,
 * libFuzzer), starts one throw-away PostgreSQL, runs, and ends with the line "N passed, N failed".
 * Invariants: (1) what could not run counts as failed: a skipped case, an empty suite, a build error, a crash, a sanitizer's report;
 * (2) everything temporary lies in one directory, removed at the end, also after Ctrl-C.
 * Children see: GAVA (the program), GAVA_TEST_PG (URL of the cluster), GAVA_TEST_ENGINE (sqlite or postgres; flow and browser), TMPDIR. */
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { countTap } from "./tap.mjs";

const REQUIRED = ["lint", "unit", "sql", "tools", "fault", "flow", "browser", "fuzz"];
const names = process.argv.slice(2);
const tmp = mkdtempSync(join(tmpdir(), "gava-test-"));
chmodSync(tmp, 0o755); /* PostgreSQL runs as another user when we are root */
const sanitizerLogs = join(tmp, "sanitizer");
mkdirSync(sanitizerLogs);
chmodSync(sanitizerLogs, 0o1777);

const env = {
    ...process.env,
    TMPDIR: tmp,
    LC_ALL: "C.UTF-8",
    GAVA: resolve("build-test/gava"),
    CMOCKA_MESSAGE_OUTPUT: "TAP",
    ASAN_OPTIONS: `halt_on_error=1:detect_leaks=1:strict_string_checks=1:log_path=${sanitizerLogs}/asan`,
    UBSAN_OPTIONS: `halt_on_error=1:print_stacktrace=1:log_path=${sanitizerLogs}/ubsan`,
    LSAN_OPTIONS: `suppressions=${resolve("tests/lsan.supp")}:print_suppressions=0`,
};
const total = { passed: 0, failed: 0 };
const failures = [];
const children = new Set();

/* ---- children ------------------------------------------------------------------------------------------------------ */

/* Run argv to its end in a process group of its own; after timeoutS the whole group is killed. */
function run(argv, { more = {}, cwd = ".", timeoutS = 600 } = {}) {
    return new Promise((done) => {
        const child = spawn(argv[0], argv.slice(1), { cwd, env: { ...env, ...more }, detached: true, stdio: ["ignore", "pipe", "pipe"] });
        const chunks = [];
        let late = false;
        const killGroup = () => {
            try {
                process.kill(-child.pid, "SIGKILL");
            } catch {
                /* gone already */
            }
        };
        children.add(killGroup);
        const timer = setTimeout(() => ((late = true), killGroup()), timeoutS * 1000);
        child.stdout.on("data", (b) => chunks.push(b));
        child.stderr.on("data", (b) => chunks.push(b));
        const end = (status, text = "") => {
            clearTimeout(timer);
            children.delete(killGroup);
            if (late) text += `\nkilled: not done after ${timeoutS} s`;
            done({ status, output: Buffer.concat(chunks).toString() + text });
        };
        child.on("error", (e) => end(127, `\n${argv[0]}: ${e.message}`));
        child.on("close", (code, signal) => end(code ?? 128, signal ? `\nended by ${signal}` : ""));
    });
}

/* At most n of the tasks at a time. */
async function pool(n, tasks) {
    const queue = [...tasks];
    await Promise.all(Array.from({ length: n }, async () => {
        for (let task; (task = queue.shift()); ) await task();
    }));
}

/* ---- counting ------------------------------------------------------------------------------------------------------ */

function record(suite, name, { passed, failed }, output) {
    total.passed += passed;
    total.failed += failed;
    if (failed === 0) return;
    failures.push(`${suite}: ${name}`);
    const passing = /^\s*(ok\b|# Subtest:|---$|\.\.\.$|duration_ms|type: 'test'|1\.\.\d+$)/;
    const text = output.split("\n").filter((l) => !passing.test(l)).slice(-200).join("\n");
    console.log(`\n--- FAILED ${suite}: ${name}\n${text.trimEnd()}\n---`);
}

/* A report written by ASan, UBSan or LSan anywhere below a job is a failure of the suite, even if the job did not notice. Equal
 * reports (same summary) are shown and counted once. */
function recordSanitizer(suite) {
    const seen = new Set();
    for (const file of readdirSync(sanitizerLogs)) {
        const path = join(sanitizerLogs, file);
        const text = readFileSync(path, "utf8");
        const summary = text.match(/^SUMMARY: .*$|runtime error: .*$/m)?.[0] ?? text.slice(0, 200);
        rmSync(path);
        if (seen.has(summary)) continue;
        seen.add(summary);
        record(suite, `sanitizer: ${summary}`, { passed: 0, failed: 1 }, text.split("\n").slice(0, 40).join("\n"));
    }
}

/* ---- builds -------------------------------------------------------------------------------------------------------- */

const ccache = spawnSync("ccache", ["--version"]).status === 0 ? "ccache " : "";

async function build(dir, cc, options) {
    const begin = Date.now();
    console.log(`building ${dir} ...`);
    if (!existsSync(join(dir, "build.ninja"))) {
        rmSync(dir, { recursive: true, force: true });
        const setup = await run(["meson", "setup", dir, ...options], { more: { CC: ccache + cc } });
        if (setup.status !== 0) return record("build", dir, { passed: 0, failed: 1 }, setup.output), false;
    }
    const made = await run(["ninja", "-C", dir], { timeoutS: 1800 });
    record("build", dir, countTap("", made.status), made.output.replace(/^\[\d+\/\d+\] (?!.*(FAILED|error|warning)).*\n/gm, ""));
    if (made.status === 0) console.log(`  ${dir} built without a warning, ${seconds(begin)}`);
    return made.status === 0;
}

const seconds = (begin) => `${((Date.now() - begin) / 1000).toFixed(1)} s`;

/* ---- suites -------------------------------------------------------------------------------------------------------- */

const filesIn = (dir, end) => (existsSync(dir) ? readdirSync(dir) : []).filter((f) => f.endsWith(end)).sort().map((f) => join(dir, f));

function mesonTests() {
    const text = spawnSync("meson", ["introspect", "build-test", "--tests"], { encoding: "utf8", env }).stdout;
    return JSON.parse(text).map((t) => ({
        suite: (t.suite[0] ?? "unit").replace(/^gava:/, ""),
        name: t.name,
        argv: t.cmd,
        options: { cwd: t.workdir ?? "build-test", more: t.env, timeoutS: t.timeout || 120 },
    }));
}

function nodeTests(suite, engines, timeoutS) {
    const once = (file) => /one engine is enough/i.test(readFileSync(file, "utf8").split("*/")[0]);
    return filesIn(`tests/${suite}`, ".test.mjs").flatMap((file) => (once(file) ? ["sqlite"] : engines).map((engine) => ({
        suite,
        name: `${file} (${engine})`,
        argv: [process.execPath, "--test", "--test-reporter=tap", file],
        options: { more: { GAVA_TEST_ENGINE: engine }, timeoutS },
    })));
}

function fuzzers() {
    const text = spawnSync("meson", ["introspect", "build-clang", "--targets"], { encoding: "utf8", env }).stdout;
    return JSON.parse(text).filter((t) => t.name.endsWith("_fuzz")).map((t) => {
        const fresh = join(tmp, "fuzz", t.name);
        mkdirSync(fresh, { recursive: true });
        const corpus = join("tests/fuzz/corpus", t.name.replace(/_fuzz$/, ""));
        return {
            suite: "fuzz",
            name: t.name,
            argv: [t.filename[0], "-seed=1", "-runs=100000", "-max_total_time=20", "-timeout=10", "-rss_limit_mb=2048", "-max_len=65536", "-print_final_stats=1",
                `-artifact_prefix=${fresh}/`, fresh, ...(existsSync(corpus) ? [corpus] : [])],
            options: { timeoutS: 120, more: { ASAN_OPTIONS: "detect_leaks=1", UBSAN_OPTIONS: "halt_on_error=1:print_stacktrace=1" } },
        };
    });
}

/* ---- the run ------------------------------------------------------------------------------------------------------- */

const wanted = (suite) => names.length === 0 || names.includes(suite);
/* A name that is a suite's selects the suite, any other is a part of a job's name. */
const partNames = names.filter((n) => !REQUIRED.includes(n)).map((n) => basename(n));
const selected = (job) => wanted(job.suite) || partNames.some((n) => job.name.includes(n));
let cluster = null;

async function startPostgres() {
    cluster = join(tmp, "pg");
    const pg = await run(["tests/pg.sh", "start", cluster], { timeoutS: 120 });
    const url = pg.output.split("\n").find((l) => l.startsWith("postgres"));
    if (pg.status === 0 && url) env.GAVA_TEST_PG = url.trim();
    else record("postgresql", "tests/pg.sh start", { passed: 0, failed: 1 }, pg.output);
}

function clean() {
    for (const kill of children) kill();
    if (cluster) spawnSync("tests/pg.sh", ["stop", cluster], { env });
    rmSync(tmp, { recursive: true, force: true });
}

async function runSuite(suite, jobs, nAtATime) {
    const begin = Date.now();
    const before = { ...total };
    await pool(nAtATime, jobs.map((job) => async () => {
        const result = await run(job.argv, job.options);
        record(suite, job.name, countTap(result.output, result.status), result.output);
    }));
    recordSanitizer(suite);
    if (jobs.length === 0) record(suite, "nothing to run", { passed: 0, failed: 1 }, `the suite "${suite}" has no test, or its build failed`);
    const failed = total.failed - before.failed;
    console.log(`${suite.padEnd(8)} ${total.passed - before.passed} passed${failed ? `, ${failed} FAILED` : ""}, ${seconds(begin)}`);
}

async function main() {
    const lintOnly = names.length > 0 && names.every((n) => n === "lint");
    const sanitized = lintOnly || (await build("build-test", "gcc", ["-Db_sanitize=address,undefined", "-Db_ndebug=false"]));
    const clang = (wanted("fuzz") || names.some((n) => n.includes("fuzz"))) &&
        (await build("build-clang", "clang", ["-Dfuzz=true", "-Db_sanitize=address,undefined", "-Db_lundef=false"]));
    const jobs = [{ suite: "lint", name: "tools/lint.mjs", argv: [process.execPath, "tools/lint.mjs"], options: { timeoutS: 300 } }];
    if (sanitized && !lintOnly) jobs.push(...mesonTests(), ...nodeTests("flow", ["sqlite", "postgres"], 600), ...nodeTests("browser", ["sqlite", "postgres"], 900));
    if (clang) jobs.push(...fuzzers());
    const chosen = jobs.filter(selected);
    const suites = [...new Set([...REQUIRED, ...jobs.map((j) => j.suite)])];
    if (!lintOnly && chosen.some((j) => j.suite !== "lint" && j.suite !== "fuzz")) await startPostgres();
    for (const suite of suites) {
        const mine = chosen.filter((j) => j.suite === suite);
        if (mine.length > 0 || (wanted(suite) && REQUIRED.includes(suite))) await runSuite(suite, mine, suite === "browser" ? 1 : 2);
    }
    for (const name of names)
        if (!suites.includes(name) && !jobs.some((j) => j.name.includes(basename(name))))
            record("names", name, { passed: 0, failed: 1 }, `no suite and no test is called "${name}"; suites: ${suites.join(" ")}`);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, () => {
        clean();
        console.log(`\nstopped by ${signal}\n${total.passed} passed, ${total.failed + 1} failed`);
        process.exit(1);
    });
try {
    await main();
} catch (error) {
    record("run", "tests/run.mjs", { passed: 0, failed: 1 }, String(error.stack));
} finally {
    clean();
}
if (failures.length > 0) console.log(`\nFailed:\n  ${failures.join("\n  ")}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
