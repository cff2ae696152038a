/* Handing a case over: who answers for it until the other one says yes, what the person is told, what another unit and
 * another board mean, who is away. Both engines; the clock stands in a file. */
import assert from "node:assert/strict";
import test from "node:test";
import { gavaOk } from "../gava.mjs";
import { readMail } from "./mime_reader.mjs";
import { startSink } from "./smtp_sink.mjs";
import { PASSWORD, startTown } from "./town.mjs";

const next = (page) => page.byId("nasta");
const at = (number) => `/arende/${number}`;
const handOver = async (client, number, fields) => (await client.get(`${at(number)}/tilldela`)).submit(/tilldela$/, fields);
const until = async (client, path, words) => {
    let page;
    for (let n = 0; n < 150 && !words.test((page = await client.get(path)).text); n++) await new Promise((done) => setTimeout(done, 100));
    assert.match(page.text, words);
    return page;
};
async function townWithMail(t) {
    const sink = await startSink();
    t.after(() => sink.close());
    return { sink, town: await startTown(t, { config: [`smtp_url = ${sink.url()}`, "smtp_tls = none", "mail_from = synpunkter@ekhamn.example", "base_url = https://ekhamn.example"] }) };
}
const addUser = (town, login, name, title, ...roles) =>
    gavaOk(["user", "add", ...town.where, "--user", login, "--name", name, "--title", title, "--email", `${login}@ekhamn.example`, ...roles.flatMap((r) => ["--role", r])], { input: `${PASSWORD}\n` });

test("Show 4: nobody accepts for three working days: the owner is the same, both are reminded and the level above, the person knows", async (t) => {
    const { town, sink } = await townWithMail(t);
    addUser(town, "birgit", "Birgit Holm", "verksamhetschef", "responsible_manager@aldre");
    const { number, code } = await town.complain({ reply: "email", email: "gunnel@example.se" });
    const maria = await town.logIn("maria"), amir = await town.logIn("amir");
    let page = await handOver(maria, number, { manager: "amir" });
    assert.match(page.text, /Ansvarig nu Maria Sjögren , klagomålshanterare\. Klagomålshanterare: ansvarar tills någon har tagit över/);
    assert.match(page.text, /Lämnat till Amir Haddad, enhetschef 14 december\. Svar väntas senast torsdag 17 december/);
    assert.match((await amir.get("/att-gora")).text, /Lämnat till dig – tar du det\? 1 ärende/);
    assert.match((await maria.get("/att-gora")).text, /Väntar på att någon tar emot 1 ärende .*väntar på Amir Haddad/);

    /* The person is told at once: who was asked, and who answers until then. */
    const letters = (await sink.mailsTo("gunnel@example.se", 2, 30000)).map((m) => readMail(m.raw).text);
    const letter = letters.find((text) => /Amir Haddad/.test(text));
    assert.ok(letter, letters.join("\n---\n"));
    assert.match(letter, /Jag svarar för ditt ärende tills Amir Haddad har tagit emot det/);
    assert.match(letter, /Maria Sjögren, klagomålshanterare/);
    const own = await (await town.client().get("/folj")).submit("number", { number, code });
    assert.match(own.text, /Klagomålshanterare, Hemtjänst norr, är ansvarig/, "not yet Amir");

    town.setClock("2026-12-17T20:00:00+01:00"); /* the last day, not over */
    await new Promise((done) => setTimeout(done, 2500));
    const reminded = () => sink.mails.filter((m) => /inte.*tagit|tagits? emot|väntar på svar|not_accepted/i.test(readMail(m.raw).subject)).flatMap((m) => m.to);
    const before = sink.mails.length;
    town.setClock("2026-12-18T07:00:00+01:00");
    const expected = ["amir@ekhamn.example", "maria@ekhamn.example", "birgit@ekhamn.example"];
    const aboutIt = () => sink.mails.slice(before).filter((m) => expected.includes(m.to[0]) && readMail(m.raw).text.includes(number));
    for (let n = 0; n < 300 && new Set(aboutIt().map((m) => m.to[0])).size < 3; n++) await new Promise((done) => setTimeout(done, 100));
    assert.deepEqual([...new Set(aboutIt().map((m) => m.to[0]))].sort(), [...expected].sort(), reminded().join());
    page = await (await town.logIn("maria")).get(at(number));
    assert.match(page.text, /Ansvarig nu Maria Sjögren/);
    assert.match(page.text, /Svar skulle ha kommit torsdag 17 december/);
    assert.equal(next(page), "Registrera ärendet", "whoever is responsible goes on working");
    page = await (await town.logIn("amir")).get(at(number));
    assert.equal(next(page), "Ta över ärendet");
    page = await page.submit(/ta-over$/);
    assert.match(page.text, /Ansvarig nu Amir Haddad , enhetschef\. Ansvarig sedan 18 december/);
});

