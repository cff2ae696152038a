/* HTTP as it comes from outside: well-formed, odd and hostile. Whatever is sent, the answer is clear, never a 500, and the next
 * client is served as if nothing had happened. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { root, startGava } from "../gava.mjs";
import { Wire, once, request } from "./raw.mjs";

const init = ["--municipality", "ekhamn", "--name", "Ekhamns kommun", "--routine", join(root, "routines/default.yaml")];
let gava;
before(async () => (gava = await startGava(undefined, { init, args: ["--rate-limit", "off"] })));
after(async () => {
    const log = gava.log();
    await gava.end();
    assert.doesNotMatch(log, /process_died|status=5\d\d/, "a worker died or a request failed");
});

const get = (path, headers) => once(gava.port, request("GET", path, { headers }));
const post = (path, body, headers) => once(gava.port, request("POST", path, { body, headers }));
const form = { "Content-Type": "application/x-www-form-urlencoded" };

test("the health page says ok when every store can be written", async () => {
    const answer = await get("/halsa");
    assert.equal(answer.status, 200);
    assert.equal(answer.body.toString(), "ok\n");
});

test("every answer tells the browser to be strict", async () => {
    for (const path of ["/logga-in", "/halsa", "/finns-inte", "/assets/x"]) {
        const { headers } = await get(path);
        const policy = headers.get("content-security-policy");
        for (const part of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"])
            assert.ok(policy.includes(part), `${path}: ${part}`);
        assert.doesNotMatch(policy, /unsafe/);
        assert.equal(headers.get("x-content-type-options"), "nosniff");
        assert.equal(headers.get("referrer-policy"), "same-origin");
        assert.equal(headers.get("cache-control"), "no-store");
        assert.ok(headers.get("permissions-policy").includes("camera=()"));
        assert.equal(headers.get("cross-origin-opener-policy"), "same-origin");
        assert.ok(!headers.has("strict-transport-security"), "HSTS without TLS");
    }
});

test("an unknown address is a page in the reader's language with a number that is in the log", async () => {
    const swedish = await get("/finns-inte");
    assert.equal(swedish.status, 404);
    assert.match(swedish.body.toString(), /Sidan finns inte/);
    const number = swedish.body.toString().match(/[0-9A-Z]{4}-[0-9A-Z]{4}/)[0];
    for (let i = 0; i < 200 && !gava.log().includes(number); i++) await new Promise((done) => setTimeout(done, 10)); /* the log comes through a pipe */
    assert.match(gava.log(), new RegExp(`request=${number} status=404`));
    const english = await get("/finns-inte", { "Accept-Language": "en-GB,sv;q=0.5" });
    assert.match(english.body.toString(), /There is no such page/);
    assert.match(english.body.toString(), /<html lang="en"/);
});

test("the language that was chosen is kept", async () => {
    const client = gava.client();
    assert.match((await client.get("/logga-in")).body, /<html lang="sv"/);
    assert.match((await client.get("/logga-in?lang=en")).body, /<html lang="en"/);
    assert.match((await client.get("/logga-in")).body, /<html lang="en"/);
    assert.match((await client.get("/logga-in?lang=sv")).body, /<html lang="sv"/);
    assert.match((await client.get("/logga-in?lang=xx")).body, /<html lang="sv"/);
});

test("HEAD is GET without the body", async () => {
    const whole = await get("/logga-in");
    const wire = new Wire(gava.port);
    await wire.send(request("HEAD", "/logga-in"));
    const head = await wire.answer({ head: true });
    assert.equal(head.status, 200);
    assert.equal(head.headers.get("content-length"), String(whole.body.length));
    await wire.send(request("GET", "/halsa"));
    assert.equal((await wire.answer()).body.toString(), "ok\n");
    wire.close();
});

test("a method the address does not take is told with those it does", async () => {
    for (const method of ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"]) {
        const answer = await once(gava.port, request(method, "/logga-in"));
        assert.equal(answer.status, 405, method);
        assert.equal(answer.headers.get("allow"), "GET, HEAD, POST, OPTIONS");
    }
    const options = await once(gava.port, request("OPTIONS", "/logga-in"));
    assert.equal(options.status, 204);
    assert.equal(options.headers.get("allow"), "GET, HEAD, POST, OPTIONS");
    assert.equal((await post("/halsa", "", form)).status, 405);
});

