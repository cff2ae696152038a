/* Closing and what comes after it: what is missing and who does it, whoever closes by the routine, preventive measures, unit
 * meetings, the follow-up, the question to the person, a message after closing, opening again. Both engines. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { gavaOk, gavaRun, root } from "../gava.mjs";
import { readMail } from "./mime_reader.mjs";
import { startSink } from "./smtp_sink.mjs";
import { addRoutines, PASSWORD, startTown } from "./town.mjs";

const next = (page) => page.byId("nasta");
const at = (number, part = "") => `/arende/${number}${part}`;
const addUser = (town, login, name, title, ...roles) =>
    gavaOk(["user", "add", ...town.where, "--user", login, "--name", name, "--title", title, "--email", `${login}@ekhamn.example`, ...roles.flatMap((r) => ["--role", r])], { input: `${PASSWORD}\n` });
const answer = async (client, number) => {
    const page = await (await client.get(at(number, "/svar"))).submit(/svar$/, { step: "check", text: "Hej!\n\nJag beklagar. Det är lagat.", measure_kind: "done", measure_done: "Lagat" });
    return page.submit(/svar$/, { step: "send", sign_off: "yes", gate_reason: "Alla är hörda." });
};

/* A town with the unit fritid under nacka-valfard and its manager nina, who has a case that is answered. */
async function fritid(t, { reply = "code", config = [], ...more } = {}) {
    const town = await startTown(t, { config });
    addRoutines(town);
    addUser(town, "nina", "Nina Berg", "enhetschef", "responsible_manager@fritid", "registration_officer@fritid");
    const { number, code } = await town.complain({ unit: "fritid", reply, ...more });
    const nina = await town.logIn("nina");
    const begun = await nina.get(at(number));
    if (begun.forms.some((f) => /registrera$/.test(f.action))) await begun.submit(/registrera$/);
    await (await nina.get(at(number, "/sortera"))).submit(/sortera$/, { title: "Trasig gunga", subject: "premises" });
    await (await nina.get(at(number, "/tilldela"))).submit(/tilldela$/, { manager: "nina" });
    const own = await nina.get(at(number));
    if (own.forms.some((f) => /ta-over$/.test(f.action))) await own.submit(/ta-over$/);
    const page = await answer(nina, number);
    assert.match(page.text, /Svaret är skickat/);
    return { town, number, code, nina };
}

test("a preventive measure is chosen, or why none is needed; it waits for its person until it is in place; the person is followed up", async (t) => {
    let { town, number, code, nina } = await fritid(t);
    let page = await nina.get(at(number, "/avsluta"));
    assert.match(page.text, /Vad gör ni för att det inte ska hända igen\?/);
    page = await page.submit(/avsluta$/, { outcome: "justified" });
    assert.equal(page.status, 422);
    assert.match(page.text, /Välj en förebyggande åtgärd, eller att ingen behövs/);
    page = await page.submit(/avsluta$/, { outcome: "justified", prevention: "measure", prevention_what: "Gungorna ses över varje måndag." });
    assert.equal(page.status, 422);
    assert.match(page.text, /Välj vem som gör det och en dag/);
    assert.match(page.text, /Gungorna ses över varje måndag/, "what was written is kept");
    page = await page.submit(/avsluta$/, { prevention_due: "2026-12-21" });
    assert.match(page.text, /Ärendet är avslutat/);
    assert.match(page.text, /Gungorna ses över varje måndag\. Nina Berg, senast måndag 21 december/);
    assert.equal(next(page), "Fråga om det har blivit bättre");
    assert.match((await nina.get("/att-gora")).text, /Gör den förebyggande åtgärden/);
    assert.match((await nina.get("/att-gora")).text, /Fråga om det har blivit bättre/);
    page = await (await nina.get(at(number))).submit(/forebyggande/);
    assert.match(page.text, /Klart 14 december/);
    assert.doesNotMatch((await nina.get("/att-gora")).text, /Gör den förebyggande åtgärden/);

    const person = town.client();
    let own = await (await person.get("/folj")).submit("number", { number, code });
    assert.match(own.text, /Vi avslutade ärendet måndag 14 december/);
    assert.match(own.text, /Du hade rätt: det blev fel\. Vi har rättat till det\. Vi gör också något för att det inte ska hända igen/);
    assert.doesNotMatch(own.text, /varje måndag/, "working words stay inside");

    /* Followed up by telephone: nobody answers first; then it is no better, and the case is opened again. */
    town.setClock("2027-01-11T10:00:00+01:00");
    nina = await town.logIn("nina");
    page = await (await nina.get(at(number, "/uppfoljning"))).submit(/uppfoljning$/, { how: "call", result: "not_reached" });
    assert.equal(next(page), "Fråga om det har blivit bättre", "somebody nobody reached has not been asked");
    page = await (await nina.get(at(number, "/uppfoljning"))).submit(/uppfoljning$/, { how: "call", result: "not_better" });
    assert.equal(page.status, 422);
    page = await page.submit(/uppfoljning$/, { text: "Gungan är trasig igen.", reopen: "1" });
    assert.match(page.text, /Ärendet är öppet igen/);
    assert.match(page.text, /Frågade om det har blivit bättre: Det har inte blivit bättre/);
    assert.equal(next(page), "Skriv svaret", "a new reply is owed");
    own = await (await town.client().get("/folj")).submit("number", { number, code });
    assert.match(own.text, /Vi arbetar med ditt svar/);
});

