/* What: a running Gåva for one test: its own data (a directory, or a database in the test cluster), its own port, stopped at the end;
 * and a client that behaves as a browser without script: keeps cookies, sends hidden fields back, follows redirects.
 * Flow: const gava = await startGava(t, { init: [...] | demo: true }); const page = await gava.client().get("/synpunkter"); ...
 * Engine: GAVA_TEST_ENGINE (sqlite or postgres; script/test runs each file once with each), GAVA_TEST_PG for the cluster.
 * Not here: a real browser (browser/browser.mjs), mail servers (flow/postfix.mjs). */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const root = resolve(new URL("..", import.meta.url).pathname);
export const GAVA = resolve(process.env.GAVA ?? join(root, "build-test/gava"));
export const ENGINE = process.env.GAVA_TEST_ENGINE ?? "sqlite";

export function freePort() {
    return new Promise((done, failed) => {
        const server = createServer();
        server.on("error", failed);
        server.listen(0, "127.0.0.1", () => {
            const { port } = server.address();
            server.close(() => done(port));
        });
    });
}

/* Runs `gava ARGS` to its end: {status, stdout, stderr}. */
export function gavaRun(args, { input = "", env = {} } = {}) {
    return spawnSync(GAVA, args, { input, encoding: "utf8", env: { ...process.env, ...env }, maxBuffer: 1 << 26 });
}

/* The same, for what must succeed; gives its stdout. */
export function gavaOk(args, options) {
    const result = gavaRun(args, options);
    assert.equal(result.status, 0, `gava ${args.join(" ")}: ${result.stderr}`);
    return result.stdout;
}

/* An empty place for data: the arguments --data DIR or --postgres URL, and how to be rid of it. */
export function emptyStore() {
    const dir = mkdtempSync(join(tmpdir(), "gava-"));
    if (ENGINE === "sqlite") return { dir, where: ["--data", join(dir, "data")], remove: () => rmSync(dir, { recursive: true, force: true }) };
    assert.ok(process.env.GAVA_TEST_PG, "GAVA_TEST_PG is not set; run by script/test, or: tests/pg.sh run node --test FILE");
    const cluster = process.env.GAVA_TEST_PG;
    const name = `t${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
    const psql = (sql) => {
        const run = spawnSync("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", cluster, "-c", sql], { encoding: "utf8" });
        assert.equal(run.status, 0, run.stderr);
    };
    psql(`CREATE DATABASE ${name}`);
    return {
        dir,
        where: ["--postgres", cluster.replace(/\/[^/?]*(\?|$)/, `/${name}$1`)],
        remove: () => (psql(`DROP DATABASE ${name} WITH (FORCE)`), rmSync(dir, { recursive: true, force: true })),
    };
}

/* Serves `where`; resolves when it says ready. stop() ends it by SIGTERM and expects exit 0. */
export async function serve(where, { args = [], env = {}, port } = {}) {
    port ??= await freePort();
    const child = spawn(GAVA, ["serve", ...where, "--listen", `127.0.0.1:${port}`, ...args], { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    let log = "";
    const ended = new Promise((done) => child.on("close", (code, signal) => done({ code, signal })));
    await new Promise((done, failed) => {
        const timer = setTimeout(() => failed(new Error(`gava serve did not say ready within 30 s:\n${log}`)), 30_000);
        const hear = (bytes) => {
            log += bytes;
            if (/^ready\b/m.test(log)) done(clearTimeout(timer));
        };
        child.stdout.on("data", hear);
        child.stderr.on("data", hear);
        ended.then(({ code, signal }) => (clearTimeout(timer), failed(new Error(`gava serve ended (${code ?? signal}):\n${log}`))));
    });
    const url = `http://127.0.0.1:${port}`;
    return {
        url, port, child, pid: child.pid,
        log: () => log,
        ended,
        client: () => new Client(url),
        async stop() {
            if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
            let timer;
            const how = await Promise.race([ended, new Promise((done) => (timer = setTimeout(done, 20_000, { late: true })))]);
            clearTimeout(timer); /* or node waits for it */
            if (how.late) child.kill("SIGKILL");
            assert.deepEqual(how, { code: 0, signal: null }, `gava serve did not end well:\n${log}`);
        },
    };
}

/* A store made by `gava init` (init: its arguments after --data) or `gava demo` (demo: true), served. t: the test's context, or
 * undefined (then call end()). Gives what serve() gives and: where, dir, accounts (demo), setClock(RFC 3339) if clock was given. */
export async function startGava(t, { init, demo, clock, args = [], env = {} } = {}) {
    const store = emptyStore();
    const more = [...args];
    let accounts = [];
    if (demo) accounts = JSON.parse(gavaOk(["demo", ...store.where, "--json"], { env }));
    if (init) gavaOk(["init", ...store.where, ...init], { env });
    const clockFile = join(store.dir, "clock");
    const setClock = (time) => writeFileSync(clockFile, `${time}\n`);
    if (clock) {
        setClock(clock);
        more.push("--clock", clockFile);
    }
    const server = await serve(store.where, { args: more, env });
    const end = async () => {
        try {
            await server.stop();
        } finally {
            store.remove();
        }
    };
    t?.after(end);
    return { ...server, where: store.where, dir: store.dir, accounts, setClock, end };
}

/* ---- a browser without script ---------------------------------------------------------------------------------------- */

