/* The five routines' own texts, walked through from the first word to the closed case, each as its text says; the clock moves over
 * week-ends, Easter, Christmas and the change of the clocks. Every date is compared with swedish_days.mjs, which shares no code with
 * the program. Both engines. Source: the routines in routines/ and their texts. */
import assert from "node:assert/strict";
import test from "node:test";
import { gavaOk } from "../gava.mjs";
import { addWorking, dayOf, endOf, isWorking, iso, roll } from "./swedish_days.mjs";
import { PASSWORD, addRoutines, startTown } from "./town.mjs";

const at = (number) => `/arende/${number}`;
const addUser = (town, login, name, title, ...roles) =>
    gavaOk(["user", "add", ...town.where, "--user", login, "--name", name, "--title", title, "--email", `${login}@ekhamn.example`, ...roles.flatMap((r) => ["--role", r])], { input: `${PASSWORD}\n` });

/* ---- dates as the pages write them ---- */
const part = (day, options) => new Intl.DateTimeFormat("sv-SE", { timeZone: "UTC", ...options }).format(day * 86_400_000);
const date = (day) => part(day, { day: "numeric", month: "long" });
const named = (day) => `${part(day, { weekday: "long" })} ${date(day)}`;
/* A promise of the case page: "Svara" is promised by that day. */
const promised = (page, name, day, why) => assert.match(page.text, new RegExp(`${name} Senast ${named(day)}`), why);
const kept = (page, name, why) => assert.match(page.text, new RegExp(`${name} Hållet`), why);
/* Noon of a day, as the clock file has it; Stockholm's own hour is found from the day's last second. */
const noon = (day) => {
    const ms = endOf(day) - 43_199_000;
    const wall = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm", timeStyle: "medium" }).format(ms);
    assert.equal(wall, "12:00:00");
    return new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
};

/* ---- what people do ---- */
const register = async (client, number, title = "Fel matlåda") => {
    const page = await (await client.get(`${at(number)}/registrera`)).submit(/registrera$/, { title });
    assert.equal(page.status, 200, page.text);
    return page;
};
const sort = async (client, number, subject = "food") => (await client.get(`${at(number)}/sortera`)).submit(/sortera$/, { title: "Fel matlåda", subject });
const handOver = async (client, number, manager) => (await client.get(`${at(number)}/tilldela`)).submit(/tilldela$/, { manager });
/* The letters and calls that wait at a case, one after the other. */
const byHand = async (page) => {
    for (let n = 0; n < 5 && page.forms.some((f) => /uppgift\/\d+$/.test(f.action)); n++) page = await page.submit(/uppgift\/\d+$/);
    return page;
};
/* The draft, looked at; sent. */
const draft = async (client, number, text, fields = {}) => {
    const page = await (await client.get(`${at(number)}/svar`)).submit(/svar$/, { text, step: "save", ...fields });
    assert.ok(page.status < 400, page.text);
};
const send = async (client, number, fields = {}) => (await client.get(`${at(number)}/svar?visa=1`)).submit("draft_version", { step: "send", ...fields });
const answer = async (client, number, text, fields = {}, more = {}) => {
    await draft(client, number, text, fields);
    const page = await send(client, number, more);
    assert.equal(page.status, 200, page.text);
    assert.match(page.text, /Svaret är skickat|Posta|skicka/i);
    return page;
};
/* The copy goes from the manager, and has arrived when the other one says so. */
const closeCase = async (client, number, fields) => {
    const page = await (await client.get(`${at(number)}/avsluta`)).submit(/avsluta$/, { outcome: "justified", ...fields });
    assert.match(page.text, /Ärendet är avslutat/, page.text);
    return page;
};
const missing = async (client, number) => (await client.get(`${at(number)}/avsluta`)).text;
const own = async (town, number, code) => (await town.client().get("/folj")).submit("number", { number, code });
const workingDays = (from, to) => {
    let n = 0;
    for (let day = from + 1; day <= to; day++) n += isWorking(day);
    return n;
};

