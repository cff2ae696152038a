/* What: the public way: form, receipt, follow-up, messages both ways, kept files, one case from one form.
 * Source: design.md contract (field names, ids). */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ENGINE, gavaOk, root, startGava } from "../gava.mjs";

const init = ["--municipality", "ekby", "--name", "Ekby kommun", "--routine", join(root, "routines/default.yaml")];
const start = (t, more = {}) => startGava(t, { init, args: ["--rate-limit", "off"], ...more });
const story = "Maten var kall tre dagar i rad, och ingen svarade i telefonen.";

test("a story alone becomes a case with a number and a code of sixteen digits, shown once", async (t) => {
    const gava = await start(t);
    const client = gava.client();
    const receipt = await (await client.get("/synpunkter")).submit("story", { story, reply: "code" });
    assert.equal(receipt.status, 200);
    assert.match(receipt.byId("case-number"), /^\d{4}-0001$/);
    assert.match(receipt.byId("case-code"), /^\d{4} \d{4} \d{4} \d{4}$/);
    assert.match(receipt.headers.get("cache-control"), /no-store/);
    const again = await client.get("/synpunkter/tack");
    assert.equal(again.byId("case-code"), null, "the code is not shown a second time");
});

test("the same form sent twice makes one case and shows the same code", async (t) => {
    const gava = await start(t);
    const client = gava.client();
    const form = await client.get("/synpunkter");
    const [one, two] = await Promise.all([0, 1].map(() => form.submit("story", { story, reply: "code" })));
    const third = await form.submit("story", { story, reply: "code" });
    const receipts = [one, two, third].filter((page) => page.byId("case-number"));
    assert.ok(receipts.length >= 1);
    assert.equal(new Set(receipts.map((page) => page.byId("case-number"))).size, 1);
    assert.equal(new Set(receipts.map((page) => page.byId("case-code"))).size, 1);
    const other = await (await client.get("/synpunkter")).submit("story", { story, reply: "none" });
    assert.match(other.byId("case-number"), /-0002$/, "no number was lost in between");
});

test("a form sent again with changed words keeps both, in one case", async (t) => {
    const gava = await start(t);
    const client = gava.client();
    const form = await client.get("/synpunkter");
    await form.submit("story", { story, reply: "code" });
    const receipt = await form.submit("story", { story: `${story} Det gäller även fisken.`, reply: "code" });
    assert.match(receipt.byId("case-number"), /-0001$/);
    const page = await (await client.get("/folj")).submit("code", { number: receipt.byId("case-number"), code: receipt.byId("case-code") });
    assert.match(page.text, /telefonen\. /);
    assert.match(page.text, /även fisken/);
});

test("a form with faults keeps everything, files too, and says what to do", async (t) => {
    const gava = await start(t);
    const client = gava.client();
    const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
    let page = await (await client.get("/synpunkter")).submit("story", { story: "", reply: "email", email: "anna@", name: "Anna <b>Ek</b>" },
        { files: [["bild på maten.png", png, "image/png"]] });
    assert.equal(page.status, 422);
    assert.match(page.body, /<title>Fel:/);
    assert.match(page.body, /href="#story"/);
    assert.match(page.body, /href="#email"/);
    assert.match(page.body, /value="anna@"/);
    assert.match(page.body, /Anna &lt;b&gt;Ek/);
    assert.match(page.text, /bild på maten\.png/);
    page = await page.submit("story", { story, email: "anna@hem.example" });
    assert.equal(page.status, 200);
    const number = page.byId("case-number"), code = page.byId("case-code");
    page = await (await client.get("/folj")).submit("code", { number, code });
    assert.match(page.text, /bild på maten\.png/);
    const link = page.body.match(/href="(\/folj\/handling\/\d+)"/)[1];
    const file = await fetch(gava.url + link, { headers: { cookie: [...client.cookies].map(([k, v]) => `${k}=${v}`).join("; ") } });
    assert.equal(file.headers.get("content-type"), "image/png");
    assert.match(file.headers.get("content-disposition"), /^attachment/);
    assert.deepEqual(Buffer.from(await file.arrayBuffer()), png);
});

test("a file is judged by its content, never by its name", async (t) => {
    const gava = await start(t);
    const form = await gava.client().get("/synpunkter");
    const page = await form.submit("story", { story, reply: "none" }, { files: [["bild.png", Buffer.from("\x7fELF\x02\x01\x01" + "\0".repeat(64), "latin1"), "image/png"]] });
    assert.equal(page.status, 422);
    assert.match(page.text, /bild\.png är av en sort/);
});

test("a wrong number and a wrong code get the same answer", async (t) => {
    const gava = await start(t);
    const client = gava.client();
    const receipt = await (await client.get("/synpunkter")).submit("story", { story, reply: "code" });
    const ask = async (number, code) => (await client.get("/folj")).submit("code", { number, code });
    const wrongCode = await ask(receipt.byId("case-number"), "1111 2222 3333 4444");
    const wrongNumber = await ask("2026-9999", receipt.byId("case-code"));
    assert.equal(wrongCode.status, wrongNumber.status);
    const words = (page) => page.text.replace(/20\d\d-\d+/g, "");
    assert.equal(words(wrongCode), words(wrongNumber));
    const typed = await ask(receipt.byId("case-number").replace("-", " "), receipt.byId("case-code").replaceAll(" ", "-"));
    assert.equal(typed.path, "/folj/arende");
});

