/* When it takes longer: the person is told why and gets a new date, by letter, on the own page or by telephone, before the date
 * passes or after; the first promise and its lateness stay. Both engines; the clock stands in a file. */
import assert from "node:assert/strict";
import test from "node:test";
import { gavaOk } from "../gava.mjs";
import { readMail } from "./mime_reader.mjs";
import { startSink } from "./smtp_sink.mjs";
import { addRoutines, PASSWORD, startTown, taken } from "./town.mjs";

const at = (number) => `/arende/${number}`;
const tell = async (client, number, fields) => (await client.get(`${at(number)}/forsening`)).submit(/forsening$/, { step: "check", ...fields });
const addUser = (town, login, name, title, ...roles) =>
    gavaOk(["user", "add", ...town.where, "--user", login, "--name", name, "--title", title, "--email", `${login}@ekhamn.example`, ...roles.flatMap((r) => ["--role", r])], { input: `${PASSWORD}\n` });

/* A unit under Nacka Välfärd with its manager frida, who has taken a case on; from Monday 14 December, the reply is due Wednesday
 * 30 December (ten working days; Christmas Eve, two holidays and a week-end do not count). */
async function startFritid(t, reply = {}, settings = {}) {
    const town = await startTown(t, settings);
    addRoutines(town);
    addUser(town, "frida", "Frida Lund", "enhetschef", "responsible_manager@fritid", "registration_officer@fritid");
    const { number, code } = await town.complain({ unit: "fritid", ...reply });
    const frida = await town.logIn("frida");
    await (await frida.get(at(number))).submit(/registrera$/);
    await (await frida.get(`${at(number)}/tilldela`)).submit(/tilldela$/, { manager: "frida" });
    return { town, number, code, frida };
}
/* Letters posted and calls made, one after the other. */
const byHand = async (page) => {
    for (let n = 0; n < 4 && page.forms.some((f) => /uppgift\/\d+$/.test(f.action)); n++) page = await page.submit(/uppgift\/\d+$/);
    return page;
};
const own = async (town, number, code) => (await town.client().get("/folj")).submit("number", { number, code });

test("by letter, in time: it counts when it is posted; the new date is a promise of its own; a reply after the first date is late with notice", async (t) => {
    const { town, number, code } = await startFritid(t, { reply: "letter", name: "Gun Ek", address: "Storgatan 1, 123 45 Ekhamn" });
    town.setClock("2026-12-28T10:00:00+01:00");
    const frida = await town.logIn("frida");
    let page = await frida.get(at(number));
    assert.match(page.text, /Försening Svara senast onsdag 30 december\. Hinner ni inte: berätta varför före dess\./);
    const form = await frida.get(`${at(number)}/forsening`);
    assert.match(form.text, /Svara: senast onsdag 30 december ?, om 2 arbetsdagar/);
    assert.match(form.text, /informera kunden om vad förseningen beror på/, "the routine's own words");
    assert.match(form.text, /Skyll inte på andra/, "its guidance");
    let check = await form.submit(/forsening$/, { promise: "reply", step: "check", reason: "", when: "other", new_day: "2027-01-06" });
    assert.equal(check.status, 422);
    assert.match(check.text, /Skriv vad förseningen beror på/);
    assert.match(check.text, /onsdag 6 januari 2027 är ingen arbetsdag/);
    check = await check.submit(/forsening$/, { promise: "reply", step: "check", reason: "Jag väntar på <b>köket</b>.", when: "other", new_day: "2027-01-12" });
    assert.equal(check.status, 200, check.text);
    assert.match(check.text, /Nytt datum: tisdag 12 januari 2027 , 8 arbetsdagar från i dag/);
    assert.match(check.text, /Det här får personen läsa .*Jag väntar på <b>köket<\/b>\./);
    assert.match(check.text, /Du får svar senast tisdag 12 januari 2027/);
    page = await check.submit(/forsening$/, { step: "send" });
    assert.match(page.text, /Beskedet är skrivet\. Det räknas när du har berättat det/);
    assert.match(page.text, /Beskedet om förseningen är skrivet, men personen har inte fått det än/);
    assert.match(page.text, /Posta brevet om förseningen/);
    assert.doesNotMatch((await own(town, number, code)).text, /Vi hinner inte till/, "not before it is posted");
    page = await byHand(page);
    assert.match(page.text, /Personen vet att det dröjer\. Nytt datum: tisdag 12 januari 2027/);
    const person = await own(town, number, code);
    assert.match(person.text, /Vi hinner inte till onsdag 30 december\. Du får svar senast tisdag 12 januari 2027/);
    assert.match(person.text, /Jag väntar på <b>köket<\/b>\./);

    town.setClock("2027-01-07T10:00:00+01:00");
    const list = await (await town.logIn("frida")).get("/att-gora");
    assert.doesNotMatch(list.text, /sent ärende|försenade|är sena/, "the new date is next");
    page = await (await town.logIn("frida")).get(at(number));
    assert.match(page.text, /Svara Försenat\. Lovat senast onsdag 30 december 2026 ?\. Nytt datum tisdag 12 januari/);
    await (await (await town.logIn("frida")).get(`${at(number)}/svar`)).submit(/svar$/, { text: "Hej! Köket har svarat.", step: "check" });
    page = await (await (await town.logIn("frida")).get(`${at(number)}/svar?visa=1`)).submit(/svar$/, { step: "send" });
    page = await byHand(page);
    assert.match(page.text, /Svaret blev 3 arbetsdagar sent\. Personen fick veta det i förväg\./);
});