test("whoever closes by the routine does; the others hand it in; a list tells what is missing, where and by whom", async (t) => {
    const town = await startTown(t);
    addRoutines(town);
    addUser(town, "lisa", "Lisa Ek", "enhetschef", "responsible_manager@kista");
    addUser(town, "rut", "Rut Ålund", "registrator", "registrar@ekhamn");
    const { number } = await town.complain({ unit: "kista" });
    const rut = await town.logIn("rut"), lisa = await town.logIn("lisa"), maria = await town.logIn("maria");
    await (await rut.get(at(number, "/registrera"))).submit(/registrera$/, { title: "Trasig grind" });
    await (await maria.get(at(number, "/tilldela"))).submit(/tilldela$/, { manager: "lisa" });
    await (await lisa.get(at(number))).submit(/ta-over$/);
    let page = await lisa.get(at(number));
    assert.match(page.text, /Det här saknas för att avsluta Personen har inte fått något svar\. Skriv svaret Görs av: Lisa Ek/);
    assert.match(page.text, /Typ eller ämne är inte valt\./);
    assert.match(page.text, /Registratorn har ingen kopia på svaret\. Gå dit Görs av: Lisa Ek/);
    assert.match(page.text, /Registrator avslutar ärendet när allt finns/);
    await (await maria.get(at(number, "/sortera"))).submit(/sortera$/, { title: "Trasig grind", subject: "premises" });
    await answer(lisa, number);
    page = await rut.get("/diarium?vantar=svar");
    await page.submit(/diarium$/, {});
    page = await (await lisa.get(at(number, "/avsluta"))).submit(/avsluta$/, { outcome: "justified" });
    assert.match(page.text, /Ärendet är lämnat för avslut/);
    assert.match(page.text, /Registrator har fått ärendet för avslut/);
    assert.match((await rut.get("/att-gora")).text, /Avsluta ärendet/);
    page = await (await rut.get(at(number, "/avsluta"))).submit(/avsluta$/);
    assert.match(page.text, /Ärendet är avslutat/);
    assert.doesNotMatch((await rut.get("/att-gora")).text, /Uppgifter åt dig/);
});

test("an outcome that says nothing by itself has words; where to turn is told to the person", async (t) => {
    const { town, number, code, nina } = await fritid(t);
    let page = await (await nina.get(at(number, "/avsluta"))).submit(/avsluta$/, { outcome: "misunderstanding", prevention: "none", prevention_why: "Det var ett missförstånd." });
    assert.equal(page.status, 422);
    assert.match(page.text, /Skriv vad missförståndet var/);
    page = await page.submit(/avsluta$/, { outcome: "not_solvable" });
    assert.equal(page.status, 422);
    assert.match(page.text, /Skriv vart personen/);
    page = await page.submit(/avsluta$/, { referral: "Ring Trafikverket, 0771-921 921." });
    assert.match(page.text, /Ärendet är avslutat/);
    assert.match(page.text, /Ingen förebyggande åtgärd behövs/);
    const own = await (await town.client().get("/folj")).submit("number", { number, code });
    assert.match(own.text, /Ring Trafikverket, 0771-921 921\./);
    assert.match(own.text, /Vi kan inte lösa det här/);
});

