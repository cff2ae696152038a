/* Mails to those who work there: what they may say, who gets them, once each. Both engines; the clock stands in a file. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { gavaOk, serve } from "../gava.mjs";
import { readMail } from "./mime_reader.mjs";
import { sleep, until } from "./postfix.mjs";
import { startSink } from "./smtp_sink.mjs";
import { PASSWORD, startTown } from "./town.mjs";

/* A town whose mails go to a sink. */
async function townWithMail(t, more = {}) {
    const sink = await startSink();
    t.after(() => sink.close());
    const town = await startTown(t, { ...more, config: [`smtp_url = ${sink.url()}`, "smtp_tls = none", "mail_from = synpunkter@ekhamn.example", "base_url = https://ekhamn.example", ...(more.config ?? [])] });
    return { town, sink };
}

const handOver = async (page, to) => {
    const done = await (await page.client.get(`${page.path}/tilldela`)).submit(/tilldela$/, { manager: to });
    assert.equal(done.status, 200, done.text);
};

test("whoever gets a case gets a mail at once: number, next step, date and address, no word of the case", async (t) => {
    const { town, sink } = await townWithMail(t);
    const { number } = await town.complain({ story: "Hemligt ord: sköldpaddan. Jag heter Vera Dahl.", unit: "skola" });
    const maria = await town.logIn("maria");
    await handOver(await maria.get(`/arende/${number}`), "eva");
    const [raw] = await sink.mailsTo("eva@ekhamn.example");
    const mail = readMail(raw.raw);
    assert.equal(mail.subject, `Du har fått ett ärende att ta hand om – ärende ${number}`);
    assert.deepEqual(mail.to, { name: "Eva Norén", address: "eva@ekhamn.example" });
    assert.match(mail.headers["auto-submitted"], /^auto-generated$/);
    assert.ok(mail.text.includes(`https://ekhamn.example/arende/${number}\n`), mail.text);
    assert.match(mail.text, /Nästa steg: [^.]+\. Senast \S+ \d+ december\./);
    for (const secret of ["sköldpaddan", "Vera", "Dahl", "klagomål", "Ekskolan"]) assert.ok(!raw.raw.toString().includes(secret) && !mail.text.includes(secret) && !mail.subject.includes(secret), `"${secret}" in ${mail.text}`);
    await sleep(1500);
    assert.equal(sink.mails.filter((m) => m.to.includes("eva@ekhamn.example")).length, 1, "once, not at every look");
    assert.ok(!town.log().includes("eva@"), "an address is in the log");
});

test("who takes a case alone gets no mail about it; a mail server that is down loses none", async (t) => {
    const { town, sink } = await townWithMail(t);
    sink.down = true;
    const mine = await town.complain(), other = await town.complain();
    const amir = await town.logIn("amir"), maria = await town.logIn("maria");
    await handOver(await amir.get(`/arende/${mine.number}`), "amir");
    await handOver(await maria.get(`/arende/${other.number}`), "amir");
    await sleep(1500);
    sink.down = false;
    town.setClock("2026-12-14T09:30:00+01:00");
    const mails = await sink.mailsTo("amir@ekhamn.example", 1, 30000);
    assert.deepEqual(mails.map((m) => readMail(m.raw).subject), [`Du har fått ett ärende att ta hand om – ärende ${other.number}`]);
});

/* Those who get mail: the digests (not the watchdog's mails) sent since the last look, as {to: lines}. */
function digests(sink) {
    let from = 0;
    const read = () => sink.mails.map((m) => ({ ...readMail(m.raw), to: m.to[0].split("@")[0] })).filter((m) => /^(Påminnelse|Reminder): /.test(m.subject));
    return async (town, time, n) => {
        town.setClock(time);
        if (n) await until(`${n} digests at ${time}`, () => read().length >= from + n, 20000);
        await sleep(n ? 300 : 2300); /* not one more */
        const mails = read().slice(from);
        from += mails.length;
        assert.equal(mails.length, n, `${time}: ${mails.map((m) => m.to)}`);
        return Object.fromEntries(mails.map((m) => [m.to, m.text.split("\n").filter((l) => l.startsWith("* "))]));
    };
}

const CLOCK_BEGINS = "2026-12-14T09:12:00+01:00";
const addUser = (town, login, name, ...roles) => gavaOk(["user", "add", ...town.where, "--user", login, "--name", name, "--title", "chef", "--email", `${login}@ekhamn.example`, ...roles.flatMap((r) => ["--role", r])], { input: `${PASSWORD}\n` });

/* A case of the school whose reply is promised by Wednesday 30 December, with Eva; nobody has anything else to do. */
async function evasCase(town, sink) {
    const { number } = await town.complain({ unit: "skola" });
    const maria = await town.logIn("maria");
    await (await maria.get(`/arende/${number}`)).submit(/registrera$/);
    await handOver(await maria.get(`/arende/${number}`), "eva");
    const eva = await town.logIn("eva");
    await (await eva.get(`/arende/${number}`)).submit(/ta-over$/);
    await sink.mailsTo("eva@ekhamn.example");
    sink.mails.length = 0;
    return number;
}

