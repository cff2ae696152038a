/* Asking those concerned before a reply goes: who reads what, what they say, the 24 hours to the second, across both nights when
 * the clocks change, earlier with a reason, by itself at the right moment, two managers at once. Both engines; the clock is a file. */
import assert from "node:assert/strict";
import test from "node:test";
import { gavaOk } from "../gava.mjs";
import { readMail } from "./mime_reader.mjs";
import { startSink } from "./smtp_sink.mjs";
import { PASSWORD, startTown, taken } from "./town.mjs";

const at = (number) => `/arende/${number}`;
const TEXT = "Hej Gunnel!\n\nJag beklagar. Felet berodde på lastningen. Jag skriver till gunnel@example.se.";
const addUser = (town, login, name, title, ...roles) =>
    gavaOk(["user", "add", ...town.where, "--user", login, "--name", name, "--title", title, "--email", `${login}@ekhamn.example`, ...roles.flatMap((r) => ["--role", r])], { input: `${PASSWORD}\n` });
/* A draft, and the page where those concerned are asked. */
async function drafted(client, number, text = TEXT) {
    await (await client.get(`${at(number)}/svar`)).submit(/svar$/, { step: "save", text, measure_kind: "done", measure_done: "Köket märker lådorna" });
    return client.get(`${at(number)}/samrad`);
}
const idOf = (page, name) => page.body.match(new RegExp(`id="person-(\\d+)"[^>]*>\\s*<label[^>]*>${name}`))?.[1];
async function share(client, number, names, more = {}) {
    const page = await drafted(client, number, more.draft);
    const ids = names.map((name) => idOf(page, name));
    assert.ok(ids.every(Boolean), `${names}: ${page.text}`);
    const done = await page.submit("question", { person: ids, question: more.question ?? "", step: "share", ...more.fields });
    assert.match(done.text, /Utkastet är delat/);
    return done;
}
const check = (client, number) => client.get(`${at(number)}/svar?visa=1`);
const send = (page, fields = {}) => page.submit("draft_version", { step: "send", secrecy: "yes", sign_off: "yes", ...fields });
/* A form that is known by what it has and has not. */
const submitForm = (page, is, changes) => {
    const form = page.forms.find(is);
    assert.ok(form, page.text);
    return page.client.post(form.action, new URLSearchParams({ ...form.fields, ...changes }));
};
const toRead = async (client) => (await client.get("/att-gora")).body.match(/href="[^"]*(\/samrad\/\d+)"/)?.[1];
async function until(client, path, words) {
    let page;
    for (let n = 0; n < 150 && !words.test((page = await client.get(path)).text); n++) await new Promise((done) => setTimeout(done, 100));
    assert.match(page.text, words);
    return page;
}

