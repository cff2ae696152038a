/* The public form in the hands of people who mean no good, and of programs that know no better: every answer is clear, what was
 * written is shown as text, nothing is lost, and nothing fails. Source: issue 2, show 6. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gavaOk, root, startGava, unescapeHtml } from "../gava.mjs";
import { once, request } from "./raw.mjs";

const init = ["--municipality", "ekby", "--name", "Ekby kommun", "--routine", join(root, "routines/default.yaml")];
const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const FIELDS = ["type", "story", "unit", "reply", "name", "email", "phone", "address"];
let gava;
before(async () => (gava = await startGava(undefined, { init, args: ["--rate-limit", "off"] })));
after(async () => {
    const log = gava.log();
    await gava.stop();
    gavaOk(["verify", ...gava.where]);
    await gava.end();
    assert.doesNotMatch(log, /process_died|status=5\d\d/, "a process died or a request failed");
});

const form = async (client = gava.client()) => ({ client, page: await client.get("/synpunkter") });
const fold = (text) => text.replace(/[\s\u00a0]+/g, " ").trim();
/* What a form's text becomes: no control characters, white space as the browser folds it. */
const asShown = (text) => fold(text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, ""));

async function followed(client, receipt) {
    return (await client.get("/folj")).submit("code", { number: receipt.byId("case-number"), code: receipt.byId("case-code") });
}