test("reminders before, on and after a date, over Christmas; then the level above; one mail a person and day", async (t) => {
    const { town, sink } = await townWithMail(t, { now: CLOCK_BEGINS });
    addUser(town, "nils", "Nils Berg", "responsible_manager@ekhamn");
    const number = await evasCase(town, sink), look = digests(sink);
    await look(town, "2026-12-23T07:05:00+01:00", 0); /* three working days before */
    await look(town, "2026-12-27T12:00:00+01:00", 0); /* two before would be Monday: nothing goes on a Sunday */
    await look(town, "2026-12-28T06:55:00+01:00", 0); /* too early in the morning */
    const before = await look(town, "2026-12-28T07:05:00+01:00", 1);
    assert.deepEqual(before.eva.filter((l) => l.includes("Svara")), [`* ${number}: Svara. Senast onsdag 30 december.`]);
    await look(town, "2026-12-28T15:00:00+01:00", 0);
    assert.match((await look(town, "2026-12-30T07:05:00+01:00", 1)).eva.join(), /Svara\. Senast i dag/);
    await look(town, "2027-01-01T12:00:00+01:00", 0); /* New Year's Eve and Day are no working days */
    assert.match((await look(town, "2027-01-04T07:05:00+01:00", 1)).eva.join(), /Svara\. Skulle ha varit klart onsdag 30 december 2026/);
    await look(town, "2027-01-05T07:05:00+01:00", 0);
    const above = await look(town, "2027-01-07T07:05:00+01:00", 3); /* the 6th is red: the third working day after */
    assert.match(above.nils.join(), new RegExp(`${number}: Svara\\. .*nästa nivå`));
    assert.match(above.maria.join(), /nästa nivå/);
    assert.ok(!above.eva.join().includes("nästa nivå"));
    const list = await (await town.logIn("eva")).get("/att-gora");
    assert.match(list.text, /påmind 4 gånger, Nils Berg vet om det/);
    const page = await (await town.logIn("nils")).get(`/arende/${number}`);
    assert.match(page.text, /Påminnelse: Svara, till Eva Norén\./);
    assert.match(page.text, /Nästa nivå fick veta att datumet har passerats: Svara, till Nils Berg, Maria Sjögren\./);
    assert.match(page.text, /Lovat senast onsdag 30 december 2026/, "a reminder moved a date");
    await look(town, "2027-01-13T07:05:00+01:00", 0);
    assert.deepEqual(Object.keys(await look(town, "2027-01-14T07:05:00+01:00", 3)).sort(), ["eva", "maria", "nils"]); /* again, a week on */
});

test("two servers on one store, a mail server that is down in the morning: each reminder once", async (t) => {
    const { town, sink } = await townWithMail(t);
    const number = await evasCase(town, sink);
    const other = await serve(town.where, { args: ["--clock", join(town.dir, "clock"), "--config", join(town.dir, "gava.conf")] });
    t.after(() => other.stop());
    sink.down = true;
    town.setClock("2026-12-28T07:05:00+01:00");
    await sleep(2500);
    sink.down = false;
    town.setClock("2026-12-28T08:30:00+01:00");
    const [mail] = await sink.mailsTo("eva@ekhamn.example", 1, 30000);
    assert.match(readMail(mail.raw).text, new RegExp(`${number}: Svara`));
    await sleep(1500);
    assert.equal(sink.mails.length, 1);
    const page = await (await town.logIn("eva")).get(`/arende/${number}`);
    assert.equal(page.text.match(/Påminnelse: Svara/g).length, 1);
});

test("what is not in the diary is chased: the registrar from the day after arrival, the complaints officer on the third", async (t) => {
    const { town, sink } = await townWithMail(t);
    addUser(town, "rut", "Rut Ek", "registrar@ekhamn");
    const lena = await town.logIn("lena"); /* she takes it in, and answers for it until it is registered */
    const receipt = await (await lena.get("/ta-emot?unit=skola")).submit("story", { channel: "phone", type: "complaint", formalised: "yes", story: "Ingen kom.", reply: "code" });
    const number = receipt.byId("case-number"), look = digests(sink);
    const [first, later] = [await look(town, "2026-12-15T07:05:00+01:00", 3), await look(town, "2026-12-16T07:05:00+01:00", 3)];
    assert.match(first.lena.join(), new RegExp(`${number}: Registrera`));
    assert.match(first.rut.join(), new RegExp(`${number}: Registrera\\. Senast i dag`));
    assert.match(later.rut.join(), new RegExp(`${number}: Registrera\\. Skulle ha varit klart tisdag 15 december`));
    const above = await look(town, "2026-12-18T07:05:00+01:00", 4);
    assert.match(above.maria.join(), /Registrera.*nästa nivå/);
    assert.ok(!first.maria.join().includes("Registrera"));
    const rut = await town.logIn("rut");
    await (await rut.get(`/arende/${number}`)).submit(/registrera$/);
    const after = await look(town, "2026-12-28T07:05:00+01:00", 2); /* the reply comes near; to be handed on is late */
    assert.ok(!JSON.stringify(after).includes("Registrera"), JSON.stringify(after));
});

test("who wants no mail before a date sees it in the list only; when it has passed there is a mail, in the person's language", async (t) => {
    const { town, sink } = await townWithMail(t);
    const number = await evasCase(town, sink), look = digests(sink);
    const settings = await (await town.logIn("eva")).get("/installningar");
    assert.match(settings.text, /eva@ekhamn\.example/);
    const saved = await settings.submit("/installningar", { early: "no", language: "en" });
    assert.match(saved.text, /Dina inställningar är sparade/);
    assert.deepEqual([saved.forms.at(-1).fields.early, saved.forms.at(-1).fields.language], ["no", "en"]);
    await look(town, "2026-12-28T07:05:00+01:00", 0);
    assert.match((await (await town.logIn("eva")).get("/att-gora")).text, /påmind en gång/);
    const late = await look(town, "2027-01-04T07:05:00+01:00", 1);
    assert.match(late.eva.join(), new RegExp(`${number}: Reply\\. Should have been done on Wednesday 30 December 2026`));
});