test("no with a reason goes back and both know; taking back leaves nothing; of two answers at once one counts", async (t) => {
    const { town, sink } = await townWithMail(t);
    const { number } = await town.complain();
    const maria = await town.logIn("maria"), amir = await town.logIn("amir"), twin = await town.logIn("amir");
    await handOver(maria, number, { manager: "amir" });
    let page = await amir.get(at(number));
    page = await page.submit(/tacka-nej$/, { text: " " });
    assert.equal(page.status, 422);
    assert.match(page.text, /Skriv varför du inte tar ärendet/);
    page = await page.submit(/tacka-nej$/, { text: "Det gäller <b>maten</b>, inte oss." });
    assert.match(page.text, /Du har tackat nej/);
    page = await maria.get(at(number));
    assert.match(page.text, /Amir Haddad, enhetschef tackade nej 14 december: Det gäller <b>maten<\/b>, inte oss\./);
    assert.match(page.text, /Ansvarig nu Maria Sjögren/);
    assert.ok((await sink.mailsTo("maria@ekhamn.example", 1, 30000)).some((m) => readMail(m.raw).text.includes(number)), "who handed it over is told");

    page = await handOver(maria, number, { manager: "amir" });
    assert.match(page.text, /Det här är överlämning nummer 2/, "the routine warns at the second");
    page = await page.submit(/tilldela$/);
    assert.match(page.text, /Lämnat till Amir Haddad/);
    page = await page.submit(/ta-tillbaka$/);
    assert.match(page.text, /Du har tagit tillbaka ärendet/);
    assert.doesNotMatch((await amir.get("/att-gora")).text, /Lämnat till dig/);

    page = await (await handOver(maria, number, { manager: "amir" })).submit(/tilldela$/);
    const [yes, no] = [await amir.get(at(number)), await twin.get(at(number))];
    const answers = await Promise.all([yes.submit(/ta-over$/), no.submit(/tacka-nej$/, { text: "Nej." })]);
    assert.deepEqual(answers.map((p) => p.status).sort(), [200, 409], answers.map((p) => p.text).join("\n"));
    page = await maria.get(at(number));
    assert.equal(/Ansvarig nu Amir Haddad/.test(page.text), !/Amir Haddad, enhetschef tackade nej 14 december: Nej\./.test(page.text), page.text);
});

test("the person is told by the way chosen; silence needs a reason and stays an open duty", async (t) => {
    const town = await startTown(t);
    const { number, code } = await town.complain();
    const maria = await town.logIn("maria"), amir = await town.logIn("amir");
    let page = await handOver(maria, number, { manager: "amir", tell: "later", silence: "" });
    assert.equal(page.status, 422);
    assert.match(page.text, /Skriv varför personen inte får veta det nu/);
    page = await page.submit(/tilldela$/, { manager: "amir", tell: "later", silence: "Personen är på sjukhus." });
    assert.match(page.text, /Personen vet inte vem som tar över\. ?Personen är på sjukhus\./);
    page = await (await amir.get(at(number))).submit(/ta-over$/);
    assert.match(page.text, /Personen vet inte vem som tar över/);
    page = await page.submit(/beratta$/);
    assert.doesNotMatch(page.text, /Personen vet inte/);
    const own = await (await town.client().get("/folj")).submit("number", { number, code });
    assert.match(own.text, /Jag heter Amir Haddad \(enhetschef\) och tar hand om det du skrev/);

    const check = await handOver(maria, (await town.complain()).number, { manager: "amir", step: "check" });
    assert.match(check.text, /Det här får personen läsa Hej! Jag har bett Amir Haddad, enhetschef, att ta hand om/);
    assert.match(check.text, /Maria Sjögren, klagomålshanterare/);
});

