/* What leaves the house, end to end: form -> outbox -> a real Postfix -> the person's mailbox, on both engines. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { emptyStore, gavaOk, root, serve } from "../gava.mjs";
import { readMail } from "./mime_reader.mjs";
import { sleep, startPostfix, until } from "./postfix.mjs";
import { startSink } from "./smtp_sink.mjs";

const PASSWORD = "en lång mening som lösenord";
let postfix;

before(async () => (postfix = await startPostfix()));
after(() => postfix?.stop());

/* Ekhamn with an open unit (gator) and one whose cases are secret (hemtjanst), served with a clock that stands still and these
 * settings. withAmir: there is a manager, Amir. */
async function ekhamn(t, settings, { withAmir = false } = {}) {
    const store = emptyStore();
    const gava = (args, options) => gavaOk([args[0], args[1], ...store.where, ...args.slice(2)], options);
    gavaOk(["init", ...store.where, "--municipality", "ekhamn", "--name", "Ekhamns kommun", "--routine", join(root, "routines/default.yaml")]);
    gava(["unit", "add", "--code", "gator", "--name", "Gator och parker", "--public"]);
    gava(["unit", "add", "--code", "hemtjanst", "--name", "Hemtjänst norr", "--public", "--secrecy", "26 kap. 1 § OSL"]);
    const amir = ["user", "add", "--user", "amir", "--name", "Amir Haddad", "--title", "enhetschef", "--role", "responsible_manager@ekhamn"];
    if (withAmir) gava(amir, { input: PASSWORD });
    const config = join(store.dir, "gava.conf");
    const lines = { smtp_tls: "none", mail_from: "synpunkter@ekhamn.example", base_url: "https://ekhamn.example", ...settings };
    writeFileSync(config, Object.entries(lines).map(([k, v]) => `${k} = ${v}\n`).join(""));
    const clock = join(store.dir, "clock");
    const setClock = (time) => writeFileSync(clock, `${time}\n`);
    setClock("2026-12-14T09:12:00+01:00");
    const server = await serve(store.where, { args: ["--config", config, "--clock", clock] });
    t.after(async () => {
        try {
            await server.stop();
            gavaOk(["verify", ...store.where]);
        } finally {
            store.remove();
        }
    });
    return { ...server, where: store.where, setClock };
}

/* Somebody tells something and wants the answer by mail: {number, code}. */
async function submit(gava, { email, name = "Åsa Öberg-Ängström", story = "Gropen på Kvarngatan är djup.", unit = "gator", language } = {}) {
    const client = gava.client();
    const form = await client.get(`/synpunkter${language ? `?sprak=${language}` : ""}`);
    const receipt = await form.submit("/synpunkter", { type: "complaint", story, unit, reply: "email", email, name });
    const number = receipt.byId("case-number");
    assert.ok(number, `no receipt (status ${receipt.status}): ${receipt.text.slice(0, 400)}`);
    return { number, code: receipt.byId("case-code"), client };
}

async function logIn(gava, login) {
    const client = gava.client();
    const page = await client.get("/logga-in");
    const inside = await page.submit("/logga-in", { user: login, password: PASSWORD });
    assert.equal(inside.status, 200);
    return client;
}

const mailFor = async (address) => readMail((await until(`a mail to ${address}`, () => postfix.mailsTo(address).length && postfix.mailsTo(address)))[0]);

test("the acknowledgement reaches the person through a real mail server, in the language of the form", async (t) => {
    const gava = await ekhamn(t, { smtp_url: `smtp://127.0.0.1:${postfix.port}` });
    const address = `asa-${process.env.GAVA_TEST_ENGINE}@hem.example`;
    const { number, code } = await submit(gava, { email: address });
    const mail = await mailFor(address);
    assert.deepEqual(mail.to, { name: "Åsa Öberg-Ängström", address });
    assert.deepEqual(mail.from, { name: "Ekhamns kommun", address: "synpunkter@ekhamn.example" });
    assert.ok(mail.subject.includes(number), mail.subject);
    assert.match(mail.headers["auto-submitted"], /^auto-replied$/);
    for (const words of [mail.text, mail.html]) {
        assert.ok(words.includes(number));
        assert.ok(words.includes("https://ekhamn.example/folj"), words);
        assert.ok(words.includes("Tack för att du hörde av dig"), words);
        assert.ok(!words.includes(code) && !words.includes(code.replaceAll(" ", "")), "the code is in the mail");
        assert.ok(!words.includes("Gropen"), "what the person wrote is in the mail");
    }
    await sleep(1500); /* once, not at every look */
    assert.equal(postfix.mailsTo(address).length, 1);
});

test("a case marked secret: the mail says only that there is news", async (t) => {
    const gava = await ekhamn(t, { smtp_url: `smtp://127.0.0.1:${postfix.port}` });
    const address = `hemlig-${process.env.GAVA_TEST_ENGINE}@hem.example`;
    await submit(gava, { email: address, unit: "hemtjanst", story: "Min mamma fick fel matlåda." });
    const mail = await mailFor(address);
    for (const words of [mail.subject, mail.text, mail.html])
        for (const secret of ["matlåda", "mamma", "Hemtjänst", "klagomål"]) assert.ok(!words.toLowerCase().includes(secret.toLowerCase()), `"${secret}" in: ${words}`);
    assert.match(mail.text, /https:\/\/ekhamn\.example\/folj/);
});