test("a slash too many at the end leads to the right address", async () => {
    const answer = await get("/logga-in/?x=1");
    assert.equal(answer.status, 308);
    assert.equal(answer.headers.get("location"), "/logga-in?x=1");
    assert.equal((await get("//")).status, 404);
    assert.equal((await get("//evil.example/")).status, 404);
});

test("paths that try to climb out find nothing", async () => {
    for (const path of ["/../../etc/passwd", "/assets/../../etc/passwd", "/assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/assets/..%5c..%5cx", "/%2e%2e/", "/assets//etc/passwd",
        "/assets/app.css%00.png", "/..;/halsa", "/assets/%252e%252e"]) {
        const answer = await get(path);
        assert.ok([400, 404].includes(answer.status), `${path}: ${answer.status}`);
    }
});

test("an address that cannot be decoded is a bad request", async () => {
    for (const path of ["/assets/%", "/assets/%zz", "/assets/%ff", "/logga-in?x=%ff", "/assets/%0d%0aSet-Cookie:x=1"]) assert.equal((await get(path)).status, 400, path);
    assert.equal((await get(`/logga-in?${"x".repeat(3000)}`)).status, 414);
    assert.equal((await get(`/logga-in?${"x=1&".repeat(100)}`)).status, 400);
    assert.equal((await get("/logga-in?x=100%")).status, 200);
});

test("an absolute address in the request line is served like a path", async () => {
    assert.equal((await get("http://gava.test/halsa")).status, 200);
    assert.equal((await get("http://gava.test/finns-inte")).status, 404);
});

test("a host header is needed, once", async () => {
    assert.equal((await once(gava.port, request("GET", "/halsa", { headers: { Host: null } }))).status, 400);
    assert.equal((await once(gava.port, request("GET", "/halsa", { headers: { Host: ["a", "b"] } }))).status, 400);
    assert.equal((await once(gava.port, Buffer.from("GET /halsa HTTP/1.0\r\n\r\n"))).status, 200);
});

test("a length told in two ways is refused and the connection closed", async () => {
    for (const headers of [{ "Content-Length": ["4", "5"] }, { "Content-Length": "4", "Transfer-Encoding": "chunked" }, { "Transfer-Encoding": "gzip, chunked" },
        { "Content-Length": "-1" }, { "Content-Length": "0x4" }, { "Content-Length": "99999999999999999999" }]) {
        const wire = new Wire(gava.port);
        await wire.send(Buffer.concat([request("POST", "/logga-in", { headers: { ...form, ...headers } }), Buffer.from("a=b&GET /smuggled HTTP/1.1\r\n\r\n")]));
        const answer = await wire.answer();
        assert.ok(answer === null || (answer.status >= 400 && answer.status < 500), JSON.stringify(headers));
        await wire.ended;
    }
});

test("16 random bytes, as a request and as a body, are answered or dropped", async () => {
    for (let i = 0; i < 50; i++) {
        const wire = new Wire(gava.port);
        await wire.send(Buffer.concat([randomBytes(16), Buffer.from("\r\n\r\n")]));
        const answer = await Promise.race([wire.answer(), new Promise((done) => setTimeout(done, 300, null))]);
        assert.ok(answer === null || (answer.status >= 400 && answer.status < 500), answer?.status);
        wire.close();
    }
    for (const type of ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "application/json", "text/plain", "x"]) {
        const answer = await post("/logga-in", randomBytes(16), { "Content-Type": type });
        assert.ok([400, 403, 415, 422].includes(answer.status), `${type}: ${answer.status}`);
    }
    assert.equal((await post("/logga-in", randomBytes(16))).status, 415);
});

test("empty bodies are told what is missing", async () => {
    assert.equal((await post("/logga-in", "")).status, 403);
    assert.equal((await post("/logga-in", "", form)).status, 403);
    assert.equal((await post("/logga-in", "", { "Content-Type": "multipart/form-data; boundary=x" })).status, 400);
    const bare = await once(gava.port, Buffer.from("POST /logga-in HTTP/1.1\r\nHost: x\r\n\r\n"));
    assert.equal(bare.status, 403);
});