test("another unit: what it will see, its routine, each date with its reason; kept stays kept, late stays late", async (t) => {
    const town = await startTown(t);
    const { number } = await town.complain();
    const maria = await town.logIn("maria"), eva = await town.logIn("eva");
    await (await maria.get(at(number))).submit(/registrera$/);
    assert.equal((await eva.get(at(number))).status, 404);
    const form = await maria.get(`${at(number)}/tilldela?enhet=skola`);
    assert.match(form.text, /Vem på Ekskolan ska ta hand om ärendet\?/);
    const check = await form.submit(/tilldela$/, { manager: "eva", text: "Det gäller skolmaten." });
    assert.match(check.text, /Lämna över till Eva Norén\?/);
    assert.match(check.text, /ser Ekskolan texten, bilagorna, meddelandena och anteckningarna/);
    assert.match(check.text, /På Ekskolan gäller .* \(version \d+\), som den var den dag ärendet kom in/);
    assert.match(check.text, /Registrera hållet 14 december hållet 14 december Det som är hållet eller sent ändras inte/);
    assert.match(check.text, /Här gäller .*, där gäller/);
    assert.match(check.text, /Så räknas datumet/);
    assert.equal((await eva.get(at(number))).status, 404, "a look changes nothing");
    const edit = await check.submit(/tilldela$/, { step: "edit" });
    assert.equal(edit.forms.find((f) => "text" in f.fields).fields.text, "Det gäller skolmaten.");
    await check.submit(/tilldela$/);
    let page = await eva.get(at(number));
    assert.match(page.text, /Det gäller skolmaten/);
    assert.match(page.text, /Enhet Hemtjänst norr/, "the unit is the same until the answer is yes");
    page = await page.submit(/ta-over$/);
    assert.match(page.text, /Tog över ärendet: från Hemtjänst norr till Ekskolan|Tog över ärendet: .*Ekskolan/);
    assert.match(page.text, /Enhet Ekskolan/);
    assert.match(page.text, /Registrera Hållet/);

    /* A date that has passed is still late where the other routine gives more time. */
    const late = await town.complain();
    await (await maria.get(at(late.number))).submit(/registrera$/);
    town.setClock("2027-01-20T10:00:00+01:00");
    const again = await town.logIn("maria");
    const lateOnes = /Svara Försenat\. Lovat senast måndag 28 december 2026 14 arbetsdagar sent/;
    assert.match((await again.get(at(late.number))).text, lateOnes);
    await (await (await again.get(`${at(late.number)}/tilldela?enhet=skola`)).submit(/tilldela$/, { manager: "eva" })).submit(/tilldela$/);
    page = await (await (await town.logIn("eva")).get(at(late.number))).submit(/ta-over$/);
    assert.match(page.text, lateOnes);
    assert.match(page.text, /Datumet är från rutinen som gällde innan ärendet flyttades/);
});

test("a case that goes back to a unit that had it alarms the complaints officer; how often is counted", async (t) => {
    const { town, sink } = await townWithMail(t);
    addUser(town, "sofia", "Sofia Ek", "enhetschef", "responsible_manager@syd");
    const { number } = await town.complain();
    const amir = await town.logIn("amir"), sofia = await town.logIn("sofia");
    const move = async (client, unit, to) => {
        let page = await (await client.get(`${at(number)}/tilldela?enhet=${unit}`)).submit(/tilldela$/, { manager: to });
        if (page.forms.some((f) => f.fields.confirmed)) page = await page.submit(/tilldela$/);
        return page;
    };
    await move(amir, "norr", "amir");
    await move(amir, "syd", "sofia");
    let page = await (await sofia.get(at(number))).submit(/ta-over$/);
    assert.match(page.text, /26 kap\. 1 § OSL/, "the unit's mark of secrecy comes with the unit");
    page = await (await sofia.get(`${at(number)}/tilldela?enhet=norr`)).submit(/tilldela$/, { manager: "amir" });
    assert.match(page.text, /Hemtjänst norr har haft ärendet förut/);
    assert.match(page.text, /överlämning nummer 3/);
    await page.submit(/tilldela$/);
    const mails = (await sink.mailsTo("maria@ekhamn.example", 1, 30000)).map((m) => readMail(m.raw));
    assert.ok(mails.some((m) => m.text.includes(number)), mails.map((m) => m.subject).join());
    page = await (await town.logIn("maria")).get(at(number));
    assert.match(page.text, /Lämnat över 3 gånger/);
});

