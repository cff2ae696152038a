/* Working on a case together: what waits for each, who takes part, what was looked into and done, what the person was told first and
 * asked for. Both engines; the clock stands in a file. */
import assert from "node:assert/strict";
import test from "node:test";
import { gavaOk } from "../gava.mjs";
import { PASSWORD, addRoutines, startTown, taken } from "./town.mjs";

const at = (number) => `/arende/${number}`;

/* A case that rut, manager of a unit under one of addRoutines(), has taken on. */
async function takenAt(town, unit, what = {}) {
    addRoutines(town);
    gavaOk(["user", "add", ...town.where, "--user", "rut", "--name", "Rut Ek", "--title", "chef", "--email", "rut@ekhamn.example", "--role", `responsible_manager@${unit}`], { input: `${PASSWORD}\n` });
    const { number, code } = await town.complain({ unit, ...what });
    const maria = await town.logIn("maria"), rut = await town.logIn("rut");
    await (await maria.get(at(number))).submit(/registrera$/);
    await (await maria.get(`${at(number)}/tilldela`)).submit(/tilldela$/, { manager: "rut" });
    const page = await (await rut.get(at(number))).submit(/ta-over$/);
    assert.equal(page.status, 200, page.text);
    return { number, code, maria, rut, page };
}

test("what waits for me besides my cases stands first in my list, and nobody else's does", async (t) => {
    const town = await startTown(t);
    const { amir, maria, number } = await taken(town, { reply: "phone", phone: "070-123 45 67" });
    const list = await amir.get("/att-gora"); /* the person is to be told who has taken over: by telephone */
    assert.match(list.text, new RegExp(`Uppgifter åt dig 1 uppgift .*Ring personen ${number} Fel matlåda`));
    assert.doesNotMatch((await maria.get("/att-gora")).text, /Uppgifter åt dig/);
    await (await amir.get(at(number))).submit(/uppgift\/\d+$/);
    assert.doesNotMatch((await amir.get("/att-gora")).text, /Uppgifter åt dig/, "it is done");
});

test("a call is an official note: who called and when; nobody answered keeps nothing; not before the case, not after now", async (t) => {
    const town = await startTown(t);
    const { number } = await takenAt(town, "fritid");
    town.setClock("2026-12-16T10:00:00+01:00");
    let page = await (await (await town.logIn("rut")).get(at(number))).submit(/samtal$/, { how: "no_answer", text: "" });
    assert.match(page.text, /Försöket är antecknat\. Det räknas inte som återkoppling/);
    assert.match(page.text, /Första återkoppling Senast/, "still owed");
    page = await page.submit(/samtal$/, { how: "we_called", text: "Hon får rätt låda i dag.", talk_day: "2026-12-16", talk_time: "10:30" });
    assert.equal(page.status, 422);
    assert.match(page.text, /mellan att ärendet kom in och nu/);
    assert.match(page.body, /Hon får rätt låda i dag\./, "what was written is kept");
    page = await page.submit(/samtal$/, { talk_day: "2026-12-14", talk_time: "09:00" });
    assert.equal(page.status, 422, "before the case came in");
    page = await page.submit(/samtal$/, { talk_day: "2026-12-16", talk_time: "" });
    assert.equal(page.status, 422);
    page = await page.submit(/samtal$/, { how: "they_called", talk_day: "2026-12-15", talk_time: "08:05", talk_told: "measure" });
    assert.equal(page.status, 200, page.text);
    assert.match(page.text, /Samtalet är sparat/);
    assert.match(page.text, /Första återkoppling Hållet 15 december/, "when it was, not when it was written down");
    assert.match(page.text, /Personen ringde tisdag 15 december 2026 kl\. 08\.05\. Hon får rätt låda i dag\./, "the note stands by itself");
    assert.match(page.text, /Pratade med personen: personen ringde, vad som är gjort\./);
    assert.match(page.text, /Ringde personen, ingen svarade/);
});