test("one question with a link: looking answers nothing, one answer that may be changed, no opens the case again", async (t) => {
    const sink = await startSink();
    t.after(() => sink.close());
    let { town, number, nina } = await fritid(t, { reply: "email", email: "gunnel@example.se",
        config: [`smtp_url = ${sink.url()}`, "smtp_tls = none", "mail_from = synpunkter@ekhamn.example"] });
    await (await nina.get(at(number, "/avsluta"))).submit(/avsluta$/, { outcome: "justified", prevention: "none", prevention_why: "En gång." });
    const asked = () => sink.mails.map((m) => readMail(m.raw)).find((m) => /omdome/.test(m.text));
    await new Promise((done) => setTimeout(done, 1500));
    assert.equal(asked(), undefined, "not before its day");
    town.setClock("2026-12-21T09:30:00+01:00"); /* five working days after the 14th */
    for (let n = 0; n < 200 && !asked(); n++) await new Promise((done) => setTimeout(done, 100));
    nina = await town.logIn("nina");
    const path = asked().text.match(/\/omdome\/[0-9a-f]{40}/)[0];
    const person = town.client();
    for (let n = 0; n < 3; n++) assert.match((await person.get(path)).text, /Är du nöjd med hur vi tog hand om det du berättade\?/);
    assert.doesNotMatch((await nina.get(at(number))).text, /Är personen nöjd/, "a program that opens links has answered nothing");
    assert.equal((await person.get(path.replace(/.{8}$/, "00000000"))).status, 404);
    let page = await (await person.get(path)).submit(/omdome/, {});
    assert.equal(page.status, 422);
    page = await page.submit(/omdome/, { answer: "yes" });
    assert.match(page.text, /Du svarade: Ja/);
    assert.doesNotMatch(page.text, /titta på det igen/);
    page = await page.submit(/omdome/, { answer: "no", words: "Gungan är trasig igen." });
    assert.match(page.text, /Du svarade: Nej/);
    let staff = await nina.get(at(number));
    assert.match(staff.text, /Är personen nöjd\?.{0,40}Nej/);
    assert.match(staff.text, /Personen.{0,60}Svar på frågan efter avslut.{0,60}Gungan är trasig igen/, "among the messages, as the person's own");
    assert.match(staff.text, /Avslutat/, "an answer alone opens nothing");
    page = await page.submit(/omdome/, {}); /* the first form: look again */
    assert.match(page.text, /Vi tittar på det igen/);
    staff = await nina.get(at(number));
    assert.match(staff.text, /Var inte nöjd och bad oss titta igen; ärendet öppnades/);
    assert.match((await person.get(path)).text, /Vi tittar på det igen/, "the question is over");
});

