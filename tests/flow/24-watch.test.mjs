/* The watchdog: what came in or should have left, and stands still, is named; nothing is lost. Both engines. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { gavaOk, gavaRun } from "../gava.mjs";
import { readMail } from "./mime_reader.mjs";
import { sleep, until } from "./postfix.mjs";
import { startSink } from "./smtp_sink.mjs";
import { PASSWORD, startTown } from "./town.mjs";

const MAIL = ["smtp_tls = none", "mail_from = synpunkter@ekhamn.example", "base_url = https://ekhamn.example"];

const addUser = (town, login, name, ...roles) => gavaOk(["user", "add", ...town.where, "--user", login, "--name", name, "--title", "", "--email", `${login}@ekhamn.example`, ...roles.flatMap((r) => ["--role", r])], { input: `${PASSWORD}\n` });

/* `gava watch`: {status, lines: [[kind, since, text]]}. */
function watch(town) {
    const { status, stdout, stderr } = gavaRun(["watch", ...town.where, "--config", join(town.dir, "gava.conf"), "--clock", join(town.dir, "clock")]);
    assert.equal(stderr, "", stderr);
    return { status, lines: stdout.trim().split("\n").map((line) => line.split("\t")) };
}

const gauge = async (town, name) => Number(((await town.client().get("/metrics")).body.match(new RegExp(`^gava_${name}\\{municipality="ekhamn"\\} (-?\\d+)$`, "m")) ?? [])[1]);

/* A hundred people by the channels there are; those who want a mail get it at PERSON<i>@hem.example. */
async function hundredSubmissions(town) {
    const staff = [await town.logIn("amir"), await town.logIn("lena")];
    const channels = ["web", "web", "web", "phone", "visit"];
    const numbers = [], mailed = [];
    for (let i = 0; i < 100; i++) {
        const channel = channels[i % channels.length], byMail = i % 5 !== 4;
        const way = byMail ? { reply: "email", email: `person${i}@hem.example` } : { reply: "code" };
        const what = { story: `Sak nummer ${i}.`, unit: ["norr", "syd", "skola"][i % 3], ...way };
        if (channel === "web") numbers.push((await town.complain(what)).number);
        else {
            const page = await staff[i % 2].get(`/ta-emot?unit=${what.unit}`);
            const done = await page.submit("story", { channel, type: "complaint", formalised: "yes", ...what });
            assert.ok(done.byId("case-number"), `${i}: ${done.path} ${done.text.slice(0, 600)}`);
            numbers.push(done.byId("case-number"));
        }
        if (byMail) mailed.push(way.email);
    }
    return { numbers, mailed };
}

test("a hundred submissions by several channels, the mail server down for a day: named, and nothing lost", async (t) => {
    const gone = await startSink(), url = gone.url(), port = gone.port;
    await gone.close(); /* nobody listens there */
    const town = await startTown(t, { config: [`smtp_url = ${url}`, ...MAIL] });
    addUser(town, "ada", "Ada Root", "admin@ekhamn");
    assert.deepEqual(watch(town), { status: 0, lines: [["nothing stands still"]] });
    const { numbers, mailed } = await hundredSubmissions(town);
    assert.equal(new Set(numbers).size, 100);
    assert.equal(mailed.length, 80);
    assert.match((await (await town.logIn("maria")).get("/bevakning")).text, /Inget står still/);

    town.setClock("2026-12-14T14:15:00+01:00"); /* five hours later */
    const page = await (await town.logIn("maria")).get("/bevakning");
    assert.match(page.text, /80 saker står still/);
    assert.match(page.text, /Inte skickat 80 saker/);
    assert.match(page.text, /Sedan måndag 14 december kl. 09.12/);
    for (const number of numbers.filter((_, i) => i % 5 !== 4)) assert.ok(page.text.includes(number), `${number} is not named`);
    const told = watch(town);
    assert.equal(told.status, 1);
    assert.deepEqual(told.lines.filter(([kind]) => kind === "undelivered").map(([, , text]) => text.split(" ")[0]).sort(), numbers.filter((_, i) => i % 5 !== 4).sort());
    assert.ok(!JSON.stringify(told).includes("hem.example"));
    await until("the gauge", async () => (await gauge(town, "undelivered")) === 80);
    assert.equal(await gauge(town, "oldest_stuck_seconds"), 5 * 3600 + 180);
    const seenByAdmin = await (await town.logIn("ada")).get("/bevakning");
    assert.match(seenByAdmin.text, /Inte skickat 80 saker/);
    assert.ok(!numbers.some((number) => seenByAdmin.text.includes(number)), "an administrator sees which cases");
    assert.equal((await (await town.logIn("karin")).get("/bevakning")).status, 403);

    town.setClock("2026-12-15T09:30:00+01:00"); /* the next day it is back */
    const sink = await startSink({ port });
    t.after(() => sink.close());
    const toPeople = () => sink.mails.flatMap((m) => m.to).filter((to) => to.endsWith("@hem.example"));
    await until("eighty mails", () => toPeople().length >= 80, 60000);
    const alarms = await sink.mailsTo("maria@ekhamn.example");
    await until("an empty list", () => watch(town).status === 0);
    await sleep(1200);
    assert.deepEqual(toPeople().sort(), [...mailed].sort(), "each exactly once");
    assert.match((await (await town.logIn("maria")).get("/bevakning")).text, /Inget står still/);
    for (const mail of alarms.map((m) => readMail(m.raw)).filter((m) => m.subject.startsWith("Bevakningen"))) {
        assert.match(mail.subject, /^Bevakningen: \d+ saker? står still$/);
        assert.match(mail.text, /https:\/\/ekhamn\.example\/bevakning/);
        assert.ok(!/Sak nummer|hem\.example/.test(mail.text));
    }
    const all = await (await town.logIn("maria")).get("/arenden");
    assert.match(all.text, /Alla jag får se \(100\)/);
});