test("where the routine wants word of a measure or an investigation, being in touch alone keeps nothing, and the page says so", async (t) => {
    const town = await startTown(t);
    const { number, ...first } = await takenAt(town, "kista");
    let { page } = first;
    assert.match(page.text, /Första återkopplingen är klar först när personen vet vad som är gjort, eller att en utredning har börjat/);
    page = await page.submit(/samtal$/, { how: "we_called", text: "Vi har läst det.", talk_told: "contact" });
    assert.match(page.text, /Samtalet är sparat\. Personen ska också få veta vad som är gjort/);
    assert.doesNotMatch(page.text, /Första återkoppling Hållet/);
    page = await page.submit(/anteckning$/, { kind: "message", text: "Vi har börjat utreda.", told: "investigation" });
    assert.match(page.text, /Meddelandet är skickat/);
    assert.match(page.text, /Första återkoppling Hållet samma dag, 14 december/);
    assert.match(page.text, /Skrev till personen: på webbplatsen, att en utredning har börjat\./);
});

test("a first response by letter keeps its promise when it was posted", async (t) => {
    const town = await startTown(t);
    const { rut, number } = await takenAt(town, "fritid", { reply: "letter", address: "Ekgatan 1\n123 45 Ekhamn" });
    let page = await (await rut.get(at(number))).submit(/uppgift\/\d+$/); /* who has taken over */
    page = await page.submit(/anteckning$/, { kind: "message", text: "Vi har ändrat listan.", told: "measure" });
    assert.doesNotMatch(page.text, /Första återkoppling Hållet/);
    assert.match((await rut.get("/att-gora")).text, /Posta ett brev/);
    town.setClock("2026-12-16T10:00:00+01:00");
    page = await (await (await town.logIn("rut")).get(at(number))).submit(/uppgift\/\d+$/);
    assert.match(page.text, /Första återkoppling Hållet 16 december/);
});

test("asking for more: the dates go on, the case waits, and goes on by the answer or without it", async (t) => {
    const town = await startTown(t);
    const { amir, number, code } = await taken(town);
    let page = await amir.get(at(number));
    const due = /Svara Senast ([^.]*?) \d+ arbetsdagar/.exec(page.text)[1];
    assert.equal((await page.submit(/komplettering$/, { text: " " })).status, 422);
    page = await page.submit(/komplettering$/, { text: "Vilken dag var det?" });
    assert.match(page.text, /Frågan är ställd\. Datumen löper som vanligt/);
    assert.match(page.text, /Väntar på personen/);
    assert.match(page.text, /Amir Haddad frågade måndag 14 december ?\. Datumen ni har lovat löper som vanligt\./);
    assert.equal(page.byId("nasta"), "Väntar på svar från personen");
    assert.equal(/Svara Senast ([^.]*?) \d+ arbetsdagar/.exec(page.text)[1], due, "no date moved");
    assert.equal((await amir.post(`${at(number)}/komplettering`, new URLSearchParams({ csrf: page.forms.find((f) => f.fields.csrf).fields.csrf, text: "En till?" }))).status, 409, "one question at a time");
    const own = await (await town.client().get("/folj")).submit("number", { number, code });
    assert.match(own.text, /Vilken dag var det\?/);
    await own.submit("message", { message: "Det var i måndags." });
    page = await amir.get(at(number));
    assert.match(page.text, /Personen svarade på frågan/);
    assert.match(page.text, /Utreds/);
    page = await (await page.submit(/komplettering$/, { text: "Vilken tid?" })).submit(/vidare$/, { answer: "no" });
    assert.match(page.text, /Gick vidare: utan svar\./);
    assert.equal(page.byId("nasta") === "Väntar på svar från personen", false);
});

