/* The processes of gava serve: workers that die are replaced, a stop lets requests end, slow clients cost the others nothing, and
 * what cannot work is told before anything starts. One engine is enough: no statement of the flow is tested here. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ENGINE, gavaRun, root, serve, startGava } from "../gava.mjs";
import { Wire, once, request } from "./raw.mjs";

const init = ["--municipality", "ekhamn", "--name", "Ekhamns kommun", "--routine", join(root, "routines/default.yaml")];
const form = { "Content-Type": "application/x-www-form-urlencoded" };

const children = (pid) => readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").map(Number);
const alive = (pid) => {
    try {
        return !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
    } catch {
        return false;
    }
};
async function until(what, ok, seconds = 10) {
    for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
        if (await ok()) return;
        await new Promise((done) => setTimeout(done, 20));
    }
    assert.fail(`not within ${seconds} s: ${what}`);
}
const health = async (gava) => (await once(gava.port, request("GET", "/halsa")))?.status;

test("ready is told when every worker accepts, and no process can start another program", async (t) => {
    const gava = await startGava(t, { init, args: ["--workers", "3"] });
    assert.match(gava.log(), /^ready http:\/\/127\.0\.0\.1:\d+\/$/m);
    const pids = children(gava.pid);
    assert.equal(pids.length, 5, "three web workers, the job process and the one that makes PDFs");
    const locked = (pid) => ["NoNewPrivs:\t1", "Seccomp:\t2", "Threads:\t1"].every((line) => readFileSync(`/proc/${pid}/status`, "utf8").includes(`${line}\n`));
    const web = pids.filter(locked);
    assert.ok(web.length >= 3, "a web worker accepts before it is locked in");
    /* WeasyPrint is started by one process, which holds no store; what it starts is locked in (src/pdf/pdf_test.c) */
    const makesPdfs = (pid) => readFileSync(`/proc/${pid}/comm`, "utf8") === "gava-pdf\n";
    assert.equal(pids.filter(makesPdfs).length, 1);
    await until("the job process is locked in as well", () => pids.filter((pid) => !makesPdfs(pid)).every(locked));
});

test("workers killed under load are replaced, and who asks again is answered", async (t) => {
    const gava = await startGava(t, { init, args: ["--rate-limit", "off"] });
    let answered = 0, lost = 0, stop = false;
    const load = Array.from({ length: 8 }, async () => {
        while (!stop) {
            const answer = await once(gava.port, request("GET", "/logga-in")).catch(() => null);
            if (answer?.status === 200) answered++;
            else lost++;
        }
    });
    for (let round = 0; round < 5; round++) {
        const before = answered;
        await until("answers", () => answered > before + 20);
        const pids = children(gava.pid);
        for (const pid of round % 2 ? pids : pids.slice(0, 1)) process.kill(pid, "SIGKILL");
    }
    const before = answered;
    await until("answers after the last kill", () => answered > before + 100);
    stop = true;
    await Promise.all(load);
    assert.ok(lost <= 5 * 8, `${lost} requests were lost; at most those that were being answered`);
    await until("all processes are back", () => children(gava.pid).length === 4);
});

test("a stop lets requests that have begun end, and gives 0", async (t) => {
    const gava = await startGava(t, { init });
    const body = "user=a&password=b";
    const wire = new Wire(gava.port), idle = new Wire(gava.port);
    await idle.send(request("GET", "/halsa"));
    assert.equal((await idle.answer()).status, 200);
    await wire.send(request("POST", "/logga-in", { headers: { ...form, "Content-Length": body.length } }));
    await wire.send(body.slice(0, 5));
    await until("the worker has read the header", async () => /gava_requests_total [1-9]/.test((await once(gava.port, request("GET", "/metrics"))).body.toString()));
    gava.child.kill("SIGTERM");
    await idle.ended; /* a connection without a request is closed at once */
    assert.ok(alive(gava.pid));
    await wire.send(body.slice(5));
    const answer = await wire.answer();
    assert.equal(answer.status, 403);
    assert.equal(answer.headers.get("connection"), "close");
    assert.deepEqual(await gava.ended, { code: 0, signal: null });
});

test("when the supervisor is killed its processes end too", async (t) => {
    const gava = await startGava(undefined, { init });
    const pids = children(gava.pid);
    gava.child.kill("SIGKILL");
    await gava.ended;
    await until("all have ended", () => pids.every((pid) => !alive(pid)));
    await assert.rejects(gava.stop());
});