test("not registered and nobody's: found after a whole working day, told once a day", async (t) => {
    const sink = await startSink();
    t.after(() => sink.close());
    const town = await startTown(t, { now: "2026-12-11T10:00:00+01:00", config: [`smtp_url = ${sink.url()}`, ...MAIL] }); /* a Friday */
    const { number } = await town.complain({ unit: "skola" });
    town.setClock("2026-12-14T23:00:00+01:00"); /* the weekend does not count */
    assert.deepEqual(watch(town).lines.filter(([kind]) => kind.startsWith("un")), []);
    town.setClock("2026-12-15T06:00:00+01:00");
    const found = watch(town).lines.filter(([kind]) => kind.startsWith("un")).map(([kind, since, text]) => [kind, since, text.split(":")[0]]);
    assert.deepEqual(found, ["unregistered", "unassigned"].map((kind) => [kind, "2026-12-11T10:00:00+01:00", `${number} skola`]));
    const alarms = () => sink.mails.filter((m) => m.to.includes("maria@ekhamn.example") && readMail(m.raw).subject === "Bevakningen: 2 saker står still").length;
    await until("an alarm", () => alarms() === 1);
    town.setClock("2026-12-15T15:00:00+01:00");
    await sleep(2300);
    assert.equal(alarms(), 1, "once a day");
    town.setClock("2026-12-16T07:10:00+01:00");
    await until("the next morning's", () => alarms() === 2);
    const maria = await town.logIn("maria");
    assert.match((await maria.get("/bevakning")).text, new RegExp(`Inte diarieförda 1 sak .*${number}.*Ingen ansvarar 1 sak .*${number}`));
    await (await maria.get(`/arende/${number}`)).submit(/registrera$/);
    await (await maria.get(`/arende/${number}/tilldela`)).submit(/tilldela$/, { manager: "eva" });
    assert.deepEqual(watch(town).lines.filter(([kind]) => kind.startsWith("un")), []);
    assert.match((await maria.get("/bevakning")).text, /Enheter där inget har kommit in på ett år .*Hemtjänst norr/);
});

test("the job process dead and gone: seen from outside it", async (t) => {
    const town = await startTown(t, { config: MAIL });
    await until("the jobs' first beat", () => watch(town).status === 0 && gavaOk(["verify", ...town.where]) && true);
    await town.complain({ reply: "email", email: "vera@hem.example" });
    await until("no mail server is set", () => watch(town).lines.some(([kind]) => kind === "mail_off"));
    await sleep(1500);
    await town.stop();
    town.setClock("2026-12-14T11:00:00+01:00");
    const late = watch(town).lines.filter(([kind]) => kind === "job_late").map(([, , text]) => text);
    assert.ok(late.some((text) => text.includes("(outbox)")) && late.some((text) => text.includes("(watch)")), JSON.stringify(late));
});