test("a form that does not come from our own page is refused", async () => {
    const client = gava.client();
    const page = await client.get("/logga-in");
    const { csrf } = page.forms.find((f) => "password" in f.fields).fields;
    assert.match(csrf, /^[0-9a-f]{64}$/);
    const fields = { user: "x", password: "y", csrf };
    const refused = async (more, headers, who = client) => {
        const answer = await who.request("POST", "/logga-in", { body: new URLSearchParams({ ...fields, ...more }), headers });
        assert.equal(answer.status, 403);
        assert.match(answer.body, /kom inte från vår egen sida/);
    };
    await refused({ csrf: "" });
    await refused({ csrf: csrf.replace(/./g, "0") });
    await refused({}, {}, gava.client());
    await refused({}, { origin: "https://evil.example" });
    await refused({}, { "sec-fetch-site": "cross-site" });
    const mine = await client.request("POST", "/logga-in", { body: new URLSearchParams(fields) });
    assert.equal(mine.status, 401, "hidden fields and cookies sent back as they came are enough");
});

test("a body of 100 MB is refused with a page, also when the client keeps sending", { timeout: 60_000 }, async () => {
    const size = 100 << 20;
    const wire = new Wire(gava.port);
    await wire.send(`POST /logga-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${size}\r\n\r\n`);
    const piece = Buffer.alloc(1 << 20, "a");
    for (let sent = 0; sent < size && !wire.closed; sent += piece.length) await wire.send(piece);
    const answer = await wire.answer();
    assert.equal(answer.status, 413);
    assert.match(answer.body.toString(), /för stort/);
    wire.close();
});

test("who asks before sending a large body is told at once", async () => {
    const wire = new Wire(gava.port);
    await wire.send(`POST /logga-in HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Type: text/plain\r\nContent-Length: ${1 << 30}\r\n\r\n`);
    assert.equal((await wire.answer()).status, 413);
    wire.close();
});

test("a body in chunks counts as well", { timeout: 60_000 }, async () => {
    const client = gava.client();
    const page = await client.get("/logga-in");
    const { csrf } = page.forms.find((f) => "password" in f.fields).fields;
    const cookie = [...client.cookies].map(([k, v]) => `${k}=${v}`).join("; ");
    const chunked = { ...form, "Transfer-Encoding": "chunked", Cookie: cookie, "Content-Length": null };
    const chunk = (text) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
    const small = await once(gava.port, Buffer.concat([request("POST", "/logga-in", { headers: chunked }), Buffer.from(`${chunk(`csrf=${csrf}`)}${chunk("&user=a&pass")}${chunk("word=b")}0\r\n\r\n`)]));
    assert.equal(small.status, 401);
    const wire = new Wire(gava.port);
    await wire.send(request("POST", "/logga-in", { headers: chunked }));
    for (let i = 0; i < 80 && !wire.closed; i++) await wire.send(chunk("x".repeat(10_000)));
    await wire.send("0\r\n\r\n");
    assert.equal((await wire.answer()).status, 413);
    wire.close();
});

test("text in an old charset is read when the client says which", async () => {
    const client = gava.client();
    const page = await client.get("/logga-in");
    const { csrf } = page.forms.find((f) => "password" in f.fields).fields;
    const body = Buffer.from(`csrf=${csrf}&user=Bj%F6rn&password=x`);
    const latin = await client.request("POST", "/logga-in", { body, headers: { "content-type": "application/x-www-form-urlencoded; charset=iso-8859-1" } });
    assert.equal(latin.status, 401);
    assert.match(latin.body, /value="Björn"/);
    const wrong = await client.request("POST", "/logga-in", { body, headers: { "content-type": "application/x-www-form-urlencoded" } });
    assert.ok(wrong.status === 401 || wrong.status === 422, String(wrong.status));
    assert.match(wrong.body, /value="Bj\ufffdrn"/);
});

test("a flood of headers is refused", async () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`X-${i}`, "y"]));
    assert.equal((await get("/halsa", many)).status, 431);
    const long = await get("/halsa", { "X-Long": "y".repeat(100_000) });
    assert.ok(long === null || [413, 414, 431].includes(long.status), String(long?.status));
    assert.equal((await get("/halsa", { Cookie: "a=b; ".repeat(500) })).status, 200);
});