test("S0 Nacka socialtjänst: registered after the week-end, ten days counted from then, two workers sleep on the draft over a week-end", async (t) => {
    const arrived = dayOf("2026-12-11"), registered = dayOf("2026-12-14"); /* a Friday; the Monday */
    const due = roll(registered + 10); /* Christmas Eve: the next working day */
    assert.equal(iso(due), "2026-12-28");
    const town = await startTown(t, { now: noon(arrived) });
    addUser(town, "rut", "Rut Alm", "registrator", "registrar@ekhamn");
    addUser(town, "linn", "Linn Ek", "undersköterska", "employee@norr");
    let lena = await town.logIn("lena");

    /* Everybody takes in; the one who says it is asked whether it shall be formalised, and hears it read back. */
    let page = await lena.get("/ta-emot?unit=norr");
    assert.match(page.text, /alla har fog.*Undersök.*Be om ursäkt.*försvarsinställd/);
    page = await page.submit("story", { channel: "visit", type: "complaint", formalised: "yes", write_self: "staff", read_back: "yes", story: "Fel matlåda tre dagar i rad.", reply: "code" });
    const [number, code] = [page.byId("case-number"), page.byId("case-code")];
    assert.ok(number, page.text);

    /* The complaints officer sees to it that the registrar enters it; the days for the reply begin then. */
    page = await (await town.logIn("maria")).get(at(number));
    assert.doesNotMatch(page.text, /Svara Senast \w+dag \d/, "no last day before it is registered");
    town.setClock(noon(registered));
    page = await register(await town.logIn("rut"), number);
    assert.match((await (await town.logIn("maria")).get(at(number))).text, new RegExp(`Inkom (${named(arrived).split(" ")[0]} )?${date(arrived)}`, "i"));
    const maria = await town.logIn("maria");
    await sort(maria, number);
    await handOver(maria, number, "amir");
    let amir = await town.logIn("amir");
    page = await (await amir.get(at(number))).submit(/ta-over$/);
    promised(page, "Svara", due, "ten calendar days from registering, moved on from Christmas Eve");

    /* The draft goes to both who were there, on the Friday afternoon; one day of 24 hours, week-end or not. */
    const shared = "2026-12-18T15:00:00+01:00";
    town.setClock(shared);
    amir = await town.logIn("amir");
    page = await (await amir.get(at(number))).submit(/anteckning$/, { kind: "investigation", text: "Lådorna förväxlades i köket." });
    assert.match(page.text, /Lådorna förväxlades i köket/, "the routine says: look into it");
    await draft(amir, number, "Hej! Jag ber om ursäkt. Lådorna hade förväxlats.", { measure_kind: "done", measure_done: "Köket märker lådorna" });
    page = await amir.get(`${at(number)}/samrad`);
    const ids = ["Karin Öberg", "Linn Ek"].map((name) => page.body.match(new RegExp(`id="person-(\\d+)"[^>]*>\\s*<label[^>]*>${name}`))?.[1]);
    assert.ok(ids.every(Boolean), page.text);
    page = await page.submit("question", { person: ids, question: "Stämmer det?", step: "share" });
    assert.match(page.text, /Läser till lördag 19 december kl\. 15\.00/);
    town.setClock("2026-12-19T14:59:59+01:00");
    page = await send(await town.logIn("amir"), number, { sign_off: "yes", when: "now" });
    assert.equal(page.status, 422, "one second too early");

    /* Both have had their day; one has said something, which is considered before it goes. */
    town.setClock(noon(dayOf("2026-12-21")));
    const linn = await town.logIn("linn");
    const path = (await linn.get("/att-gora")).body.match(/href="[^"]*(\/samrad\/\d+)"/)?.[1];
    assert.ok(path, "what waits for her is in her list");
    await (await linn.get(path)).submit("text", { text: "Det var bara två dagar.", step: "say" });
    amir = await town.logIn("amir");
    page = await send(amir, number, { sign_off: "yes", when: "now" });
    assert.equal(page.status, 422, "what was said waits to be considered");
    await (await amir.get(`${at(number)}/samrad`)).submit("said", { step: "consider" });
    page = await send(amir, number, { sign_off: "yes", when: "now" });
    assert.match(page.text, /Svaret är skickat/);
    kept(page, "Svara", "on the seventh day");
    assert.match((await own(town, number, code)).text, /Jag ber om ursäkt\. Lådorna hade förväxlats\./);

    /* How it was handled goes to the complaints officer by the same day; who receives it closes the case. */
    assert.match(page.text, new RegExp(`Rapport om hur klagomålet hanterats: senast ${named(due)}`));
    page = await (await amir.get(`${at(number)}/rapport`)).submit(/rapport$/, { how: "Lådorna hade förväxlats.", outcome: "justified", measure_kind: "done", measure: "Köket märker lådorna." });
    assert.match(page.text, /Rapporten är skickad/);
    await (await (await town.logIn("maria")).get(at(number))).submit(/mottagen$/);
    page = await closeCase(await town.logIn("maria"), number, { measure_kind: "done", measure_done: "Köket märker lådorna" });
    kept(page, "Redovisa hur det hanterades", "by the same day");
});