test("a message after closing is considered: opened again, or told why it is answered; what was late stays late", async (t) => {
    const town = await startTown(t);
    const yaml = readFileSync(join(root, "routines", "nordanstig.yaml"), "utf8");
    const own = join(town.dir, "nordanstig.yaml");
    const obligation = "obligations:\n  - id: consider\n    who: responsible_manager\n    from: heard_closed\n    met_by: considered\n    within: {n: 3, unit: working_day}\n    kind: hard\n    clause: eget\n";
    writeFileSync(own, yaml.replace("closing:\n", "closing:\n  message: consider\n"));
    const checked = gavaRun(["routine", "check", own]);
    assert.match(checked.stdout + checked.stderr, /no obligation says by when/);
    writeFileSync(own, yaml.replace("routine: nordanstig", "routine: badrutin").replace("closing:\n", "closing:\n  message: consider\n").replace("obligations:\n", obligation));
    gavaOk(["routine", "add", ...town.where, "--file", own]);
    gavaOk(["unit", "add", ...town.where, "--code", "bad", "--name", "Badhuset", "--public", "--routine", "badrutin"]);
    addUser(town, "bo", "Bo Lind", "badmästare", "responsible_manager@bad");
    const { number, code } = await town.complain({ unit: "bad" });
    let bo = await town.logIn("bo");
    const maria = await town.logIn("maria");
    await (await maria.get(at(number))).submit(/registrera$/);
    await (await maria.get(at(number, "/sortera"))).submit(/sortera$/, { title: "Kallt vatten", subject: "premises" });
    await (await maria.get(at(number, "/tilldela"))).submit(/tilldela$/, { manager: "bo" });
    await (await bo.get(at(number))).submit(/ta-over$/);
    town.setClock("2027-01-11T10:00:00+01:00"); /* the reply is late */
    bo = await town.logIn("bo");
    await answer(bo, number);
    let page = await bo.get(at(number, "/avsluta"));
    for (const form of page.forms.filter((f) => f.fields.what === "waive")) await bo.post(form.action, new URLSearchParams({ ...form.fields, text: "Behövs inte." }));
    page = await (await bo.get(at(number, "/avsluta"))).submit(/avsluta$/, { outcome: "justified" });
    assert.match(page.text, /Ärendet är avslutat/, page.text);

    const person = town.client();
    await (await (await person.get("/folj")).submit("number", { number, code })).submit("message", { message: "Det är kallt igen." });
    page = await bo.get(at(number));
    assert.equal(next(page), "Personen har skrivit igen");
    assert.match(page.text, /Avslutat/, "it stays closed");
    assert.match((await bo.get("/att-gora")).text, /Läs vad personen har skrivit efter avslut/);
    page = await bo.get(at(number, "/skrev-igen"));
    assert.match(page.text, /Ta ställning senast torsdag 14 januari/);
    assert.match(page.text, /Det är kallt igen/);
    page = await page.submit(/skrev-igen$/, { step: "look", reason: "" });
    assert.equal(page.status, 422);
    page = await page.submit(/skrev-igen$/, { step: "look", reason: "Vattnet värms igen från i dag." });
    assert.match(page.text, /Det här får personen läsa Hej!.*Vattnet värms igen från i dag\./);
    page = await page.submit(/skrev-igen$/, { step: "send" });
    assert.match(page.text, /Brevet är på väg till personen/);
    assert.match((await (await town.client().get("/folj")).submit("number", { number, code })).text, /Vattnet värms igen från i dag/);
    assert.equal((await bo.get(at(number, "/skrev-igen"))).status, 409);

    /* Again, and now it is opened: the reply was late and stays so, the round before is set down. */
    await (await person.get("/folj/arende")).submit("message", { message: "Nej, fortfarande kallt." });
    page = await (await bo.get(at(number, "/skrev-igen"))).submit(/oppna$/);
    assert.match(page.text, /Ärendet är öppet igen/);
    assert.match(page.body, /id="lofte-reply"[^>]*data-state="late"|data-state="late"[^>]*id="lofte-reply"/, "late is late");
    assert.equal(next(page), "Skriv svaret");
});

test("what a unit takes up at its meeting: without who wrote, planned as a promise, many ticked at once", async (t) => {
    const town = await startTown(t);
    const maria = await town.logIn("maria");
    let amir = await town.logIn("amir");
    const numbers = [];
    for (const [title, more] of [["Fel matlåda", { reply: "email", email: "gunnel@example.se", name: "Gunnel Fransson" }], ["Sen hemtjänst", {}]]) {
        const { number } = await town.complain(more);
        await (await maria.get(at(number))).submit(/registrera$/);
        await (await maria.get(at(number, "/sortera"))).submit(/sortera$/, { title, subject: "food" });
        await (await maria.get(at(number, "/tilldela"))).submit(/tilldela$/, { manager: "amir" });
        await (await amir.get(at(number))).submit(/ta-over$/);
        await answer(amir, number);
        numbers.push(number);
    }
    let page = await (await amir.get(at(numbers[0]))).submit("planned", { planned: "2026-12-01" });
    assert.equal(page.status, 422);
    page = await page.submit("planned", { planned: "2026-12-17" });
    assert.match(page.text, /Tas upp torsdag 17 december/);
    assert.match(page.text, /Ta upp på arbetsplatsträff .*torsdag 17 december/, "the day is the promise's date");
    page = await amir.get("/apt");
    assert.match(page.text, /Fel matlåda/);
    assert.match(page.text, /Sen hemtjänst/);
    assert.match(page.text, /Lagat/, "what was done");
    assert.doesNotMatch(page.text, /Gunnel|gunnel@/);
    assert.doesNotMatch((await (await town.logIn("eva")).get("/apt")).text, /Fel matlåda/, "another unit's");
    town.setClock("2026-12-17T15:00:00+01:00");
    amir = await town.logIn("amir");
    page = await (await amir.get("/apt")).submit("day", { day: "2026-12-17" });
    assert.equal(page.status, 422);
    page = await page.submit("day", { held: numbers });
    assert.match(page.text, /Inget väntar på att tas upp/);
    assert.match((await amir.get(at(numbers[0]))).text, /Togs upp torsdag 17 december|Togs upp i dag/);
});