test("by telephone, after the date; a second time; the new date passes: late again, and reminded of", async (t) => {
    const sink = await startSink();
    t.after(() => sink.close());
    const { town, number, code } = await startFritid(t, { reply: "phone", name: "Gun", phone: "070-123 45 67" }, { config: [`smtp_url = ${sink.url()}`, "smtp_tls = none", "mail_from = synpunkter@ekhamn.example", "base_url = https://ekhamn.example"] });
    town.setClock("2026-12-31T10:00:00+01:00");
    let frida = await town.logIn("frida");
    let page = await frida.get(at(number));
    assert.match(page.text, /Personen har inte fått veta varför det dröjer/);
    let check = await tell(frida, number, { promise: "reply", reason: "Sjukdom i köket.", when: "other", new_day: "2027-01-08", how: "called", called_day: "2027-01-02" });
    assert.equal(check.status, 422);
    assert.match(check.text, /Välj dagen då du ringde/);
    check = await check.submit(/forsening$/, { step: "check", promise: "reply", when: "other", new_day: "2027-01-08", how: "called", called_day: "2026-12-31", said: "Hon var ledsen men tackade." });
    assert.match(check.text, /Det här antecknas .*Sjukdom i köket\. Nytt datum: fredag 8 januari 2027\. Hon var ledsen men tackade\./);
    page = await check.submit(/forsening$/, { step: "send" });
    assert.match(page.text, /Personen har fått veta att det dröjer, och det nya datumet/);
    assert.match(page.text, /Berättade för personen att det dröjer: Svara, nytt datum 8 januari/);
    let person = await own(town, number, code);
    assert.match(person.text, /Du får svar senast fredag 8 januari/);
    assert.doesNotMatch(person.text, /Hon var ledsen/, "what is written down of a call is not the person's page");

    town.setClock("2027-01-07T08:00:00+01:00"); /* the working day before the new date */
    const digest = (await sink.mailsTo("frida@ekhamn.example", 1, 30000)).map((m) => readMail(m.raw).text).join("\n---\n");
    assert.match(digest, new RegExp(`${number}[^\n]*8 januari`), "the new date is reminded of");
    assert.match(digest, /Hinner ni inte: berätta varför, och ge ett nytt datum, före/);

    town.setClock("2027-01-11T10:00:00+01:00");
    frida = await town.logIn("frida");
    page = await frida.get(at(number));
    assert.match(page.text, /Det nya datumet fredag 8 januari har också passerat\. Svara, eller berätta igen/);
    check = await tell(frida, number, { promise: "reply", reason: "Köket har inte svarat.", when: "other", new_day: "2027-01-08" });
    assert.match(check.text, /Välj en dag efter i dag/);
    assert.match(check.text, /Det här blir besked nummer 2 om försening/);
    check = await check.submit(/forsening$/, { step: "check", promise: "reply", when: "other", new_day: "2027-01-15", how: "called", called_day: "2027-01-11" });
    page = await check.submit(/forsening$/, { step: "send" });
    assert.match(page.text, /Besked 2: nytt datum 15 januari/);
    await (await frida.get(`${at(number)}/svar`)).submit(/svar$/, { text: "Hej! Nu vet jag.", step: "check" });
    page = await (await frida.get(`${at(number)}/svar?visa=1`)).submit(/svar$/, { step: "send" });
    page = await byHand(page);
    assert.match(page.text, /Svaret blev 5 arbetsdagar sent\. Personen fick veta det först när datumet hade passerat\./);
});