test("S0.33-S0.37: one asked reads the draft and nothing else, says it, the manager considers it and stands for the reply", async (t) => {
    const sink = await startSink();
    t.after(() => sink.close());
    const town = await startTown(t, { now: "2026-12-14T09:00:00+01:00", config: [`smtp_url = ${sink.url()}`, "smtp_tls = none", "mail_from = synpunkter@ekhamn.example", "base_url = https://ekhamn.example"] });
    addUser(town, "linn", "Linn Ek", "undersköterska", "employee@norr");
    const { number, amir } = await taken(town, { reply: "email", email: "gunnel@example.se", name: "Gunnel Åsberg", story: "Gunnel här. Min man fick fel matlåda." });
    let page = await amir.get(at(number));
    assert.match(page.text, /Rutinen vill att minst en person som berörs får läsa utkastet och tänka i 24 timmar/);
    page = await drafted(amir, number);
    assert.match(page.text, /Dela utkastet senast söndag 27 december kl\. 23\.59/, "the reply is due on the 24th, moved to the 28th by the holidays");
    page = await page.submit("question", { step: "share" });
    assert.equal(page.status, 422);
    assert.match(page.text, /Välj minst en person/);
    page = await page.submit("question", { step: "search", search: "NORÉN" });
    assert.match(page.text, /Eva Norén, rektor \(Ekskolan\)/);
    page = await page.submit("question", { step: "share", person: [idOf(page, "Linn Ek")], sees: "story", story_reason: "" });
    assert.match(page.text, /Skriv varför de måste läsa det personen skrev/);

    page = await share(amir, number, ["Linn Ek"], { question: "Stämmer det om lastningen?" });
    assert.match(page.text, /Linn Ek undersköterska Läser till tisdag 15 december kl\. 09\.00/);
    assert.match(page.text, /Har inte öppnat utkastet/);

    /* The one asked: a mail without a word of the case, the draft without who complained, no case. */
    const mail = readMail((await sink.mailsTo("linn@ekhamn.example", 1, 30000))[0].raw);
    assert.match(mail.subject, /Läs ett svarsutkast/);
    assert.doesNotMatch(mail.text, /lastning|Gunnel|matlåda|Nästa steg/);
    const linn = await town.logIn("linn"), lena = await town.logIn("lena"), eva = await town.logIn("eva");
    const path = await toRead(linn);
    assert.ok(path, (await linn.get("/att-gora")).text);
    page = await linn.get(path);
    assert.match(page.text, /Amir Haddad, Hemtjänst norr, vill veta vad du tycker/);
    assert.match(page.text, /Du har tid att tänka till tisdag 15 december kl\. 09\.00/);
    assert.match(page.text, /Stämmer det om lastningen\?/);
    assert.match(page.text, /Hej \[dolt\]! Jag beklagar\. Felet berodde på lastningen\. Jag skriver till \[dolt\]\./);
    assert.match(page.text, /Blir vi försvarsinställda\?/);
    assert.doesNotMatch(page.body, /Gunnel|gunnel|Min man/, "never who complained, and not the story");
    for (const hidden of [at(number), `${at(number)}/samrad`, `${at(number)}/akt`, `${at(number)}/handling/1`])
        assert.ok([403, 404].includes((await linn.get(hidden)).status), hidden);
    assert.equal((await linn.get(at(number))).status, 404, "the case is not there for whoever was asked");
    assert.doesNotMatch((await linn.get("/arenden")).text, new RegExp(number));
    for (const other of [lena, eva, amir]) assert.equal((await other.get(path)).status, 404, "for nobody else");

    /* Kept while it is written; nothing is thrown away by a button; then said, twice. */
    page = await linn.get(path);
    const { csrf } = page.forms.find((f) => "text" in f.fields).fields;
    await linn.post(`${path}/utkast`, new URLSearchParams({ csrf, text: "Det var inte" }));
    assert.match((await linn.get(path)).body, />\s*Det var inte<\/textarea>/);
    page = await (await linn.get(path)).submit("text", { text: "Det var inte lastningen.", step: "nothing" });
    assert.equal(page.status, 422);
    assert.match(page.text, /Du har skrivit något/);
    page = await page.submit("text", { text: "Det var inte lastningen. Köket hade satt fel etikett.", step: "say" });
    assert.match(page.text, /Tack! Chefen som svarar läser det du skrev/);
    page = await page.submit("text", { text: "Och be om ursäkt.", step: "say" });
    assert.match(page.text, /Du skrev .* Köket hade satt fel etikett\. Du skrev .* Och be om ursäkt\./);

    /* The manager: what was said waits to be considered; more said since the page was read is not ticked. */
    const seen = await amir.get(`${at(number)}/samrad`);
    assert.match(seen.text, /Linn Ek undersköterska Har skrivit, väntar på dig/);
    assert.match(seen.text, /Öppnade utkastet måndag 14 december kl\. 09\.00/);
    assert.match(seen.text, /Köket hade satt fel etikett/);
    assert.match((await amir.get(`${at(number)}/svar`)).text, /Linn Ek har kommenterat .*Köket hade satt fel etikett/, "beside the text one writes");
    await page.submit("text", { text: "En sak till.", step: "say" });
    page = await seen.submit("said", { step: "consider" });
    assert.equal(page.status, 409, "a tick is for what was read");
    assert.match(page.text, /En sak till\./);
    town.setClock("2026-12-15T09:00:00+01:00");
    const next = await town.logIn("amir"), reader = await town.logIn("linn");
    page = await check(next, number);
    assert.match(page.text, /Du har inte tagit ställning till det en person har sagt/);
    page = await send(page);
    assert.equal(page.status, 422, "24 hours have passed, but nobody has considered what was said");
    page = await (await check(next, number)).submit("said", { step: "consider" });
    assert.match(page.text, /Så här blir svaret .*Amir Haddad har tagit hänsyn till det, 15 december/, "ticked beside the reply it is about");
    page = await check(next, number);
    assert.doesNotMatch(page.text, /Det här väntar svaret på/);
    assert.match(page.text, /Synpunkter är inhämtade och jag står för svaret/);
    page = await page.submit("draft_version", { step: "send", secrecy: "yes" });
    assert.equal(page.status, 422);
    assert.match(page.text, /Kryssa i att du står för svaret/);
    page = await send(page);
    assert.match(page.text, /Svaret är skickat/);
    assert.match(page.text, /Skickade svaret: Amir Haddad står för det\./);
    assert.match(page.text, /Fråga dem som berörs Hållet/);
    page = await reader.get(path);
    assert.match(page.text, /Svaret skickades tisdag 15 december kl\. 09\.00 ?\. Det går inte att skriva mer/);
    assert.doesNotMatch(page.text, /Felet berodde/, "the draft is history");
    assert.match(page.text, /Och be om ursäkt\./, "the own words are not");
});