test("working notes are no papers until they are kept, and can be thrown away; the investigation lies in the dossier", async (t) => {
    const town = await startTown(t);
    const { amir, maria, number } = await taken(town);
    let page = await amir.get(at(number));
    page = await page.submit(/anteckning$/, { kind: "jot", text: "Kolla med köket <b>i dag</b>." });
    page = await page.submit(/anteckning$/, { kind: "jot", text: "Ska bort." });
    const akt = async () => (await amir.get(`${at(number)}/akt`)).text;
    assert.match(page.text, /Arbetsanteckningar .*Kolla med köket <b>i dag<\/b>\. .*Ska bort\./);
    const before = await akt();
    const notes = page.forms.filter((f) => /arbetsanteckning/.test(f.action));
    assert.equal(notes.length, 2);
    page = await amir.post(notes[0].action, new URLSearchParams({ ...notes[0].fields, what: "keep", kind: "analysis" }));
    assert.match(page.text, /Anteckningen ligger nu i akten/);
    assert.match(page.text, /Varför det hände/);
    assert.notEqual(await akt(), before);
    const papers = await akt();
    page = await amir.post(notes[1].action, new URLSearchParams({ ...notes[1].fields, what: "drop" }));
    assert.match(page.text, /Arbetsanteckningen är borta/);
    assert.doesNotMatch(page.text, /Ska bort\./);
    assert.equal(await akt(), papers, "nothing of it is left");
    assert.equal((await amir.post(notes[1].action, new URLSearchParams({ ...notes[1].fields, what: "drop" }))).status, 409, "once");
    page = await (await maria.get(at(number))).submit(/anteckning$/, { kind: "investigation", text: "Lådorna förväxlades." });
    assert.match(page.text, /Vad vi har tagit reda på|Utredning/);
    assert.match(page.text, /Lådorna förväxlades\./);
});

test("measures: several, done or planned; a planned one waits in the list of who does it; the days until it was put right", async (t) => {
    const town = await startTown(t);
    const { number } = await taken(town);
    town.setClock("2026-12-16T10:00:00+01:00");
    const amir = await town.logIn("amir");
    let page = await amir.get(at(number));
    assert.equal((await page.submit(/atgard$/, { text: "Märka lådorna", measure_kind: "done", measure_day: "2026-12-17" })).status, 422, "not in the future");
    assert.equal((await page.submit(/atgard$/, { text: "Märka lådorna", measure_kind: "done", measure_day: "2026-12-13" })).status, 422, "not before the case");
    assert.equal((await page.submit(/atgard$/, { text: "Märka lådorna", measure_kind: "later", measure_day: "2026-12-15" })).status, 422);
    page = await page.submit(/atgard$/, { text: "Bytte matlåda samma dag", measure_kind: "done", measure_day: "2026-12-15" });
    assert.match(page.text, /Bytte matlåda samma dag Gjort 15 december · Amir Haddad/);
    assert.match(page.text, /Rättat 15 december, efter 1 arbetsdag/);
    page = await page.submit(/atgard$/, { text: "Märka lådorna", measure_kind: "later", measure_day: "2026-12-18" });
    assert.doesNotMatch(page.text, /Rättat/, "something is still to be done");
    assert.match((await amir.get("/att-gora")).text, /Gör en åtgärd .*Fel matlåda .*18 december/);
    town.setClock("2026-12-21T10:00:00+01:00");
    const again = await town.logIn("amir");
    assert.match((await again.get("/att-gora")).text, /1 dag sent Gör en åtgärd/);
    page = await (await again.get(at(number))).submit(/atgard\/\d+$/, { what: "done", day: "2026-12-21" });
    assert.match(page.text, /Åtgärden är avbockad/);
    assert.match(page.text, /Rättat 21 december, efter 5 arbetsdagar/);
    assert.doesNotMatch((await again.get("/att-gora")).text, /Gör en åtgärd/);
    page = await page.submit(/atgard$/, { text: "Bygga om köket", measure_kind: "later", measure_day: "" });
    const drop = page.forms.find((f) => f.fields.what === "drop" && /atgard\/\d+$/.test(f.action));
    assert.equal((await again.post(drop.action, new URLSearchParams({ ...drop.fields, text: "" }))).status, 422, "a reason");
    page = await again.post(drop.action, new URLSearchParams({ ...drop.fields, text: "Ryms inte i budgeten." }));
    assert.match(page.text, /Bygga om köket Blir inte av: Ryms inte i budgeten\./);
});