test("silent and slow clients are closed, and others are served meanwhile", { timeout: 60_000 }, async (t) => {
    const gava = await startGava(t, { init, args: ["--workers", "2"] });
    const slow = [];
    for (let i = 0; i < 300; i++) {
        const wire = new Wire(gava.port);
        await wire.send("GET / HTTP/1.1\r\nHost: x\r\nX-a: ");
        slow.push(wire);
    }
    const drip = setInterval(() => slow.filter((w) => !w.closed).forEach((w) => w.send("b")), 500);
    t.after(() => (clearInterval(drip), slow.forEach((w) => w.close())));
    /* beyond 100 connections per worker from one address the longest waiting are closed */
    assert.ok(slow.filter((w) => w.closed).length > 50, `${slow.filter((w) => w.closed).length} were closed`);
    for (let i = 0; i < 20; i++) assert.equal(await health(gava), 200);
    await until("the slow ones are closed", () => slow.every((w) => w.closed), 25);
    const body = new Wire(gava.port);
    await body.send(request("POST", "/logga-in", { headers: { ...form, "Content-Length": 1000 } }));
    await until("a body that never comes is given up", () => body.closed, 30);
});

test("large uploads lie in files without a name, and the temporary folder stays empty", async (t) => {
    const gava = await startGava(t, { init });
    const files = () => (ENGINE === "sqlite" ? readdirSync(gava.where[1]).sort() : []); /* with PostgreSQL there is no folder */
    const before = files();
    const wire = new Wire(gava.port);
    await wire.send(request("POST", "/synpunkter", { headers: { "Content-Type": "multipart/form-data; boundary=x", "Content-Length": 20 << 20 } }));
    await wire.send(Buffer.alloc(5 << 20));
    await until("the upload is on disk", () => children(gava.pid).some((pid) => {
        try {
            return readdirSync(`/proc/${pid}/fd`).some((fd) => {
                const file = statSync(`/proc/${pid}/fd/${fd}`);
                return file.size >= 4 << 20 && file.nlink === 0;
            });
        } catch {
            return false;
        }
    }));
    assert.deepEqual(files(), before);
    wire.close();
});

test("limits slow down who guesses passwords, with the time to wait", async (t) => {
    const gava = await startGava(t, { init });
    const client = gava.client();
    const statuses = [];
    let last;
    for (let i = 0; i < 25; i++) {
        last = await (await client.get("/logga-in")).submit("password", { user: "maria", password: `wrong password ${i}` });
        statuses.push(last.status);
    }
    assert.deepEqual(statuses.slice(0, 20), Array(20).fill(401));
    assert.equal(statuses[24], 429);
    assert.ok(Number(last.headers.get("retry-after")) > 0, "Retry-After");
});

test("a proxy's word on the client counts only when it is trusted", async (t) => {
    const headers = { "X-Forwarded-For": "198.51.100.7", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "gava.ekhamn.se" };
    const plain = await startGava(t, { init });
    const answer = await once(plain.port, request("GET", "/logga-in", { headers }));
    assert.ok(!answer.headers.has("strict-transport-security"));
    assert.doesNotMatch(answer.headers.get("set-cookie"), /Secure|__Host-/);
    const dir = plain.dir;
    writeFileSync(join(dir, "conf"), "trusted_proxies = 127.0.0.0/8\n");
    const trusting = await startGava(t, { init, args: ["--config", join(dir, "conf")] });
    const trusted = await once(trusting.port, request("GET", "/logga-in", { headers }));
    assert.equal(trusted.headers.get("strict-transport-security"), "max-age=31536000");
    assert.match(trusted.headers.get("set-cookie"), /^__Host-gava_form=[\w-]{22}; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
    assert.equal((await once(trusting.port, request("GET", "/metrics", { headers }))).status, 404);
    assert.equal((await once(trusting.port, request("GET", "/metrics"))).status, 200);
});

test("TLS without a server in front, and a new certificate without a pause", async (t) => {
    const made = (dir, name) => {
        mkdirSync(dir, { recursive: true });
        const run = spawnSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", `/CN=${name}`,
            "-keyout", join(dir, "key.pem"), "-out", join(dir, "cert.pem")]);
        assert.equal(run.status, 0, run.stderr.toString());
    };
    const dir = spawnSync("mktemp", ["-d"], { encoding: "utf8" }).stdout.trim();
    t.after(() => spawnSync("rm", ["-rf", dir]));
    made(dir, "first");
    const gava = await startGava(t, { init, args: ["--tls-cert", join(dir, "cert.pem"), "--tls-key", join(dir, "key.pem")] });
    assert.match(gava.log(), /^ready https:\/\//m);
    const ask = async () => {
        const wire = new Wire(gava.port, { secure: true });
        await wire.send(request("GET", "/logga-in"));
        const answer = await wire.answer();
        const name = wire.socket.getPeerCertificate().subject.CN;
        wire.close();
        return { answer, name };
    };
    const first = await ask();
    assert.equal(first.name, "first");
    assert.equal(first.answer.status, 200);
    assert.equal(first.answer.headers.get("strict-transport-security"), "max-age=31536000");
    assert.match(first.answer.headers.get("set-cookie"), /^__Host-gava_form=.*; Secure$/);
    made(dir, "second");
    gava.child.kill("SIGHUP");
    let failures = 0;
    await until("the new certificate", async () => {
        const names = await Promise.all(Array.from({ length: 6 }, () => ask().then((r) => r.name, () => failures++)));
        return names.every((name) => name === "second");
    });
    assert.equal(failures, 0);
    writeFileSync(join(dir, "cert.pem"), "not a certificate");
    gava.child.kill("SIGHUP");
    await until("the broken one is told", () => /reload_failed/.test(gava.log()));
    assert.equal((await ask()).name, "second");
});