test("the person writes again, once for each form, and can lock the page", async (t) => {
    const gava = await start(t);
    const client = gava.client();
    const receipt = await (await client.get("/synpunkter")).submit("story", { story, reply: "code" });
    let page = await (await client.get("/folj")).submit("code", { number: receipt.byId("case-number"), code: receipt.byId("case-code") });
    await page.submit("message", { message: "Det hände i dag igen." });
    page = await page.submit("message", { message: "Det hände i dag igen." });
    assert.equal(page.text.split("Det hände i dag igen.").length, 2, "the message stands there once");
    const empty = await page.submit("message", { message: "  " });
    assert.equal(empty.status, 422);
    page = await page.submit("/folj/lamna");
    assert.equal((await client.get("/folj/arende")).path, "/folj");
});

test("the dates follow the unit that is chosen, without script by a button", async (t) => {
    const gava = await start(t);
    gavaOk(["unit", "add", ...gava.where, "--code", "skola", "--name", "Skolan", "--public"]);
    const form = await gava.client().get("/synpunkter");
    assert.match(form.body, /<option value="skola"/);
    const page = await form.submit("story", { unit: "skola", recount: "1", story: "halvfärdig" });
    assert.equal(page.status, 200);
    assert.match(page.text, /Skolan/);
    assert.match(page.body, /halvfärdig/);
});

test("contact details, words and file names lie in no table, log or file in the open", async (t) => {
    const gava = await start(t);
    const client = gava.client();
    const secrets = { story: "Hemliga ordet är pärlugglefjäder.", name: "Zebulon Kvastskaft", email: "zebulon.kvastskaft@hem.example" };
    await (await client.get("/synpunkter")).submit("story", { ...secrets, reply: "email" }, { files: [["kvastskaftets-papper.txt", Buffer.from("pärlugglefjäder"), "text/plain"]] });
    await gava.stop();
    assert.ok(!/kvastskaft|pärluggle/i.test(gava.log()));
    if (ENGINE === "sqlite") {
        const dir = join(gava.where[1], "ekby");
        for (const file of readdirSync(dir)) {
            const bytes = readFileSync(join(dir, file));
            for (const word of ["Kvastskaft", "kvastskaft", "pärluggle"]) assert.ok(!bytes.includes(word), `${word} stands in ${file}`);
        }
    } else {
        const dump = spawnSync("pg_dump", ["--inserts", gava.where[1]], { encoding: "latin1", maxBuffer: 1 << 28 });
        assert.equal(dump.status, 0, dump.stderr);
        for (const word of ["Kvastskaft", "kvastskaft", Buffer.from("pärluggle").toString("latin1"), Buffer.from("kvastskaft").toString("hex")])
            assert.ok(!dump.stdout.includes(word), `${word} stands in the dump`);
    }
});

test("two hundred submissions while workers are killed: each receipt has its case, none twice", { timeout: 240_000 }, async (t) => {
    const gava = await start(t);
    const receipts = [];
    const workers = () => readFileSync(`/proc/${gava.pid}/task/${gava.pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
    /* In the middle of each batch one process dies, in every fifth all of them. */
    const killSome = async (batch) => {
        await new Promise((done) => setTimeout(done, 7 * batch % 60));
        const pids = workers();
        for (const pid of batch % 5 === 4 ? pids : pids.slice(batch % pids.length, batch % pids.length + 1))
            try { process.kill(pid, "SIGKILL"); } catch { /* it was gone already */ }
    };
    const submitOne = async (i) => {
        const client = gava.client();
        client.timeoutMs = 4000;
        let form;
        for (let attempt = 0; attempt < 60; attempt++) {
            try {
                form ??= await client.get("/synpunkter");
                if (form.status !== 200) { form = undefined; continue; }
                const page = await form.submit("story", { story: `Nummer ${i} i raden.`, reply: "code" });
                if (page.byId("case-number")) return receipts.push({ i, number: page.byId("case-number"), code: page.byId("case-code") });
            } catch { /* the connection broke: as a person would, send the same form again */ }
            await new Promise((done) => setTimeout(done, 50));
        }
        throw new Error(`submission ${i} never got a receipt`);
    };
    for (let i = 0; i < 200; i += 8) await Promise.all([killSome(i / 8), ...[...Array(8).keys()].map((k) => submitOne(i + k))]);
    assert.equal(new Set(receipts.map((r) => r.number)).size, 200, "no two receipts share a number");
    for (const { i, number, code } of receipts.filter((_, k) => k % 10 === 0)) {
        const page = await (await gava.client().get("/folj")).submit("code", { number, code });
        assert.ok(page.text.includes(`Nummer ${i} i raden.`));
    }
    const last = await (await gava.client().get("/synpunkter")).submit("story", { story: "Sist.", reply: "none" });
    assert.match(last.byId("case-number"), /-0201$/, "two hundred cases, none twice, no gap");
    gavaOk(["verify", ...gava.where]);
});