test("S1 Nacka Välfärd: taken in by whoever heard it before Easter, handed over, first word within five days, told why it takes longer, prevented", async (t) => {
    const arrived = dayOf("2026-04-02"); /* Maundy Thursday: four days off follow */
    const first = addWorking(arrived, 5), due = addWorking(arrived, 10);
    assert.deepEqual([iso(first), iso(due)], ["2026-04-10", "2026-04-17"].map((day) => iso(addWorking(dayOf(day), 1))));
    const town = await startTown(t, { now: noon(arrived) });
    addRoutines(town);
    addUser(town, "frida", "Frida Lund", "enhetschef", "responsible_manager@fritid");
    addUser(town, "rune", "Rune Ask", "assistent", "registration_officer@fritid");
    addUser(town, "lova", "Lova Ek", "vaktmästare", "employee@fritid");

    /* Everybody takes in, thanks, asks whether it is a complaint, and promises. */
    const lova = await town.logIn("lova");
    let page = await lova.get("/ta-emot?unit=fritid");
    assert.match(page.text, /Gåvoprincipen.*Tacka kunden.*Förklara varför.*Beklaga/);
    page = await page.submit("story", { channel: "phone", type: "complaint", asked_complaint: "yes", story: "Badhuset var stängt när vi kom.", reply: "letter", name: "Gun Ek", address: "Storgatan 1\n123 45 Ekhamn", promise: "Jag ser till att chefen hör av sig." });
    const [number, code] = [page.byId("case-number"), page.byId("case-code")];
    assert.ok(number, page.text);
    page = await lova.get(at(number));
    assert.match(page.text, /Ansvarig nu Lova Ek/, "who took it in answers for it until somebody else has said yes");
    promised(page, "Första återkoppling", first, "five working days over Easter");
    promised(page, "Svara", due, "ten working days over Easter");

    /* It is registered, without a name, by the one named for that. */
    page = await register(await town.logIn("rune"), number, "Badhuset stängt");
    assert.doesNotMatch(page.body, /Gun Ek|Storgatan/);

    /* Handed over: the person is told who, by the one who took it in; that one answers until the yes. */
    page = await handOver(lova, number, "frida");
    assert.match(page.text, /Ansvarig nu Lova Ek/);
    page = await (await (await town.logIn("frida")).get(at(number))).submit(/ta-over$/);
    assert.match(page.text, /Ansvarig nu Frida Lund/);
    page = await byHand(page);
    assert.match((await own(town, number, code)).text, /Frida Lund/);

    /* The first word, on the last day for it; a call counts. */
    town.setClock(noon(first));
    page = await (await (await town.logIn("frida")).get(at(number))).submit(/samtal$/, { how: "we_called", text: "Jag beklagar, och tackar för att hon ringde.", talk_told: "investigation" });
    kept(page, "Första återkoppling", "on the fifth working day");

    /* It will take longer: told why and until when, by letter, before the date; a letter counts when it is posted. */
    town.setClock(noon(addWorking(arrived, 9)));
    const late = await town.logIn("frida"), day = addWorking(due, 5);
    const check = await (await late.get(`${at(number)}/forsening`)).submit(/forsening$/, { step: "check", promise: "reply", reason: "Jag väntar på besked från badhuset.", when: "other", new_day: iso(day) });
    assert.match(check.text, new RegExp(`Du får svar senast ${named(day)}`));
    page = await byHand(await check.submit(/forsening$/, { step: "send" }));
    assert.match(page.text, new RegExp(`Personen vet att det dröjer\\. Nytt datum: ${named(day)}`));
    assert.match((await own(town, number, code)).text, new RegExp(`Vi hinner inte till ${named(due)}\\. Du får svar senast ${named(day)}`));

    /* Answered after the first date and by the new one: late, and the person knew. */
    town.setClock(noon(day));
    const last = await town.logIn("frida");
    page = await byHand(await answer(last, number, "Hej Gun! Jag beklagar. Skylten är rättad.", { measure_kind: "done", measure_done: "Ny skylt med öppettider" }));
    assert.match(page.text, new RegExp(`Svaret blev ${workingDays(due, day)} arbetsdagar sent\\. Personen fick veta det i förväg\\.`));

    /* Every measure is written down; whether something prevents it from happening again is said before it is closed. */
    await sort(last, number, "premises");
    assert.match(await missing(last, number), /inte ska hända igen/, "the routine asks");
    page = await (await last.get(`${at(number)}/avsluta`)).submit(/avsluta$/, { outcome: "justified", measure_kind: "done", measure_done: "Ny skylt" });
    assert.equal(page.status, 422, "not without a choice");
    page = await closeCase(last, number, { measure_kind: "done", measure_done: "Ny skylt med öppettider", prevention: "none", prevention_why: "Skylten räcker." });
    assert.match(page.text, /Avslutat/);
});