test("what cannot work is told in a sentence before anything starts", async (t) => {
    const gava = await startGava(t, { init });
    const told = (args, status, words) => {
        const run = gavaRun(["serve", ...args]);
        assert.equal(run.status, status, run.stderr);
        assert.match(run.stderr, words);
        assert.equal(run.stdout, "");
    };
    const { where, dir } = gava;
    told([], 1, /--data|--postgres/);
    told([...where, "--listen", `127.0.0.1:${gava.port}`], 75, /Address already in use[\s\S]*another program has this port/);
    told([...where, "--listen", "nonsense"], 1, /cannot listen on "nonsense"/);
    told([...where, "--rate-limit", "on"], 2, /--rate-limit can only be off/);
    told([...where, "--clock", join(dir, "none"), "--listen", "127.0.0.1:0"], 1, /--clock/);
    told([...where, "--tls-cert", join(dir, "none")], 1, /belong together/);
    writeFileSync(join(dir, "bad.conf"), "# a comment\nworkers = two\n");
    told([...where, "--config", join(dir, "bad.conf")], 1, /bad\.conf:2: workers must be a whole number/);
    writeFileSync(join(dir, "bad.conf"), "trusted_proxies = proxy1\n");
    told([...where, "--config", join(dir, "bad.conf")], 1, /"proxy1" is neither an address nor a network/);
    told(["--data", join(dir, "empty")], 1, /no municipality here yet[\s\S]*gava init/);
});

test("port 0 lets the system choose, and the real one is told", async (t) => {
    const gava = await startGava(t, { init });
    const second = await serve(gava.where, { port: 0 });
    t.after(() => second.stop());
    const port = Number(second.log().match(/^ready http:\/\/127\.0\.0\.1:(\d+)\/$/m)[1]);
    assert.ok(port > 0 && port !== gava.port);
    assert.equal((await once(port, request("GET", "/halsa"))).status, 200);
});

test("two municipalities on one server keep apart, by address and by name", async (t) => {
    const gava = await startGava(undefined, { init });
    await gava.stop();
    t.after(() => spawnSync("rm", ["-rf", gava.dir]));
    const second = ["--municipality", "lovberga", "--name", "Lövberga kommun", "--routine", join(root, "routines/default.yaml")];
    assert.equal(gavaRun(["init", ...gava.where, ...second]).status, 0);
    for (const slug of ["ekhamn", "lovberga"]) {
        const made = gavaRun(["user", "add", ...gava.where, "--municipality", slug, "--user", "maria", "--name", "Maria Ek", "--role", `registrar@${slug}`], { input: "korrekt häst batteri\n" });
        assert.equal(made.status, 0, made.stderr);
    }
    writeFileSync(join(gava.dir, "conf"), "hosts = gava.ekhamn.test=ekhamn\n");
    const both = await serve(gava.where, { args: ["--config", join(gava.dir, "conf")] });
    t.after(() => both.stop());
    const ask = (path, headers) => once(both.port, request("GET", path, { headers }));
    const front = (await ask("/")).body.toString();
    assert.match(front, /href="\/ekhamn\/">Ekhamns kommun[\s\S]*href="\/lovberga\/">Lövberga kommun/);
    assert.equal((await ask("/logga-in")).status, 404);
    assert.equal((await ask("/nora/logga-in")).status, 404);
    assert.equal((await ask("/ekhamn")).headers.get("location"), "/ekhamn/synpunkter");
    const page = (await ask("/lovberga/logga-in")).body.toString();
    assert.match(page, /Lövberga kommun/);
    assert.match(page, /action="\/lovberga\/logga-in"/);
    assert.match((await ask("/logga-in", { Host: "GAVA.ekhamn.test:8080" })).body.toString(), /action="\/logga-in"[\s\S]*/);
    assert.equal((await ask("/halsa")).status, 200);
    const client = both.client();
    const wanted = await client.request("GET", "/ekhamn/att-gora");
    assert.equal(wanted.headers.get("location"), "/ekhamn/logga-in?till=%2Fatt-gora");
    const inside = await (await client.get("/ekhamn/logga-in")).submit("password", { user: "maria", password: "korrekt häst batteri" });
    assert.match(inside.path ?? "", /^\/ekhamn\//);
    assert.ok(client.cookies.has("gava_ekhamn"));
    assert.equal((await client.request("GET", "/lovberga/att-gora")).status, 303, "a session of one is none of the other");
    assert.notEqual((await client.request("GET", "/ekhamn/att-gora")).status, 303);
});