/* The draft is shown at the first moment; a second before 24 hours are over it is refused, then sent. */
const nights = [
    ["an ordinary night", "2026-12-14T13:00:00+01:00", "2026-12-15T12:59:59+01:00", "2026-12-15T13:00:00+01:00"],
    ["the night in March 2026 with 23 hours", "2026-03-28T13:00:00+01:00", "2026-03-29T13:59:59+02:00", "2026-03-29T14:00:00+02:00"],
    ["the night in October 2026 with 25 hours", "2026-10-24T13:00:00+02:00", "2026-10-25T11:59:59+01:00", "2026-10-25T12:00:00+01:00"],
    ["the night in March 2027", "2027-03-27T22:30:00+01:00", "2027-03-28T23:29:59+02:00", "2027-03-28T23:30:00+02:00"],
    ["the night in October 2027", "2027-10-30T02:30:00+02:00", "2027-10-31T02:29:59+02:00", "2027-10-31T02:30:00+02:00"],
];
test("Show 2: 23 h 59 min 59 s is refused, 24 h 0 min is sent, also across the nights when the clocks change", async (t) => {
    for (const [night, shared, before, after] of nights) {
        const town = await startTown(t, { now: shared });
        const { number, amir } = await taken(town);
        await share(amir, number, ["Karin Öberg"]);
        town.setClock(before);
        const early = await town.logIn("amir");
        let page = await check(early, number);
        assert.match(page.text, /Det här väntar svaret på .*De ska ha fått sova på saken/, night);
        page = await send(page, { when: "now" });
        assert.equal(page.status, 422, `${night}: a second too early`);
        town.setClock(after);
        page = await send(await check(early, number));
        assert.match(page.text, /Svaret är skickat/, night);
        assert.doesNotMatch(page.text, /Släppte löftet|Lät bli/, `${night}: nothing was skipped`);
    }
});

test("earlier only with a reason, which is seen, and those who had time left are told; two managers at once send one reply", async (t) => {
    const sink = await startSink();
    t.after(() => sink.close());
    const town = await startTown(t, { config: [`smtp_url = ${sink.url()}`, "smtp_tls = none", "mail_from = synpunkter@ekhamn.example", "base_url = https://ekhamn.example"] });
    const { number, amir } = await taken(town);
    await share(amir, number, ["Karin Öberg"]);
    town.setClock("2026-12-14T15:00:00+01:00");
    const twin = await town.logIn("amir"), first = await town.logIn("amir");
    let page = await send(await check(first, number), { when: "now", gate_reason: " " });
    assert.equal(page.status, 422);
    assert.match(page.text, /De som inte har haft sin tid får ett meddelande/);
    const [one, two] = [await check(first, number), await check(twin, number)];
    const fields = { when: "now", gate_reason: "Karin har ringt och är klar." };
    const both = await Promise.all([send(one, fields), send(two, fields)]);
    assert.deepEqual(both.map((p) => p.status).sort(), [200, 409], both.map((p) => p.text).join("\n"));
    page = await first.get(at(number));
    assert.equal(page.body.match(/Skickade svaret: Amir Haddad står för det\./g).length, 1);
    assert.match(page.body.slice(page.body.indexOf('id="hand"')), /Karin har ringt och är klar/, "why it did not wait");
    const mails = await sink.mailsTo("karin@ekhamn.example", 2, 30000);
    assert.ok(mails.some((m) => /Svaret är redan skickat/.test(readMail(m.raw).subject)));

    /* Another reply asks anew: yesterday's reason and yesterday's day do not count. */
    town.setClock("2026-12-16T15:00:00+01:00");
    page = await (await (await town.logIn("amir")).get(`${at(number)}/svar`)).submit(/svar$/, { step: "check", text: "Hej igen!" });
    assert.match(page.text, /Fråga dem som berörs först .*minst en person som berörs/);
    assert.equal((await send(page)).status, 422);
});