test("a receiver who is put off gets the mail when the mail server has changed its mind, and not before it is time", async (t) => {
    const sink = await startSink();
    t.after(() => sink.close());
    const gava = await ekhamn(t, { smtp_url: sink.url() });
    let refused = 0;
    sink.refuse = () => (refused++, "450 4.2.0 greylisted");
    await submit(gava, { email: "asa@hem.example" });
    await until("the first attempt", () => refused === 1);
    sink.refuse = () => "";
    await sleep(1500);
    assert.equal(sink.mails.length, 0, "the clock stands still: it is not time yet");
    gava.setClock("2026-12-14T09:13:00+01:00");
    const [mail] = await sink.mailsTo("asa@hem.example");
    assert.equal(mail.from, "synpunkter@ekhamn.example");
});

test("a mail server that is down loses nothing: ten cases, ten mails", async (t) => {
    const sink = await startSink();
    t.after(() => sink.close());
    sink.down = true;
    const gava = await ekhamn(t, { smtp_url: sink.url() });
    for (let i = 0; i < 10; i++) await submit(gava, { email: `person${i}@hem.example` });
    await until("an attempt", () => sink.commands.length > 0);
    sink.down = false;
    gava.setClock("2026-12-14T09:30:00+01:00");
    await until("ten mails", () => sink.mails.length === 10, 40000);
    assert.deepEqual(sink.mails.map((m) => m.to[0]).sort(), Array.from({ length: 10 }, (_, i) => `person${i}@hem.example`).sort());
    assert.ok(!gava.log().includes("hem.example"), "an address is in the log");
});

test("the job process killed in the middle of the talk: it is replaced, and the other mails go", async (t) => {
    const sink = await startSink();
    t.after(() => sink.close());
    const gava = await ekhamn(t, { smtp_url: sink.url() });
    let pid = null;
    sink.refuse = (address) => {
        if (address !== "forst@hem.example" || pid) return "";
        pid = jobProcess(gava.pid);
        process.kill(pid, "SIGKILL");
        return "";
    };
    await submit(gava, { email: "forst@hem.example" });
    await until("the kill", () => pid);
    await submit(gava, { email: "sedan@hem.example" });
    await sink.mailsTo("sedan@hem.example");
    assert.notEqual(jobProcess(gava.pid), pid);
});

function jobProcess(supervisor) {
    const children = readFileSync(`/proc/${supervisor}/task/${supervisor}/children`, "utf8").trim().split(" ");
    return Number(children.find((pid) => readFileSync(`/proc/${pid}/comm`, "utf8").trim() === "gava-job"));
}

test("an address that does not exist: staff see that it was not delivered, and choose another way", async (t) => {
    const gava = await ekhamn(t, { smtp_url: `smtp://127.0.0.1:${postfix.port}` }, { withAmir: true });
    const { number } = await submit(gava, { email: "finns-inte@hem.example" });
    const staff = await logIn(gava, "amir");
    const page = await until("the failure on the case's page", async () => {
        const now = await staff.get(`/arende/${number}`);
        return now.forms.some((f) => f.action.endsWith("/nytt-satt")) && now;
    });
    assert.ok(!page.body.includes("finns-inte@hem.example"), "the address is shown without a reason");
    const done = await page.submit(/nytt-satt$/, { way: "code", reply: "code" });
    assert.equal(done.status, 200);
    assert.ok(!done.forms.some((f) => f.action.endsWith("/nytt-satt")), done.text.slice(0, 800));
});

test("without a mail server the case is received all the same, and the log says that mails wait", async (t) => {
    const gava = await ekhamn(t, {});
    await submit(gava, { email: "asa@hem.example" });
    assert.match(gava.log(), /event=mail_is_off/);
});

test("the whole way: told on the web, taken on, answered, and read in the person's mailbox", async (t) => {
    const gava = await ekhamn(t, { smtp_url: `smtp://127.0.0.1:${postfix.port}` }, { withAmir: true });
    const address = `svar-${process.env.GAVA_TEST_ENGINE}@hem.example`;
    const { number } = await submit(gava, { email: address });
    await until("the acknowledgement", () => postfix.mailsTo(address).length === 1);
    let amir = await logIn(gava, "amir");
    const at = `/arende/${number}`;
    const choose = await amir.get(`${at}/tilldela`);
    assert.equal(choose.status, 200, choose.text.slice(0, 300));
    const manager = choose.body.match(/name="manager" value="([^"]+)"/)[1];
    const assigned = await choose.submit(/tilldela$/, { manager });
    assert.equal(assigned.status, 200);
    const mine = await amir.get(at); /* who asks oneself has taken it */
    if (mine.forms.some((f) => /ta-over$/.test(f.action))) await mine.submit(/ta-over$/);
    gava.setClock("2026-12-15T10:00:00+01:00");
    amir = await logIn(gava, "amir"); /* a day later */
    const text = "Hej!\n\nTack för att du berättade om gropen. Jag beklagar att den fick ligga så länge.\n\nVänliga hälsningar\nAmir";
    const looked = await (await amir.get(`${at}/svar`)).submit("text", { text, measure_kind: "done", measure_done: "Gropen är lagad.", step: "check" });
    const sent = await looked.submit(/svar$/, { step: "send" });
    assert.equal(sent.status, 200, sent.text.slice(0, 500));
    const mails = (await until("the answer", () => postfix.mailsTo(address).length === 3 && postfix.mailsTo(address))).map(readMail); /* in no order within a second */
    assert.ok(mails.some((m) => /tar hand om det du skrev/.test(m.text)), "who takes over is told");
    const mail = mails.find((m) => m.subject === `Svar på det du skrev till oss (${number})`);
    assert.ok(mail, mails.map((m) => m.subject).join("; "));
    assert.ok(mail.text.startsWith(`${text}\n`), mail.text);
    assert.ok(mail.html.includes("Jag beklagar att den fick ligga så länge."));
    assert.equal(mail.headers["auto-submitted"], undefined);
    assert.match((await amir.get(at)).text, /15 december/);
});