const entities = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0", ndash: "–", mdash: "—", hellip: "…", middot: "·" };
export const unescapeHtml = (text) => text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex, dec, name) =>
    hex ? String.fromCodePoint(parseInt(hex, 16)) : dec ? String.fromCodePoint(Number(dec)) : entities[name] ?? all);

const attribute = (tag, name) => {
    const found = tag.match(new RegExp(`\\s${name}(?:="([^"]*)"|(?=[\\s/>]))`));
    return found ? unescapeHtml(found[1] ?? "") : null;
};

/* One answer: status, headers, body (as text), bytes, path (after redirects). */
export class Page {
    constructor(client, path, response, bytes) {
        Object.assign(this, { client, path, status: response.status, headers: response.headers, bytes, body: new TextDecoder().decode(bytes) });
    }
    /* Visible words, white space folded. */
    get text() {
        return unescapeHtml(this.body.replace(/<(script|style|head)\b[\s\S]*?<\/\1>/g, " ").replace(/<[^>]+>/g, " ")).replace(/[\s\u00a0]+/g, " ").trim();
    }
    /* Text of the element with this id. */
    byId(id) {
        const found = this.body.match(new RegExp(`<(\\w+)[^>]*\\sid="${id}"[^>]*>([\\s\\S]*?)</\\1>`));
        return found ? unescapeHtml(found[2].replace(/<[^>]+>/g, "")).replace(/\s+/g, " ").trim() : null;
    }
    /* The forms: {action, method, multipart, fields}; fields: what a browser would send untouched. */
    get forms() {
        return [...this.body.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, tag, inside]) => {
            const fields = {};
            const add = (name, value) => name !== null && (fields[name] = name in fields ? [fields[name], value].flat() : value);
            for (const [input] of inside.matchAll(/<input\b[^>]*>/g)) {
                const type = attribute(input, "type") ?? "text";
                if (["submit", "button", "file", "image"].includes(type) || attribute(input, "disabled") !== null) continue;
                if (["checkbox", "radio"].includes(type) && attribute(input, "checked") === null) continue;
                add(attribute(input, "name"), attribute(input, "value") ?? (type === "checkbox" ? "on" : ""));
            }
            for (const [, tag2, words] of inside.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g)) add(attribute(tag2, "name"), unescapeHtml(words.replace(/^\n/, "")));
            for (const [, tag2, options] of inside.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
                const all = [...options.matchAll(/<option\b[^>]*>/g)].map((m) => m[0]);
                const chosen = all.find((o) => attribute(o, "selected") !== null) ?? all[0];
                if (chosen) add(attribute(tag2, "name"), attribute(chosen, "value") ?? "");
            }
            return { action: attribute(` ${tag} `, "action") ?? this.path, method: (attribute(` ${tag} `, "method") ?? "get").toLowerCase(),
                multipart: /multipart\/form-data/.test(tag), fields };
        });
    }
    /* Sends the form whose action (or any of whose field names) matches `which`, with some fields changed; files: {name: [[file name, bytes, type]]}. */
    async submit(which, changes = {}, files = {}) {
        const form = this.forms.find((f) => (which instanceof RegExp ? which.test(f.action) : f.action === which || which in f.fields));
        assert.ok(form, `no form "${which}" on ${this.path} (status ${this.status}):\n${this.text.slice(0, 500)}`);
        const fields = { ...form.fields, ...changes };
        if (form.method === "get") return this.client.get(`${form.action.split("?")[0]}?${new URLSearchParams(fields)}`);
        const pairs = Object.entries(fields).filter(([, v]) => v !== null).flatMap(([k, v]) => [v].flat().map((one) => [k, String(one)]));
        if (!form.multipart) return this.client.post(form.action, new URLSearchParams(pairs));
        const body = new FormData();
        for (const [k, v] of pairs) body.append(k, v);
        for (const [k, list] of Object.entries(files)) for (const [name, bytes, type] of list) body.append(k, new Blob([bytes], { type }), name);
        return this.client.post(form.action, body);
    }
}

export class Client {
    constructor(url) {
        this.url = url;
        this.cookies = new Map();
        this.timeoutMs = 60_000; /* fetch may wait for ever on a connection that died while a body was on its way */
    }
    /* One request without following redirects. */
    async request(method, path, { body, headers = {} } = {}) {
        const cookie = [...this.cookies].map(([k, v]) => `${k}=${v}`).join("; ");
        const response = await fetch(new URL(path, this.url), { method, body, redirect: "manual", signal: AbortSignal.timeout(this.timeoutMs), headers: { ...(cookie ? { cookie } : {}), ...headers } });
        for (const line of response.headers.getSetCookie()) {
            const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
            if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(line)) this.cookies.delete(name);
            else this.cookies.set(name, value);
        }
        return new Page(this, path, response, Buffer.from(await response.arrayBuffer()));
    }
    async follow(page) {
        for (let n = 0; n < 5 && [301, 302, 303, 307, 308].includes(page.status); n++) {
            const next = new URL(page.headers.get("location"), new URL(page.path, this.url));
            page = await this.request("GET", next.pathname + next.search);
        }
        return page;
    }
    async get(path, headers) {
        return this.follow(await this.request("GET", path, { headers }));
    }
    async post(path, body, headers) {
        return this.follow(await this.request("POST", path, { body, headers }));
    }
    async logIn(user, password) {
        return (await this.get("/logga-in")).submit("password", { user, password });
    }
}