test("a reply goes by itself the moment the routine lets it; a changed draft, a new view or another hand calls it off", async (t) => {
    const sink = await startSink();
    t.after(() => sink.close());
    const town = await startTown(t, { now: "2026-12-14T13:00:00+01:00", config: [`smtp_url = ${sink.url()}`, "smtp_tls = none", "mail_from = synpunkter@ekhamn.example", "base_url = https://ekhamn.example"] });
    const { number, code, amir } = await taken(town);
    await share(amir, number, ["Karin Öberg"]);
    let page = await check(amir, number);
    assert.match(page.text, /Av sig självt tisdag 15 december kl\. 13\.00 ?, när Karin Öberg har haft sin tid att tänka/);
    page = await page.submit("draft_version", { step: "send", secrecy: "yes", when: "wait" });
    assert.equal(page.status, 422, "nobody stands for it");
    page = await send(page, { when: "wait" });
    assert.match(page.text, /Svaret skickas tisdag 15 december kl\. 13\.00 ?Amir Haddad har bestämt det/);

    /* A new view stops it: the manager is told, and must look. */
    const karin = await town.logIn("karin");
    const path = await toRead(karin);
    await (await karin.get(path)).submit("text", { text: "Vänta, det stämmer inte.", step: "say" });
    page = await amir.get(at(number));
    assert.match(page.text, /Svaret skickades inte som planerat: en ny synpunkt har kommit\./);
    assert.doesNotMatch(page.text, /Svaret skickas tisdag/);
    const mails = await sink.mailsTo("amir@ekhamn.example", 1, 30000);
    assert.ok(mails.length >= 1);
    await (await amir.get(`${at(number)}/samrad`)).submit("said", { step: "consider" });

    /* Planned again, undone, planned again, and the draft saved anew. */
    page = await send(await check(amir, number), { when: "wait" });
    page = await submitForm(page, (f) => /samrad$/.test(f.action) && !("id" in f.fields), { step: "stop" });
    assert.match(page.text, /Svaret skickas inte av sig självt/);
    await send(await check(amir, number), { when: "wait" });
    await (await amir.get(`${at(number)}/svar`)).submit(/svar$/, { step: "save", text: "Hej! Jag beklagar, köket hade fel." });
    await until(amir, at(number), /Svaret skickades inte som planerat: utkastet har ändrats\./);

    /* The draft they read is not the one that goes: said on the page; shown again, the time runs as it did. */
    page = await check(amir, number);
    assert.match(page.text, /Utkastet har ändrats sedan de läste det/);
    page = await submitForm(await amir.get(`${at(number)}/samrad`), (f) => "draft_version" in f.fields && !("question" in f.fields), { step: "again" });
    assert.match(page.text, /läser nu det nya utkastet/);
    assert.match((await karin.get(path)).text, /köket hade fel/);
    await send(await check(amir, number), { when: "wait" });
    town.setClock("2026-12-15T12:59:59+01:00");
    await new Promise((done) => setTimeout(done, 2500));
    assert.doesNotMatch((await (await town.logIn("amir")).get(at(number))).text, /Svaret skickades vid den tid/);
    town.setClock("2026-12-15T13:00:00+01:00");
    const manager = await town.logIn("amir");
    page = await until(manager, at(number), /Svaret skickades vid den tid som var vald: Amir Haddad står för det\./);
    assert.match(page.text, /Svara Hållet/);
    const own = await (await town.client().get("/folj")).submit("number", { number, code });
    assert.match(own.text, /köket hade fel/);
});

test("time that is out counts as asked; a talk written down counts; whoever is away is seen; deputies read no drafts", async (t) => {
    const town = await startTown(t, { now: "2026-12-14T13:00:00+01:00" });
    addUser(town, "linn", "Linn Ek", "undersköterska", "employee@norr");
    const { number, amir } = await taken(town);
    const linn = await town.logIn("linn"), karin = await town.logIn("karin");
    await (await linn.get("/franvaro")).submit("first", { first: "2026-12-14", last: "2026-12-16", deputy: "karin" });
    let page = await drafted(amir, number);
    assert.match(page.text, /Linn Ek, undersköterska Borta till och med 16 december/);
    await share(amir, number, ["Linn Ek"]);
    assert.equal(await toRead(karin), undefined, "the deputy was not asked");
    page = await (await amir.get(`${at(number)}/samrad`)).submit("who", { who: "", day: "2026-12-24", text: "", step: "talk" });
    assert.equal(page.status, 422);
    assert.match(page.text, /Välj vem du pratade med.*Skriv dagen ni pratade, i dag eller tidigare.*Skriv vad som sades/s);
    const who = page.body.match(/<option value="(\d+)"[^>]*>Karin Öberg/)[1];
    page = await page.submit("who", { who, day: "2026-12-14", text: "Jag har pratat med Karin: hon håller med.", step: "talk" });
    assert.match(page.text, /Amir Haddad skrev ner vad som sades måndag 14 december Jag har pratat med Karin: hon håller med\./);

    /* Linn has had her day and said nothing: nobody waits for her any longer. */
    town.setClock("2026-12-15T13:00:30+01:00");
    const manager = await town.logIn("amir");
    page = await until(manager, at(number), /Tiden att läsa utkastet gick ut: Linn Ek\./);
    assert.match(page.text, /Fråga dem som berörs Hållet/);
    page = await send(await check(manager, number));
    assert.match(page.text, /Svaret är skickat/);
});