test("S2 Nordanstig: to the manager within two days over the change of the clocks, answered by letter, a copy to the quality unit, an event number", async (t) => {
    const arrived = dayOf("2026-10-23"); /* the Friday before the clocks go back; All Saints' in the week after */
    const forward = addWorking(arrived, 2), due = addWorking(arrived, 10);
    assert.deepEqual([iso(forward), iso(due)], ["2026-10-27", "2026-11-06"]);
    const town = await startTown(t, { now: noon(arrived) });
    addUser(town, "rut", "Rut Alm", "registrator", "registrar@ekhamn");
    addUser(town, "kerstin", "Kerstin Ek", "utvecklare", "quality_unit@ekhamn");
    const lena = await town.logIn("lena");
    let page = await (await lena.get("/ta-emot?unit=skola")).submit("story", { channel: "phone", type: "complaint", story: "Maten är kall.", role: "parent", reply: "letter", name: "Gun Ek", address: "Storgatan 1\n123 45 Ekhamn" });
    const [number, code] = [page.byId("case-number"), page.byId("case-code")];
    assert.ok(number, page.text);

    /* The registrar enters it with the day it came; the quality unit makes the file and sends it to the manager. */
    await register(await town.logIn("rut"), number, "Kall mat");
    const kerstin = await town.logIn("kerstin");
    assert.match((await kerstin.get("/diarium?vantar=akt")).text, /Akt att lägga upp \(1\)/);
    page = await sort(kerstin, number);
    assert.match((await kerstin.get("/diarium?vantar=akt")).text, /Akt att lägga upp \(0\)/);
    promised(await kerstin.get(at(number)), "Lämna till ansvarig chef", forward, "two working days");
    town.setClock(noon(forward));
    page = await handOver(await town.logIn("kerstin"), number, "eva");
    page = await (await (await town.logIn("eva")).get(at(number))).submit(/ta-over$/);
    promised(page, "Svara", due, "ten working days from the day it came");

    /* The manager analyses and answers on the last day; a letter counts when it is posted. */
    town.setClock(noon(due));
    const eva = await town.logIn("eva");
    await (await eva.get(at(number))).submit(/anteckning$/, { kind: "analysis", text: "Värmevagnen var trasig." });
    page = await byHand(await answer(eva, number, "Hej Gun! Jag beklagar. Vagnen är lagad.", { measure_kind: "done", measure_done: "Vagnen är lagad" }));
    kept(page, "Svara", "on the tenth day");
    assert.match((await own(town, number, code)).text, /Vagnen är lagad/);

    /* The copy goes to the quality unit; the answer gets its event number, and lies in the file. */
    page = await page.submit(/kopia$/);
    assert.match(page.text, new RegExp(`Kopia av svaret till kvalitetsenheten: skickad ${date(due)} av Eva Norén`));
    assert.match(await missing(await town.logIn("kerstin"), number), /inget händelseid/, "not closed before");
    page = await (await (await town.logIn("kerstin")).get(at(number))).submit(/mottagen$/);
    page = await page.submit("event_number", { event_number: "2026-77:4" });
    assert.match(page.text, /Svarets händelsenummer i diariet: infört/);
    assert.match((await (await town.logIn("rut")).get(`${at(number)}/akt`)).text, /2026-77:4/);
    page = await closeCase(await town.logIn("kerstin"), number, { measure_kind: "done", measure_done: "Vagnen är lagad" });
    assert.match(page.text, /Avslutat/);
});