test("across boards nothing but the title is seen until a legal ground is written down", async (t) => {
    const town = await startTown(t);
    const unit = (code, name, ...more) => gavaOk(["unit", "add", ...town.where, "--code", code, "--name", name, ...more]);
    unit("socialnamnd", "Socialnämnden", "--level", "board", "--routine", "nordanstig");
    unit("ifo", "Individ och familj", "--above", "socialnamnd");
    unit("tekniska", "Tekniska nämnden", "--level", "board", "--routine", "nordanstig");
    unit("park", "Parkenheten", "--above", "tekniska");
    addUser(town, "ingrid", "Ingrid Alm", "enhetschef", "responsible_manager@ifo");
    addUser(town, "pelle", "Pelle Lund", "parkchef", "responsible_manager@park");
    const { number } = await town.complain({ unit: "skola", story: "Handläggaren sa att jag missbrukar." });
    const maria = await town.logIn("maria"), pelle = await town.logIn("pelle");
    await (await maria.get(`${at(number)}/sortera`)).submit(/sortera$/, { unit: "ifo", title: "Bänk i parken", subject: "reception" });
    let page = await maria.get(`${at(number)}/tilldela?enhet=park`);
    assert.match(page.text, /Laglig grund för att visa ärendet/);
    assert.match(page.text, /Personen säger ja .*OSL 10 kap\. 1 §/);
    page = await page.submit(/tilldela$/, { manager: "pelle" });
    assert.match(page.text, /Ingen laglig grund är vald\. Den andra ser bara ärendets nummer, typ och rubrik/);
    page = await page.submit(/tilldela$/);
    assert.match(page.text, /ser bara rubriken/);

    assert.equal((await pelle.get(at(number))).status, 404);
    assert.doesNotMatch((await pelle.get("/arenden")).text, /Bänk i parken/);
    page = await pelle.get("/att-gora");
    assert.match(page.text, /Bänk i parken/);
    page = await pelle.get(`/lamnat/${number}`);
    assert.match(page.text, /Bänk i parken/);
    assert.doesNotMatch(page.body, /missbrukar/);
    const { csrf } = page.forms.find((f) => f.fields.answer).fields;
    assert.equal((await pelle.post(`${at(number)}/ta-over`, new URLSearchParams({ csrf, version: "1" }))).status, 404, "and cannot be taken blindly");
    const stranger = await town.logIn("eva");
    assert.equal((await stranger.get(`/lamnat/${number}`)).status, 404);
    await pelle.post(`/lamnat/${number}`, new URLSearchParams({ csrf, answer: "yes" }));
    page = await maria.get(at(number));
    assert.match(page.text, /säger att ärendet hör dit/);
    page = await page.submit(/grund$/, { ground: "consent" });
    assert.match(page.text, /Grunden är sparad/);
    page = await pelle.get(at(number));
    assert.match(page.text, /missbrukar/);
    page = await page.submit(/ta-over$/);
    assert.match(page.text, /Enhet Parkenheten/);
    assert.equal((await pelle.get(`/lamnat/${number}`)).status, 404, "the question is over");
});

test("nothing waits for somebody who is away: the deputy sees it, may do it for that person, and only then", async (t) => {
    const town = await startTown(t);
    addUser(town, "linn", "Linn Ek", "samordnare", "employee@syd");
    const { number } = await town.complain();
    const other = await town.complain();
    const maria = await town.logIn("maria"), amir = await town.logIn("amir"), linn = await town.logIn("linn");
    await handOver(amir, number, { manager: "amir" });
    assert.equal((await linn.get(at(number))).status, 404);
    let page = await amir.get("/franvaro");
    page = await page.submit("first", { first: "2026-12-18", last: "2026-12-16", deputy: "amir" });
    assert.equal(page.status, 422);
    assert.match(page.text, /Sista dagen kan inte vara före den första/);
    page = await page.submit("first", { first: "2026-12-15", last: "2026-12-16", deputy: "linn" });
    assert.match(page.text, /Frånvaron är sparad/);
    assert.match(page.text, /Amir Haddad 15 december till 16 december Linn Ek står in/);
    assert.equal((await linn.get(at(number))).status, 404, "not before the day");

    town.setClock("2026-12-15T08:00:00+01:00");
    const deputy = await town.logIn("linn");
    page = await until(deputy, "/att-gora", /För Amir Haddad, som är borta 1 ärende/);
    assert.match(page.text, /Borta till och med 16 december/);
    page = await (await town.logIn("maria")).get(`${at(other.number)}/tilldela`);
    assert.match(page.text, /Amir Haddad, enhetschef Borta till och med 16 december\. Linn Ek står in\. Linn Ek, samordnare Står in för Amir Haddad/);
    await page.submit(/tilldela$/, { manager: "amir" });
    page = await deputy.get("/att-gora");
    assert.match(page.text, /Lämnat till dig – tar du det\? .*Maria Sjögren frågade Amir Haddad, som är borta/);
    page = await (await deputy.get(at(other.number))).submit(/ta-over$/);
    assert.match(page.text, /Ansvarig nu Amir Haddad , enhetschef/);
    assert.match(page.text, /Linn Ek för Amir Haddad Tog över ärendet/);

    town.setClock("2026-12-17T08:00:00+01:00");
    for (let n = 0; n < 150 && (await (await town.logIn("linn")).get(at(number))).status !== 404; n++) await new Promise((done) => setTimeout(done, 200));
    assert.equal((await (await town.logIn("linn")).get(at(number))).status, 404, "and not after it");
    await maria.get("/att-gora");
});