test("who takes part sees the case, does the task and says what came of it; removed, the case is gone", async (t) => {
    const town = await startTown(t);
    const { amir, number } = await taken(town);
    const lena = await town.logIn("lena"), karin = await town.logIn("karin");
    assert.equal((await lena.get(at(number))).status, 404);
    assert.equal((await karin.get(`${at(number)}/deltagare`)).status, 403, "not hers to say");
    let page = await amir.get(`${at(number)}/deltagare`);
    assert.match(page.text, /På enheten .*Karin Öberg/);
    assert.doesNotMatch(page.text, /Lena Holm/, "the unit's own first");
    page = await amir.get(`${at(number)}/deltagare?q=LENA`);
    assert.match(page.text, /Hittade .*Lena Holm/);
    assert.equal((await page.submit("day", { who: "", text: "x" })).status, 422);
    page = await page.submit("day", { who: "lena", text: "Fråga köket hur lådorna märks.", day: "2026-12-18" });
    assert.match(page.text, /Personen deltar nu i ärendet och får besked/);
    assert.match(page.text, /Lade till en deltagare: Lena Holm\./);
    assert.match((await lena.get("/att-gora")).text, new RegExp(`Uppgifter åt dig 1 uppgift .*Gör din uppgift i ärendet ${number} Fel matlåda Senast 18 december`));
    page = await lena.get(at(number));
    assert.equal(page.status, 200);
    assert.match(page.text, /Fråga köket hur lådorna märks\./);
    const task = page.forms.find((f) => /deltagare\/uppgift/.test(f.action));
    assert.equal((await karin.post(task.action, new URLSearchParams({ ...task.fields, csrf: (await karin.get(at(number))).forms.find((f) => f.fields.csrf).fields.csrf, text: "" }))).status, 403, "somebody else's task");
    page = await page.submit(/deltagare\/uppgift/, { text: "De märks med rumsnummer." });
    assert.match(page.text, /Uppgiften är klar/);
    assert.match(page.text, /De märks med rumsnummer\./);
    assert.doesNotMatch((await lena.get("/att-gora")).text, /Uppgifter åt dig/);
    page = await (await amir.get(at(number))).submit(/lena\/bort$/);
    assert.match(page.text, /Tog bort en deltagare: Lena Holm\./);
    assert.equal((await lena.get(at(number))).status, 404);
});

test("what waits in a case one may not see: the list opens, and says nothing of the case", async (t) => {
    const town = await startTown(t, { now: "2026-12-14T09:00:00+01:00" });
    const { number, amir } = await taken(town);
    const page = await (await amir.get(at(number))).submit(/atgard$/, { text: "Märka lådorna", measure_kind: "later", measure_day: "2026-12-18", who: "lena" });
    assert.match(page.text, /Märka lådorna .*Lena Holm/, "she works elsewhere");
    const lena = await town.logIn("lena");
    const list = await lena.get("/att-gora");
    assert.equal(list.status, 200);
    assert.doesNotMatch(list.body, new RegExp(`${number}|Fel matlåda`));
    assert.equal((await lena.get(at(number))).status, 404);
    /* Taking part, she sees it, and her measure. */
    const team = await (await amir.get(`${at(number)}/deltagare?q=LENA`)).submit("day", { who: "lena" });
    assert.equal(team.status, 200, team.text);
    assert.match((await lena.get("/att-gora")).text, new RegExp(`Gör en åtgärd ${number} Fel matlåda`));
});