test("S3 Motala: told about the system, registered the next working day, answered, talked through at the unit meeting", async (t) => {
    const arrived = dayOf("2026-05-13"); /* the day before Ascension */
    const registered = addWorking(arrived, 1), due = addWorking(arrived, 10);
    assert.deepEqual([iso(registered), iso(due)], ["2026-05-15", "2026-05-28"]);
    const town = await startTown(t, { now: noon(arrived) });
    addRoutines(town);
    addUser(town, "rik", "Rik Lund", "enhetschef", "responsible_manager@social");
    addUser(town, "ines", "Ines Berg", "huvudmottagare", "intake_officer@ekhamn");
    addUser(town, "lova", "Lova Ek", "boendestödjare", "employee@social");
    const lova = await town.logIn("lova");
    let page = await lova.get("/ta-emot?unit=social");
    assert.match(page.text, /Lyssna aktivt.*Tacka.*Beklaga.*tas om hand/);
    page = await page.submit("story", { channel: "visit", type: "complaint", asked_complaint: "yes", write_self: "staff", story: "Ingen ringde tillbaka.", reply: "code" });
    assert.equal(page.status, 422, "the person is always told about the system");
    page = await page.submit("story", { informed: "yes" });
    const [number, code] = [page.byId("case-number"), page.byId("case-code")];
    assert.ok(number, page.text);
    promised(await (await town.logIn("ines")).get(at(number)), "Registrera", registered, "over Ascension");

    town.setClock(noon(registered));
    page = await register(await town.logIn("ines"), number, "Ingen ringde tillbaka");
    kept(page, "Registrera", "the next working day");
    const rik = await town.logIn("rik");
    await handOver(rik, number, "rik");
    page = await rik.get(at(number));
    promised(page, "Svara", due, "the common routine's ten working days");

    /* What is changed at the unit is a part of the answer; it is talked through there, near what happened. */
    const meeting = dayOf("2026-05-20");
    town.setClock(noon(due));
    const answering = await town.logIn("rik");
    page = await answer(answering, number, "Hej! Jag beklagar. Vi har gått igenom det på arbetsplatsträffen.", { measure_kind: "done", measure_done: "Ny lista vid telefonen" });
    kept(page, "Svara", "on the last day");
    assert.match((await own(town, number, code)).text, /arbetsplatsträffen/);
    assert.match(await missing(answering, number), /arbetsplatsträff|enhetsmöte/i);
    page = await (await answering.get(at(number))).submit("held", { held: iso(meeting) });
    assert.match(page.text, new RegExp(date(meeting)));
    await sort(answering, number, "reception");
    page = await closeCase(answering, number, { measure_kind: "done", measure_done: "Ny lista vid telefonen" });
    assert.match(page.text, /Avslutat/);
});

