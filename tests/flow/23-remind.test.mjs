/* Mails to those who work there: what they may say, who gets them, once each. Both engines; the clock stands in a file. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readMail } from "./mime_reader.mjs";
import { sleep } from "./postfix.mjs";
import { startSink } from "./smtp_sink.mjs";
import { startTown } from "./town.mjs";

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