test("who may tell: whoever answers for the reply; two at once tell once; a mail that comes back has told nobody", async (t) => {
    const { town, number, frida } = await startFritid(t);
    const lena = await town.logIn("lena");
    assert.equal((await lena.get(`${at(number)}/forsening`)).status, 403, "no such right anywhere");
    const eva = await town.logIn("eva");
    assert.equal((await eva.get(`${at(number)}/forsening`)).status, 404, "another unit's");
    const twin = await town.logIn("frida");
    const fields = { promise: "reply", reason: "Jag väntar på besked.", when: "other", new_day: "2027-01-12" };
    const [one, two] = [await tell(frida, number, fields), await tell(twin, number, fields)];
    const answers = await Promise.all([one.submit(/forsening$/, { step: "send" }), two.submit(/forsening$/, { step: "send" })]);
    assert.deepEqual(answers.map((p) => p.status).sort(), [200, 409], answers.map((p) => p.text).join("\n"));
    const page = await frida.get(at(number));
    assert.match(page.text, /Besked 1: nytt datum 12 januari/);
    assert.doesNotMatch(page.text, /Besked 2/);
});

/* The row of a table as words: "Svara" -> ["23", "7", ...]. */
const rowOf = (page, name) => {
    const row = [...page.body.matchAll(/<tr><th scope="row">([^<]*)<\/th>(.*?)<\/tr>/gs)].find((m) => m[1] === name);
    return row ? [...row[2].matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map((m) => m[1].replaceAll("&nbsp;", " ").replaceAll("\u00a0", " ")) : null;
};

test("statistics: kept, late with notice before, after, without; as many as a recount of every case; small numbers hidden; own units only", async (t) => {
    const town = await startTown(t);
    addRoutines(town);
    addUser(town, "frida", "Frida Lund", "enhetschef", "responsible_manager@fritid", "registration_officer@fritid");
    let frida = await town.logIn("frida");
    const numbers = [];
    for (let n = 0; n < 23; n++) numbers.push((await town.complain({ unit: "fritid" })).number);
    const late = { promise: "reply", reason: "Jag väntar på besked.", when: "other", new_day: "2027-02-01", step: "send" };
    for (const number of numbers.slice(0, 7)) {
        await (await frida.get(`${at(number)}/svar`)).submit(/svar$/, { text: "Hej! Så här blev det.", step: "check" });
        await (await frida.get(`${at(number)}/svar?visa=1`)).submit(/svar$/, { step: "send" });
    }
    for (const number of numbers.slice(7, 12)) assert.equal((await tell(frida, number, late)).status, 200);
    assert.equal(rowOf(await frida.get("/statistik/2026-q4"), "Svara")?.[0] ?? "7", "7", "what is not due yet is in no sum");
    town.setClock("2026-12-31T10:00:00+01:00");
    frida = await town.logIn("frida");
    for (const number of numbers.slice(12, 18)) assert.equal((await tell(frida, number, late)).status, 200);
    town.setClock("2027-01-20T10:00:00+01:00");
    frida = await town.logIn("frida");

    /* The recount: what each case's own page says. */
    const recount = { all: 0, kept: 0, before: 0, after: 0, untold: 0 };
    for (const number of numbers) {
        const page = await frida.get(at(number));
        recount.all++;
        if (/Svara Hållet (?!för sent)/.test(page.text)) recount.kept++;
        else if (/Berätta om förseningen Hållet för sent/.test(page.text)) recount.after++;
        else if (/Berätta om förseningen Hållet/.test(page.text)) recount.before++;
        else recount.untold++;
    }
    assert.deepEqual(recount, { all: 23, kept: 7, before: 5, after: 6, untold: 5 });
    for (const period of ["2026", "2026-h2", "2026-T3", "2026-q4"]) {
        const page = await frida.get(`/statistik/${period}`);
        assert.deepEqual(rowOf(page, "Svara"), ["23", "7", "30 %", "5", "6", "5"], `${period}: ${page.text}`);
    }
    assert.match((await frida.get("/statistik/2026-t3")).text, /Tertial 3, september–december 2026 .*Vi höll \d+ av \d+ löften/);
    assert.match((await frida.get("/statistik/2026-h1")).text, /Inget löfte skulle hållas under den här tiden/);
    assert.equal((await frida.get("/statistik/2026-t4")).status, 404);

    /* One reply is late after all, and nothing else changes; the date the person was told makes it no better. */
    await (await frida.get(`${at(numbers[8])}/svar`)).submit(/svar$/, { text: "Hej! Nu vet jag.", step: "check" });
    await (await frida.get(`${at(numbers[8])}/svar?visa=1`)).submit(/svar$/, { step: "send" });
    assert.deepEqual(rowOf(await frida.get("/statistik/2026-q4"), "Svara"), ["23", "7", "30 %", "5", "6", "5"]);

    /* Few: in another unit, where one case stands alone. */
    await town.complain({ unit: "skola" });
    town.setClock("2027-03-01T10:00:00+01:00");
    const eva = await town.logIn("eva");
    const own = await eva.get("/statistik/2027-q1");
    assert.match(own.text, /färre än 5/);
    assert.doesNotMatch(own.text, /Enheten fritid/);
    assert.equal(rowOf(await eva.get("/statistik/2026-q4"), "Svara"), null, "another unit's are in no sum");
    assert.match((await (await town.logIn("lena")).get("/statistik/2026-q4")).text, /Du läser inga enheters ärenden/);
});

const answer = async (client, number) => {
    await (await client.get(`${at(number)}/svar`)).submit(/svar$/, { text: "Hej! Så här blev det.", step: "check" });
    const page = await (await client.get(`${at(number)}/svar?visa=1`)).submit(/svar$/, { step: "send", gate_reason: "Brådskar." });
    assert.equal(page.status, 200, page.text);
    return page;
};

test("the handling report reaches the complaints officer: in the list until received, kept by the same date as the reply (S0.38)", async (t) => {
    const town = await startTown(t);
    const { number, amir, maria } = await taken(town);
    let page = await amir.get(at(number));
    assert.match(page.text, /Kopior och rapport Rapport om hur klagomålet hanterats: senast måndag 28 december/);
    const form = await amir.get(`${at(number)}/rapport`);
    assert.match(form.text, /uppgift till klagomålshanteraren om hur klagomålet behandlats/, "the routine's own words");
    page = await form.submit(/rapport$/, { how: "" });
    assert.equal(page.status, 422);
    assert.match(page.text, /Skriv hur klagomålet har hanterats/);
    page = await page.submit(/rapport$/, { how: "Lådorna hade <b>förväxlats</b>.", outcome: "justified", measure_kind: "done", measure: "Köket märker lådorna." });
    assert.match(page.text, /Rapporten är skickad/);
    assert.match(page.text, /Rapport om hur klagomålet hanterats: skickad 14 december av Amir Haddad\. Inte mottagen än/);
    assert.doesNotMatch(page.text, /Jag har tagit emot den/, "not the sender's to say");
    const list = await maria.get("/att-gora");
    assert.match(list.text, /Läs rapporten om hanteringen/);
    page = await maria.get(at(number));
    assert.match(page.text, /Så har klagomålet hanterats: Lådorna hade <b>förväxlats<\/b>\. Utfall så här långt: .* Köket märker lådorna/);
    const twin = await (await town.logIn("maria")).get(at(number));
    page = await page.submit(/mottagen$/);
    assert.match(page.text, /Rapport om hur klagomålet hanterats: mottagen 14 december av Maria Sjögren/);
    assert.equal((await twin.submit(/mottagen$/)).status, 409, "once");
    assert.doesNotMatch((await maria.get("/att-gora")).text, /Läs rapporten om hanteringen/);
    assert.match((await amir.get(at(number))).text, /Redovisa hur det hanterades Hållet samma dag/);
});

test("a copy of the reply reaches the quality unit, and the event number is missing until it is entered (S2.32, S2.34)", async (t) => {
    const town = await startTown(t);
    const { number } = await town.complain({ unit: "skola" });
    const maria = await town.logIn("maria");
    await (await maria.get(at(number))).submit(/registrera$/);
    await (await maria.get(`${at(number)}/sortera`)).submit(/sortera$/, { title: "Matsalen", subject: "food" });
    const eva = await town.logIn("eva");
    let page = await answer(eva, number);
    assert.match(page.text, /Kopia av svaret till kvalitetsenheten: ingen har rollen/, "nobody would get it");
    addUser(town, "kerstin", "Kerstin Ek", "utvecklare", "quality_unit@ekhamn");
    page = await eva.get(at(number));
    assert.match(page.text, /Kopia av svaret till kvalitetsenheten: inte skickad än/);
    assert.match(page.text, /Svarets händelsenummer i diariet: saknas/);
    page = await page.submit(/kopia$/);
    assert.match(page.text, /Kopian är skickad/);
    assert.match(page.text, /Kopia av svaret till kvalitetsenheten: skickad 14 december av Eva Norén/);
    assert.equal(page.forms.filter((f) => /kopia$/.test(f.action)).length, 0, "once");
    const kerstin = await town.logIn("kerstin");
    assert.match((await kerstin.get("/att-gora")).text, /Läs kopian av svaret/);
    page = await (await kerstin.get(at(number))).submit(/mottagen$/);
    assert.match(page.text, /mottagen 14 december av Kerstin Ek/);
    assert.match(page.text, /händelsenummer i diariet: saknas/, "reading it gives it no number");
    page = await page.submit("event_number", { event_number: "2026-77:4" });
    assert.match(page.text, /Svarets händelsenummer i diariet: infört/);
});

test("the registrar's copy keeps its promise when it has arrived; then the diary may be closed (S4.20)", async (t) => {
    const town = await startTown(t);
    addRoutines(town);
    addUser(town, "olle", "Olle Berg", "enhetschef", "responsible_manager@kista");
    addUser(town, "rut", "Rut Alm", "registrator", "registrar@ekhamn");
    const { number } = await town.complain({ unit: "kista" });
    const rut = await town.logIn("rut"), olle = await town.logIn("olle");
    await (await rut.get(at(number))).submit(/registrera$/);
    let page = await answer(olle, number);
    page = await page.submit(/kopia$/);
    assert.match(page.text, /Kopia av svaret till registratorn: skickad 14 december av Olle Berg\. Inte mottagen än/);
    assert.doesNotMatch(page.text, /Jag har tagit emot den/);
    page = await rut.get(at(number));
    assert.doesNotMatch(page.text, /Avsluta i diariet/, "sent is not arrived");
    page = await page.submit(/mottagen$/);
    assert.match(page.text, /Kopia av svaret till registratorn: mottagen 14 december av Rut Alm/);
    assert.equal(page.status, 200);
    assert.ok(page.forms.some((f) => f.fields.what === "avsluta"), "the diary may be closed now");
    const lena = await town.logIn("lena");
    assert.equal((await lena.post(`${at(number)}/kopia/mottagen`, new URLSearchParams({ copy: "1" }))).status >= 403, true);
});