test("S4 Rinkeby-Kista: a stamped copy back, word of a measure within five days over the summer time, the registrar closes", async (t) => {
    const arrived = dayOf("2026-03-27"); /* the Friday before the clocks go forward and Easter a week later */
    const first = addWorking(arrived, 5);
    assert.equal(iso(first), "2026-04-07");
    const town = await startTown(t, { now: noon(arrived) });
    addRoutines(town);
    addUser(town, "lisa", "Lisa Ek", "förskolechef", "responsible_manager@kista");
    addUser(town, "rut", "Rut Alm", "registrator", "registrar@ekhamn");
    const { number, code } = await town.complain({ unit: "kista", story: "Grinden är trasig." });
    let page = await register(await town.logIn("rut"), number, "Trasig grind");
    assert.match(page.text, /Stämplad kopia finns|stämplad kopia/i);
    const lisa = await town.logIn("lisa");
    assert.equal((await lisa.get(`${at(number)}/handling/1/stampel`)).status, 200, "the copy with day and diary number is there for the unit");
    await handOver(lisa, number, "lisa");
    page = await lisa.get(at(number));
    promised(page, "Första återkoppling", first, "five working days over Easter");
    assert.doesNotMatch(page.text, /Svara Senast \w+dag/, "the policy has no last day for the answer");

    /* That somebody was in touch is not enough: a measure, or that an investigation has begun. */
    town.setClock(noon(first));
    page = await (await (await town.logIn("lisa")).get(at(number))).submit(/samtal$/, { how: "we_called", text: "Vi har läst det.", talk_told: "contact" });
    assert.doesNotMatch(page.text, /Första återkoppling Hållet/);
    page = await page.submit(/anteckning$/, { kind: "message", text: "Vi har börjat utreda.", told: "investigation" });
    kept(page, "Första återkoppling", "on the fifth day");

    town.setClock(noon(addWorking(first, 8)));
    const later = await town.logIn("lisa");
    page = await answer(later, number, "Hej! Vi beklagar. Grinden är lagad.", { measure_kind: "done", measure_done: "Ny grind" });
    assert.match((await own(town, number, code)).text, /Grinden är lagad/);

    /* A copy of the answer to the registrar, who ends the case in the diary and closes it. */
    page = await later.get(at(number));
    assert.equal(page.forms.some((f) => f.fields.what === "avsluta"), false, "not the unit");
    await page.submit(/kopia$/);
    const rut = await town.logIn("rut");
    page = await (await rut.get(at(number))).submit(/mottagen$/);
    assert.match(page.text, /Kopia av svaret till registratorn: mottagen/);
    const diary = page.forms.find((f) => f.fields.what === "avsluta");
    page = await rut.post(diary.action, new URLSearchParams(diary.fields));
    assert.match(page.text, /I diariet Avslutat/);
    await sort(rut, number, "premises");
    page = await closeCase(rut, number, { measure_kind: "done", measure_done: "Ny grind" });
    assert.match(page.text, /Avslutat/);
});