test("requests one after another, and all at once, on one connection", async () => {
    const wire = new Wire(gava.port);
    for (let i = 0; i < 5; i++) {
        await wire.send(request("GET", "/halsa"));
        assert.equal((await wire.answer()).status, 200);
    }
    await wire.send(Buffer.concat([request("GET", "/halsa"), request("GET", "/finns-inte"), request("POST", "/logga-in", { body: "a=b", headers: form }), request("GET", "/halsa")]));
    const all = [];
    for (let i = 0; i < 4; i++) all.push((await wire.answer()).status);
    assert.deepEqual(all, [200, 404, 403, 200]);
    wire.close();
});

test("a request that comes byte by byte is answered", async () => {
    const wire = new Wire(gava.port);
    for (const byte of request("POST", "/logga-in", { body: "user=a&password=b", headers: form })) await wire.send(Buffer.from([byte]));
    assert.equal((await wire.answer()).status, 403);
    wire.close();
});

test("assets may be kept for ever and come compressed", async () => {
    const page = (await get("/logga-in")).body.toString();
    const css = page.match(/\/assets\/app-[0-9a-f]+\.css/)[0];
    const plain = await get(css);
    assert.equal(plain.headers.get("cache-control"), "public, max-age=31536000, immutable");
    assert.equal(plain.headers.get("content-type"), "text/css; charset=utf-8");
    const gz = await get(css, { "Accept-Encoding": "br, gzip;q=0.8" });
    assert.equal(gz.headers.get("content-encoding"), "gzip");
    assert.ok(gz.body.length < plain.body.length / 3);
    assert.equal((await get(css, { "Accept-Encoding": "gzip;q=0" })).headers.get("content-encoding"), undefined);
    const again = await get(css, { "If-None-Match": plain.headers.get("etag") });
    assert.equal(again.status, 304);
    assert.equal(again.body.length, 0);
});

test("the counters are for loopback, and not for a proxy nobody trusts", async () => {
    const answer = await get("/metrics");
    assert.equal(answer.status, 200);
    assert.match(answer.body.toString(), /^gava_requests_total [1-9]/m);
    assert.match(answer.body.toString(), /^gava_request_duration_seconds_bucket\{le="\+Inf"\} [1-9]/m);
    assert.equal((await get("/metrics", { "X-Forwarded-For": "127.0.0.1" })).status, 404);
});

test("a page that needs a log-in leads to it and back", async () => {
    const answer = await get("/att-gora?sida=2");
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.get("location"), "/logga-in?till=%2Fatt-gora%3Fsida%3D2");
    /* what was encoded in the address comes back so: a "&" or "?" inside a value stays inside it */
    const odd = await get("/arende/EKH%2D1%3Fx?q=%C3%A5+%26b%3D%0D%0AX");
    assert.equal(odd.headers.get("location"), "/logga-in?till=%2Farende%2FEKH%252D1%253Fx%3Fq%3D%25C3%25A5%2B%2526b%253D%250D%250AX");
    const back = new URL(odd.headers.get("location"), "http://x").searchParams.get("till");
    assert.equal(back, "/arende/EKH%2D1%3Fx?q=%C3%A5+%26b%3D%0D%0AX");
});

test("requests that other servers stumbled over", { timeout: 60_000 }, async () => {
    const path = join(root, "../shared/testdata/http/llhttp_cases.jsonl");
    if (!existsSync(path)) return; /* this collection is not part of the project */
    const cases = readFileSync(path, "utf8").trim().split("\n").map((line) => JSON.parse(line));
    const wrong = [];
    await Promise.all(cases.map(async ({ id, ok, warn, raw_b64 }) => {
        const wire = new Wire(gava.port);
        await wire.send(Buffer.from(raw_b64, "base64"));
        wire.socket.end();
        const statuses = [];
        for (let answer; (answer = await wire.answer()); ) statuses.push(`${String(answer.status)[0]}xx`);
        const met = (wanted) => wanted.some((w) => w === "any" || statuses.includes(w) || (w === "close" && statuses.length === 0));
        if (statuses.includes("5xx") || (!met(ok) && !met(warn))) wrong.push(`${id}: ${statuses}`);
    }));
    assert.deepEqual(wrong, []);
});