/* No markup of the sender's is in the page: read tag by tag as a browser does, all is ours. */
function assertInert(body) {
    for (const [at] of [...body.matchAll(/<[a-z]/gi)].map((m) => [m.index])) {
        const tag = /<([a-z][\w-]*)((?:\s+[\w:-]+(?:=(?:"[^"]*"|'[^']*'))?)*)\s*\/?>/iy;
        tag.lastIndex = at;
        const found = tag.exec(body);
        assert.ok(found, `no tag of ours: ${body.slice(at, at + 80)}`);
        for (const [, name, value] of found[2].matchAll(/([\w:-]+)(?:=["']([^"']*))?/g)) {
            assert.doesNotMatch(name, /^(?:on|style$|srcdoc$)/i, found[0]);
            if (/^(?:href|src|action|formaction)$/i.test(name)) assert.match(value ?? "", /^(?:[/#?]|https:|mailto:|tel:|$)/i, found[0]);
        }
        assert.doesNotMatch(found[1], /^(?:iframe|object|embed|base|img|video|audio|marquee)$/i, found[0]);
        if (found[1] === "script") assert.match(found[2], /^ src="\/assets\/[\w.-]+" defer$/);
    }
}

const collections = () => {
    const read = (name, parse) => {
        const path = join(root, "../shared/testdata/http", name);
        return existsSync(path) ? parse(readFileSync(path, "utf8")) : []; /* these collections are not part of the project */
    };
    return [
        "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' OR 1=1; DROP TABLE cases; --", "{{v->title}}", "%s%n%x", "\u202eoliv\u202c", "Zalgo H\u0335e\u0335", "👩‍👩‍👧 🇸🇪", "مرحبا", "../../etc/passwd",
        ...read("blns.json", (text) => JSON.parse(text)),
        ...read("xss_some.txt", (text) => text.split("\n")),
    ].filter((line) => asShown(line).length > 0 && !line.includes("\0"));
};

test("strings that break programs are kept as text, and nothing of them runs", { timeout: 300_000 }, async () => {
    const lines = collections();
    for (let i = 0; i < lines.length; i += 40) {
        const part = lines.slice(i, i + 40);
        const { client, page } = await form();
        const receipt = await page.submit("story", { story: part.join("\n"), reply: "code" });
        assert.equal(receipt.status, 200, receipt.text.slice(0, 300));
        const shown = await followed(client, receipt);
        assertInert(shown.body);
        for (const line of part) assert.ok(shown.text.includes(asShown(line)), `not shown: ${JSON.stringify(line)}`);
    }
});

test("markup in every field comes back as text, on the form and on the page", async () => {
    const evil = '"><script>alert(document.cookie)</script><b onclick=x>';
    const { page } = await form();
    const answer = await page.submit("story", { ...Object.fromEntries(FIELDS.map((name) => [name, evil])), reply: "email" }, { files: [[evil, PNG, evil]] });
    assert.equal(answer.status, 422);
    assertInert(answer.body);
    assert.ok(unescapeHtml(answer.body).includes(evil), "what was written is still there");
    const { client, page: again } = await form();
    const receipt = await again.submit("story", { story: evil, name: evil, address: evil, reply: "letter" }, { files: [[evil, PNG, evil]] });
    assert.equal(receipt.status, 200, receipt.text.slice(0, 400));
    assertInert(receipt.body);
    const shown = await followed(client, receipt);
    assertInert(shown.body);
    assert.ok(shown.text.includes(fold(evil)));
});

test("a NUL among the words is told, and the words are kept", async () => {
    const { page } = await form();
    const answer = await page.submit("story", { story: "före\0efter", reply: "code" });
    assert.equal(answer.status, 422);
    assert.match(answer.body, /före\ufffdefter/);
});

test("random bytes in every field are told, not taken for words", async () => {
    for (let i = 0; i < 10; i++) {
        const { client, page } = await form();
        const { fields } = page.forms.find((f) => "story" in f.fields);
        const boundary = "x".repeat(20);
        const parts = Object.entries(fields).filter(([name]) => !FIELDS.includes(name)).map(([name, value]) => [name, Buffer.from(String(value))]);
        for (const name of FIELDS) parts.push([name, randomBytes(16)]);
        const body = Buffer.concat([...parts.flatMap(([name, bytes]) => [Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`), bytes, Buffer.from("\r\n")]), Buffer.from(`--${boundary}--\r\n`)]);
        const answer = await client.post("/synpunkter", body, { "content-type": `multipart/form-data; boundary=${boundary}` });
        assert.equal(answer.status, 422, answer.text.slice(0, 300));
        assertInert(answer.body);
    }
});

test("words in an old charset are read when it is named, and told when it is not", async () => {
    const send = async (charset) => {
        const { client, page } = await form();
        const { fields } = page.forms.find((f) => "story" in f.fields);
        const pairs = { ...fields, reply: "code" };
        delete pairs.story;
        const body = Buffer.from(`${new URLSearchParams(pairs)}&story=R%E4ksm%F6rg%E5sen var slut.`.replaceAll(" ", "+"));
        return { client, answer: await client.post("/synpunkter", body, { "content-type": `application/x-www-form-urlencoded${charset}` }) };
    };
    const named = await send("; charset=iso-8859-1");
    assert.equal(named.answer.status, 200);
    assert.match((await followed(named.client, named.answer)).text, /Räksmörgåsen var slut\./);
    const unnamed = await send("");
    assert.equal(unnamed.answer.status, 422);
    assert.match(unnamed.answer.body, /R\ufffdksm\ufffdrg\ufffdsen/);
});

test("five files of ten megabytes come in whole; a sixth, a larger one and far too much are told", { timeout: 240_000 }, async () => {
    const large = Buffer.concat([PNG, Buffer.alloc(10 * 1024 * 1024 - PNG.length, 1)]);
    const files = (n, bytes = PNG) => ({ files: Array.from({ length: n }, (_, i) => [`bild ${i}.png`, bytes, "image/png"]) });
    let { client, page } = await form();
    const receipt = await page.submit("story", { story: "Fem bilder.", reply: "code" }, files(5, large));
    assert.equal(receipt.status, 200, receipt.text.slice(0, 400));
    const shown = await followed(client, receipt);
    const links = [...new Set([...shown.body.matchAll(/href="(\/folj\/handling\/\d+)"/g)].map((m) => m[1]))];
    assert.ok(links.length >= 5, `${links.length} files`);
    const cookie = [...client.cookies].map(([k, v]) => `${k}=${v}`).join("; ");
    const got = await once(gava.port, request("GET", links[0], { headers: { Cookie: cookie } }));
    assert.ok(got.body.equals(large), "a file came back changed");
    assert.match(got.headers.get("content-disposition"), /^attachment; filename="bild \d\.png"/);
    assert.match(got.headers.get("content-security-policy"), /sandbox/);
    ({ page } = await form());
    assert.equal((await page.submit("story", { story: "Sex bilder.", reply: "code" }, files(6))).status, 422);
    ({ page } = await form());
    assert.equal((await page.submit("story", { story: "För stor.", reply: "code" }, { files: [["stor.png", Buffer.concat([large, PNG]), "image/png"]] })).status, 422);
    ({ page } = await form());
    assert.equal((await page.submit("story", { story: "Alldeles för mycket.", reply: "code" }, files(6, large))).status, 413);
});

test("a body cut short makes no case", async () => {
    const { client, page } = await form();
    const { fields } = page.forms.find((f) => "story" in f.fields);
    const head = (name) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`;
    const whole = `${Object.entries({ ...fields, reply: "code" }).map(([name, value]) => `${head(name)}${name === "story" ? "Avbruten text" : value}\r\n`).join("")}--x--\r\n`;
    for (const cut of [whole.length - 6, whole.length - 40, 60, 10]) {
        const answer = await client.post("/synpunkter", whole.slice(0, cut), { "content-type": "multipart/form-data; boundary=x" });
        assert.equal(answer.status, 400, `cut at ${cut}`);
    }
    const sent = await client.post("/synpunkter", whole, { "content-type": "multipart/form-data; boundary=x" });
    assert.equal(sent.status, 200, "the same form is still good");
    assert.ok(sent.byId("case-number"));
});

test("a form from another site makes no case, and a page that was left open for long does", async () => {
    const { client, page } = await form();
    const forged = await page.client.request("POST", "/synpunkter", { body: new URLSearchParams({ story: "Från en annan plats.", reply: "code" }) });
    assert.equal(forged.status, 403);
    const { fields } = page.forms.find((f) => "story" in f.fields);
    const foreign = await gava.client().request("POST", "/synpunkter", { body: new URLSearchParams({ ...fields, story: "Utan kaka.", reply: "code" }) });
    assert.equal(foreign.status, 403);
    await gava.client().get("/synpunkter");
    const receipt = await page.submit("story", { story: "Sidan låg framme.", reply: "code" });
    assert.equal(receipt.status, 200);
    assert.ok(receipt.byId("case-number"));
    assert.ok(client.cookies.size > 0);
});
