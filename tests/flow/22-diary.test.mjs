/* The diary: the queue of those who keep it, entering one case after the other, the dossier as a register, papers that come later,
 * the stamped copy, the public diary, closing in the diary beside closing the case, a diary of another system. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { gavaOk, root } from "../gava.mjs";
import { PASSWORD, startTown, taken, lookInto } from "./town.mjs";

/* The small town with a registrar (rut), a quality unit (kalle) and a unit under the routine of Rinkeby-Kista (lisa's). */
async function diaryTown(t, options) {
    const town = await startTown(t, options);
    const run = (args, input = "") => gavaOk([...args.slice(0, 2), ...town.where, ...args.slice(2)], { input });
    const user = (login, name, title, ...roles) => run(["user", "add", "--user", login, "--name", name, "--title", title, ...roles.flatMap((r) => ["--role", r])], `${PASSWORD}\n`);
    run(["routine", "add", "--file", join(root, "routines/rinkeby-kista.yaml")]);
    run(["unit", "add", "--code", "kista", "--name", "Förskolan Kista", "--public", "--routine", "rinkeby-kista"]);
    user("rut", "Rut Ålund", "registrator", "registrar@ekhamn");
    user("kalle", "Kalle Berg", "utvecklare", "quality_unit@ekhamn");
    user("lisa", "Lisa Ek", "förskolechef", "responsible_manager@kista");
    return { ...town, run };
}

const title = (page) => page.body.match(/<title>([^<]*)<\/title>/)[1];
/* Presses a diary button of the case, in the queue or on the case page; fields.what chooses among several. */
const press = (page, number, fields = {}) => {
    const form = page.forms.find((f) => f.action === `/arende/${number}/diarium` && (fields.what ?? f.fields.what) === f.fields.what);
    assert.ok(form, `no form for ${number}: ${page.text}`);
    return page.client.post(form.action, new URLSearchParams({ ...form.fields, ...fields }));
};

test("what is not in the diary waits there, the longest first, and several are entered in a row", async (t) => {
    const town = await diaryTown(t, { now: "2026-12-11T09:00:00+01:00" }); /* a Friday */
    const first = await town.complain({ story: "Kall mat." });
    town.setClock("2026-12-15T09:00:00+01:00"); /* the Tuesday: two working days later */
    const second = await town.complain({ story: "Trasig lampa.", unit: "kista" });
    const third = await town.complain({ story: "Bra personal.", unit: "skola" });
    const rut = await town.logIn("rut");

    let page = await rut.get("/diarium");
    assert.match(page.text, /Att föra in \(3\)/);
    const order = [first, second, third].map(({ number }) => page.body.indexOf(`/arende/${number}/registrera`));
    assert.ok(order[0] > 0 && order[0] < order[1] && order[1] < order[2], `the longest first: ${order}`);
    assert.match(page.body, new RegExp(`data-color="danger"[^]*Väntat 2 arbetsdagar[^]*${first.number}`), "the law says without delay: late is red");
    assert.match(page.text, /Sedan i dag/);

    page = await rut.get(`/arende/${first.number}/registrera`);
    assert.match(page.text, /Kall mat\./, "what came in stands beside the form");
    assert.match(page.text, /Försenat: har väntat 2 arbetsdagar/);
    assert.match(page.text, /Registrera och ta nästa \(2 väntar\)/);
    page = await page.submit(/registrera$/, { title: "Kall mat, ring 070-174 06 35", then: "nasta" });
    assert.equal(page.status, 422);
    assert.match(title(page), /^Fel:/);
    assert.match(page.text, /Alla får läsa diariet/, "no telephone number in the register (S1.40)");
    assert.equal(page.forms.find((f) => /registrera$/.test(f.action)).fields.title, "Kall mat, ring 070-174 06 35", "what was written is kept");
    page = await page.submit(/registrera$/, { title: "Kall mat tre dagar", party: "relative", then: "nasta" });
    assert.match(page.path, new RegExp(`/arende/${second.number}/registrera`), "the next one that waits");
    assert.match(page.text, new RegExp(`${first.number} är registrerat som EKHAMN-2026-0001`));
    assert.match(page.text, /Stämplad kopia finns/);
    page = await page.submit(/registrera$/, { title: "Trasig lampa", then: "nasta" });
    page = await page.submit(/registrera$/, { title: "Beröm", then: "nasta" });
    assert.equal(page.path.split("?")[0], "/diarium", "nothing left to enter");
    assert.match(page.text, /Att föra in \(0\)/);
    assert.match(page.text, /fördes 3 ärenden in\. Från att det kom in tog det oftast 0 arbetsdagar, som längst 2\. Ett blev sent\./, "the lag is measured for itself");

    page = await rut.get(`/arende/${first.number}`);
    assert.match(page.text, /EKHAMN-2026-0001/);
    assert.match(page.text, /\(2 arbetsdagar efter att det kom in\)/);
    assert.match((await rut.get(`/arende/${first.number}/akt`)).text, /Anhörig eller företrädare/);
    assert.equal((await rut.get(`/arende/${first.number}/registrera`)).path, `/arende/${first.number}`, "once is enough");
});

test("the queue is for those whom the routine names, and nothing falls between chairs", async (t) => {
    const town = await diaryTown(t);
    const { number } = await town.complain({ unit: "skola" });
    const [rut, kalle, maria, karin, amir] = await Promise.all(["rut", "kalle", "maria", "karin", "amir"].map((who) => town.logIn(who)));
    assert.match((await rut.get("/diarium")).text, /Att föra in \(1\)/);
    assert.match((await maria.get("/diarium")).text, /Att föra in \(0\)/, "a registrar is there: it is not hers");
    let page = await maria.get("/diarium?vems=alla");
    assert.match(page.text, /Att föra in \(1\)/, "she may see it, and whose it is");
    assert.match(page.text, /Registrator/);
    assert.equal((await karin.get("/diarium")).status, 403);
    assert.doesNotMatch((await karin.get("/att-gora")).body, /href="\/diarium"/);
    assert.match((await rut.get("/att-gora")).body, /href="\/diarium"/);
    assert.match((await amir.get(`/arende/${number}/akt`)).text, /Inget ärende|finns inte|hittar/i, "a case of another unit is not there");
    assert.equal((await amir.get(`/arende/${number}/registrera`)).status, 403);

    /* Nordanstig: the registrar enters it, then it is the quality unit's to make the file and sort it (S2.25, S2.26). */
    await (await rut.get(`/arende/${number}/registrera`)).submit(/registrera$/, { title: "Kall mat" });
    assert.match((await rut.get("/diarium?vantar=akt")).text, /Akt att lägga upp \(0\)/);
    page = await kalle.get("/diarium?vantar=akt");
    assert.match(page.text, /Akt att lägga upp \(1\)/);
    assert.match(page.text, /Kall mat/);
    await (await kalle.get(`/arende/${number}/sortera`)).submit(/sortera$/, { title: "Kall mat", subject: "food" });
    assert.match((await kalle.get("/diarium?vantar=akt")).text, /Akt att lägga upp \(0\)/);
});

test("where nobody holds the role, the queue shows it to those who may register", async (t) => {
    const town = await startTown(t);
    await town.complain();
    const maria = await town.logIn("maria");
    assert.match((await maria.get("/diarium")).text, /Att föra in \(1\)/);
});

test("the dossier is a register: what is said of a paper changes, the paper never", async (t) => {
    const town = await diaryTown(t);
    const { number, maria, amir } = await taken(town);
    const rut = await town.logIn("rut");
    const at = `/arende/${number}`;
    let page = await rut.get(`${at}/akt`);
    assert.match(page.text, /Synpunkt.*Fel matlåda/, "the title stands for the first paper");
    assert.match(page.text, /Enskild/);

    page = await rut.get(`${at}/handling/1/uppgifter`);
    assert.match(page.text, /Kontrollsumma/);
    page = await page.submit(/uppgifter$/, { brief: "Mejl till asa@hem.example" });
    assert.equal(page.status, 422);
    page = await page.submit(/uppgifter$/, { brief: "Fel matlåda i Norr", party: "relative", party_name: "Åsa Öberg", event_number: "H-17", hide_party: "yes" });
    assert.match(page.text, /Uppgifterna är sparade/);
    assert.match(page.text, /Anhörig eller företrädare/);
    assert.match(page.text, /Avsändaren visas inte i det offentliga diariet/);
    assert.match(page.text, /H-17/);
    assert.doesNotMatch(page.text, /Åsa Öberg/, "the name is opened on demand only");
    page = await rut.get(`${at}/akt?namn=1`);
    assert.match(page.text, /Anhörig eller företrädare: Åsa Öberg/);
    assert.match((await rut.get(at)).text, /Ändrade uppgifterna om en handling: handling 1, H-17/);

    /* Two at once: the second is told. */
    const one = await rut.get(`${at}/handling/1/uppgifter`), other = await maria.get(`${at}/handling/1/uppgifter`);
    await one.submit(/uppgifter$/, { brief: "Rad ett" });
    page = await other.submit(/uppgifter$/, { brief: "Rad två" });
    assert.equal(page.status, 409);
    assert.equal(page.forms.find((f) => /uppgifter$/.test(f.action)).fields.brief, "Rad två");
    assert.equal((await amir.get(`${at}/handling/1/uppgifter`)).status, 403, "the register is the registrar's");
    assert.equal((await rut.get(`${at}/handling/99/uppgifter`)).status, 404);
});

test("a paper that came later is added with its own day, never a day to come, and its bytes stay", async (t) => {
    const town = await diaryTown(t, { now: "2026-12-14T09:12:00+01:00" });
    const { number, amir } = await taken(town);
    const rut = await town.logIn("rut");
    const at = `/arende/${number}`;
    const letter = Buffer.from("%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n");
    let page = await amir.get(`${at}/ny-handling`);
    page = await page.submit(/ny-handling$/, { at: "2026-12-15", text: "Hej" });
    assert.equal(page.status, 422);
    assert.match(page.text, /till och med i dag/, "the arrival is never after now");
    page = await page.submit(/ny-handling$/, { at: "2026-12-10", text: "", brief: "Brev om maten" });
    assert.equal(page.status, 422);
    assert.match(page.text, /Välj en fil eller skriv texten/);
    page = await page.submit(/ny-handling$/, { at: "2026-12-15", text: "", brief: "Brev om maten", party_name: "Åsa Öberg" }, { files: [["brev åsa.pdf", letter, "application/pdf"]] });
    assert.equal(page.status, 422);
    assert.match(page.text, /brev åsa\.pdf/, "the file is kept over the fault");
    const again = page;
    page = await page.submit(/ny-handling$/, { at: "2026-12-10", kept: "0" });
    assert.match(page.text, /Handlingen ligger i akten/);
    assert.match(page.text, /10 december/);
    assert.match(page.text, /Brev om maten/);
    const n = page.body.match(/\/handling\/(\d+)"[^>]*>brev åsa\.pdf/)[1];
    const twice = await again.submit(/ny-handling$/, { at: "2026-12-10", kept: "0", text: "igen" });
    assert.equal((twice.body.match(/brev åsa\.pdf/g) || []).length, 1, "one sending of the form makes one paper");

    const original = await rut.request("GET", `${at}/handling/${n}`);
    assert.equal(original.headers.get("content-disposition")?.includes("attachment"), true);
    const sum = createHash("sha256").update(letter).digest("hex");
    page = await rut.get(`${at}/handling/${n}/stampel`);
    assert.match(page.text, new RegExp(sum), "the stamped copy bears the checksum of what was sent");
    assert.match(page.text, /Ekhamns kommun/);
    assert.match(page.text, /Inkom 10 december/);
    assert.match(page.text, /Dnr EKHAMN-2026-0001/);
    assert.match(page.text, new RegExp(`Handling ${n} i ärende ${number}`));
    assert.match((await amir.get(at)).text, /Stämplad kopia finns/, "the unit sees that there is one");
    assert.equal((await rut.get(`${at}/handling/99/stampel`)).status, 404);
});

test("what is not in the diary has no stamped copy", async (t) => {
    const town = await diaryTown(t);
    const { number } = await town.complain();
    const rut = await town.logIn("rut");
    assert.equal((await rut.get(`/arende/${number}/handling/1/stampel`)).status, 404);
    assert.doesNotMatch((await rut.get(`/arende/${number}`)).text, /Stämplad kopia finns/);
    assert.match((await rut.get(`/arende/${number}`)).text, /Ärendet är inte infört i diariet/);
});

test("the public diary shows what is neither hidden nor secret, as a page and as a file", async (t) => {
    const town = await diaryTown(t);
    const open = await town.complain({ story: "Öppet.", unit: "norr" });
    const hidden = await town.complain({ story: "Dolt.", unit: "norr" });
    const secret = await town.complain({ story: "Hemligt.", unit: "syd" });
    const unregistered = await town.complain({ story: "Oregistrerat.", unit: "norr" });
    const rut = await town.logIn("rut"), maria = await town.logIn("maria");
    const enter = async ({ number }, fields) => (await rut.get(`/arende/${number}/registrera`)).submit(/registrera$/, fields);
    await enter(open, { title: "=Kall \"mat\"", party: "company" });
    await enter(hidden, { title: "Dold rad", hide_party: "yes", hide_brief: "yes" });
    await enter(secret, { title: "Hemlig rad" });

    const page = await rut.get("/diarium/offentligt");
    assert.match(page.text, /2026-12-14 EKHAMN-2026-0001 1 In Företag =Kall "mat"/);
    assert.match(page.text, /EKHAMN-2026-0002/);
    assert.match(page.text, /EKHAMN-2026-0003/);
    assert.doesNotMatch(page.text, /Dold rad|Hemlig rad|Hemtjänst syd/);
    assert.doesNotMatch(page.text, new RegExp(unregistered.number));
    const csv = await (await rut.request("GET", "/diarium/offentligt?fran=2026-12-01&till=2026-12-31&format=csv")).body;
    assert.match(csv, /"2026-12-14","EKHAMN-2026-0001","1","In","Företag","'=Kall ""mat"""/, "a spreadsheet takes it for no formula");
    assert.match(csv, /"2026-12-14","EKHAMN-2026-0003","1","In","","","",""\r\n/, "a secret case: date and number");
    assert.doesNotMatch(csv, /Dold rad|Hemlig rad|Hemtjänst syd|Enskild.*0002/);
    assert.equal((await rut.get("/diarium/offentligt?fran=2026-12-20&till=2026-12-01")).status, 422);
    assert.equal((await rut.get("/diarium/offentligt?fran=igår")).status, 422);
    assert.equal((await maria.get("/diarium/offentligt")).status, 403, "the registrar draws it up");
});

test("the case is closed by the unit and in the diary by the registrar; neither changes the other", async (t) => {
    const town = await diaryTown(t);
    const { number } = await town.complain({ unit: "kista", reply: "code" });
    const rut = await town.logIn("rut"), lisa = await town.logIn("lisa"), maria = await town.logIn("maria");
    const at = `/arende/${number}`;
    await (await rut.get(`${at}/registrera`)).submit(/registrera$/, { title: "Trasig grind" });
    await (await maria.get(`${at}/sortera`)).submit(/sortera$/, { title: "Trasig grind", subject: "premises" });
    await (await maria.get(`${at}/tilldela`)).submit(/tilldela$/, { manager: "lisa" });
    let page = await (await lisa.get(at)).submit(/ta-over$/);
    assert.match(page.text, /Skicka stämplad kopia|Stämplad kopia/i);
    page = await (await lisa.get(`${at}/svar`)).submit(/svar$/, { step: "check", text: "Grinden är lagad.", measure_kind: "done", measure_done: "Lagad" });
    page = await page.submit(/svar$/, { step: "send" });
    assert.match(page.text, /Svaret är skickat/);
    assert.equal(page.forms.some((f) => f.fields.what === "avsluta"), false, "the unit does not close the diary");

    page = await rut.get("/diarium?vantar=svar");
    assert.match(page.text, /Svar att föra in \(1\)/);
    const form = page.forms.find((f) => f.action === `${at}/diarium`);
    assert.match(form.fields.event_number, /^EKHAMN-2026-0001:\d+$/, "an event number is suggested");
    page = await press(page, number, { event_number: "x".repeat(41) });
    assert.equal(page.status, 422);
    page = await press(await rut.get("/diarium?vantar=svar"), number, { event_number: "EKHAMN-2026-0001:S" });
    assert.match(page.text, /Svaret är infört i diariet/);
    assert.match(page.text, /Svar att föra in \(0\)/);
    assert.match((await rut.get(`${at}/akt`)).text, /EKHAMN-2026-0001:S/);

    page = await rut.get(at); /* the reply stands in the diary: the registrar may close there before the unit does */
    assert.match(page.text, /I diariet Öppet/);
    page = await press(page, number, { what: "avsluta" });
    assert.match(page.text, /Ärendet är avslutat i diariet/);
    assert.match(page.text, /I diariet Avslutat 14 december av Rut Ålund/);
    assert.match(page.text, /Besvarat/, "the case's own status is as it was");
    assert.equal((await rut.post(`${at}/diarium`, new URLSearchParams({ ...form.fields, what: "avsluta", version: "" }))).status, 409, "once");

    page = await (await lisa.get(`${at}/avsluta`)).submit(/avsluta$/, { outcome: "justified" });
    assert.match(page.text, /Ärendet är lämnat för avslut/, "by this routine the registrar closes it");
    page = await (await rut.get(`${at}/avsluta`)).submit(/avsluta$/, {});
    assert.match(page.text, /Ärendet är avslutat/);
    assert.match((await rut.get("/diarium?vantar=avsluta")).text, /Att avsluta i diariet \(0\)/);
    await (await lisa.get(at)).submit(/oppna$/, { text: "Den gick sönder igen." });
    page = await rut.get("/diarium?vantar=oppna");
    assert.match(page.text, /Öppnade igen \(1\)/);
    assert.match((await rut.get(at)).text, /Ärendet är öppet igen men avslutat i diariet/);
    page = await press(page, number);
    assert.match(page.text, /Ärendet är öppet i diariet igen/);
    page = await rut.get(at);
    assert.match(page.text, /I diariet Öppet/);
    for (const [kind, text] of [["svar", "Förde in svaret i diariet"], ["avsluta", "Avslutade ärendet i diariet"], ["oppna", "Öppnade ärendet i diariet igen"]]) assert.match(page.text, new RegExp(text), kind);
});

test("a case that the unit has closed waits to be closed in the diary", async (t) => {
    const town = await diaryTown(t);
    const { number, amir, maria } = await taken(town, { reply: "none" });
    await lookInto(amir, number);
    await (await maria.get(`/arende/${number}/avsluta`)).submit(/avsluta$/, { outcome: "justified", measure_kind: "none" });
    const rut = await town.logIn("rut");
    let page = await rut.get("/diarium?vantar=avsluta");
    assert.match(page.text, /Att avsluta i diariet \(1\)/);
    page = await press(page, number);
    assert.match(page.text, /Att avsluta i diariet \(0\)/);
    assert.match((await rut.get(`/arende/${number}`)).text, /Avslutat 14 december av Rut Ålund/);
});

test("a diary of another system: its number is written by hand, looks right, and is no other case's", async (t) => {
    const town = await diaryTown(t);
    town.run(["unit", "diary", "--unit", "aldre", "--diary", "external", "--pattern", "SN ####/#*"]);
    const one = await town.complain({ unit: "norr" }), two = await town.complain({ unit: "syd" });
    const rut = await town.logIn("rut");
    let page = await (await rut.get(`/arende/${one.number}`)).submit(/registrera$/);
    assert.equal(page.status, 422, "the one button is not enough: the number is asked for");
    assert.match(page.text, /SN ####\/#\*/);
    page = await page.submit(/registrera$/, { diary_number: "KS 2026/1", title: "Fel matlåda" });
    assert.equal(page.status, 422);
    assert.equal(page.forms.find((f) => /registrera$/.test(f.action)).fields.diary_number, "KS 2026/1");
    page = await page.submit(/registrera$/, { diary_number: "SN 2026/190" });
    assert.match(page.text, /SN 2026\/190/);
    page = await (await rut.get(`/arende/${two.number}/registrera`)).submit(/registrera$/, { diary_number: "SN 2026/190" });
    assert.equal(page.status, 422);
    assert.match(page.text, /Ett annat ärende har redan det numret/);
    page = await page.submit(/registrera$/, { diary_number: "SN 2026/191" });
    assert.match(page.text, /SN 2026\/191/);
    town.run(["unit", "diary", "--unit", "norr", "--diary", "own"]);
    const three = await town.complain({ unit: "norr" });
    page = await (await rut.get(`/arende/${three.number}`)).submit(/registrera$/);
    assert.match(page.text, /EKHAMN-2026-0001/, "a unit below may have our own again");
});

/* Another system: one request, with its key; the answer's JSON beside it. */
const api = async (town, key, method, path, body) => {
    const response = await fetch(new URL(path, town.url), { method, body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
        headers: { ...(key ? { authorization: `Bearer ${key}` } : {}), ...(body === undefined ? {} : { "content-type": "application/json" }) } });
    const text = await response.text();
    return { status: response.status, type: response.headers.get("content-type"), headers: response.headers, json: text ? JSON.parse(text) : null };
};

test("another system's diary: it asks what waits, says the number, and is refused what it may not", async (t) => {
    const town = await diaryTown(t, { now: "2026-12-14T09:12:00+01:00" });
    town.run(["unit", "diary", "--unit", "aldre", "--diary", "external", "--pattern", "SN ####/#*"]);
    const key = town.run(["api-key", "add", "--name", "Public 360", "--unit", "aldre"]).trim();
    const other = town.run(["api-key", "add", "--name", "Skolan", "--unit", "skola"]).trim();
    assert.match(key, /^gava_[\w-]{43}$/);
    const open = await town.complain({ unit: "norr" }), secret = await town.complain({ unit: "syd" }), own = await town.complain({ unit: "skola" });
    const rut = await town.logIn("rut");
    await (await rut.get(`/arende/${secret.number}/sortera`)).submit(/sortera$/, { title: "Hemlig rad", subject: "food" });

    let answer = await api(town, key, "GET", "/api/v1/cases?diary=missing");
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.json.cases.map((c) => c.number), [open.number, secret.number], "of its own units, the longest first");
    assert.deepEqual(answer.json.cases[0], { number: open.number, unit: { code: "norr", name: "Hemtjänst norr" }, type: "complaint", channel: "web", receivedAt: "2026-12-14T09:12:00+01:00", brief: null, secret: false });
    assert.deepEqual([answer.json.cases[1].brief, answer.json.cases[1].secret, answer.json.next], [null, true, null], "of a secret case no word");
    assert.deepEqual((await api(town, other, "GET", "/api/v1/cases?diary=missing")).json.cases, [], "the school's diary is our own");

    /* Faults, each a problem of RFC 9457. */
    const at = `/api/v1/cases/${open.number}/diary`, good = { diaryNumber: "SN 2026/190", registeredAt: "2026-12-14T09:12:00+01:00" };
    const faults = [[undefined, "GET", "/api/v1/cases?diary=missing", undefined, 401, "unauthenticated"], ["gava_x", "PUT", at, good, 401, "unauthenticated"],
        [key.slice(0, -2) + "AA", "PUT", at, good, 401, "unauthenticated"], [other, "PUT", at, good, 404, "not_found"], [key, "PUT", `/api/v1/cases/${own.number}/diary`, good, 404, "not_found"],
        [key, "PUT", "/api/v1/cases/2099-0001/diary", good, 404, "not_found"], [key, "GET", "/api/v1/cases", undefined, 400, "bad_request"], [key, "GET", "/api/v1/cases?diary=missing&after=x", undefined, 400, "bad_request"],
        [key, "PUT", at, "{", 400, "bad_request"], [key, "PUT", at, "[]", 422, "invalid"], [key, "PUT", at, {}, 422, "invalid"], [key, "PUT", at, { ...good, x: 1 }, 422, "invalid"],
        [key, "PUT", at, { diaryNumber: 190 }, 422, "invalid"], [key, "PUT", at, { diaryNumber: "KS 2026/1" }, 422, "invalid"], [key, "PUT", at, { ...good, registeredAt: "i går" }, 422, "invalid"],
        [key, "PUT", at, { ...good, registeredAt: "2026-12-14T09:12:01+01:00" }, 422, "invalid"], [key, "PUT", at, { ...good, registeredAt: "2026-12-13T09:12:00+01:00" }, 422, "invalid"],
        [key, "PUT", at, '{"diaryNumber":"SN 2026/1","diaryNumber":"SN 2026/2"}', 400, "bad_request"], [key, "POST", at, good, 405, "method"], [key, "GET", "/api/v1/nothing", undefined, 404, "not_found"],
        [other, "PUT", `/api/v1/cases/${own.number}/diary`, good, 422, "invalid"]];
    for (const [who, method, path, body, status, code] of faults) {
        answer = await api(town, who, method, path, body);
        assert.deepEqual([answer.status, answer.type, answer.json?.code, answer.json?.status], [status, "application/problem+json", code, status], `${method} ${path} ${JSON.stringify(body)}`);
        assert.match(answer.json.instance, /^urn:gava:request:/);
    }
    assert.match((await api(town, undefined, "GET", "/api/v1/cases?diary=missing")).headers.get("www-authenticate"), /^Bearer/);
    const plain = await fetch(new URL(at, town.url), { method: "PUT", body: "diaryNumber=x", headers: { authorization: `Bearer ${key}`, "content-type": "text/plain" } });
    assert.equal(plain.status, 415);
    const cookie = await rut.request("PUT", at, { body: JSON.stringify(good), headers: { "content-type": "application/json" } });
    assert.equal(cookie.status, 401, "who is logged in by a cookie has no key");

    answer = await api(town, key, "PUT", at, good);
    assert.deepEqual([answer.status, answer.json], [200, { number: open.number, diaryNumber: "SN 2026/190", receivedAt: "2026-12-14T09:12:00+01:00", registeredAt: "2026-12-14T09:12:00+01:00" }]);
    assert.equal((await api(town, key, "PUT", at, good)).status, 200, "saying the same again changes nothing");
    assert.equal((await api(town, key, "PUT", at, { diaryNumber: "SN 2026/191" })).status, 409);
    assert.equal((await api(town, key, "PUT", `/api/v1/cases/${secret.number}/diary`, good)).status, 409, "another case's number");
    assert.deepEqual((await api(town, key, "GET", "/api/v1/cases?diary=missing")).json.cases.map((c) => c.number), [secret.number]);
    const page = await rut.get(`/arende/${open.number}`);
    assert.match(page.text, /SN 2026\/190/);
    assert.match(page.text, /Stämplad kopia finns/);
    assert.match(page.text, /Automatiskt Registrerade ärendet: SN 2026\/190|Automatiskt[^.]*SN 2026\/190/);

    /* What the description says is what the program answers. */
    const description = (await api(town, undefined, "GET", "/api/v1/openapi.json")).json;
    const routes = [...readFileSync(join(root, "src/routes.def"), "utf8").matchAll(/^PAGE\((\w+), "(\/api\/[^"]+)"/gm)].map(([, method, path]) => `${method.toLowerCase()} ${path}`).sort();
    assert.deepEqual(Object.entries(description.paths).flatMap(([path, item]) => Object.keys(item).map((method) => `${method} ${path}`)).sort(), routes);

    const list = town.run(["api-key", "list"]);
    assert.match(list, /^1\tPublic 360\tdiary\taldre\t\d{4}-\d\d-\d\d\t-$/m);
    assert.doesNotMatch(list, new RegExp(key), "the key itself is stored nowhere");
    town.run(["api-key", "revoke", "--key", "1"]);
    assert.equal((await api(town, key, "GET", "/api/v1/cases?diary=missing")).status, 401, "taken back");
});

test("the arrival and the original can be changed by nothing: no form, no key, no statement", async (t) => {
    const town = await diaryTown(t, { now: "2026-12-11T09:00:00+01:00" });
    const { number } = await town.complain({ unit: "norr" });
    town.setClock("2026-12-15T09:00:00+01:00");
    const rut = await town.logIn("rut");
    const arrival = async () => (await rut.get(`/arende/${number}/akt`)).text.match(/Inkom (.*?) Enhet/)?.[1];
    const before = await arrival();
    assert.match(before, /11 december/);
    const sneaky = { received: "2026-12-15", received_us: "1", at: "2026-12-15", receivedAt: "2026-12-15T09:00:00+01:00" };
    await (await rut.get(`/arende/${number}/registrera`)).submit(/registrera$/, { title: "Kall mat", ...sneaky });
    await (await rut.get(`/arende/${number}/sortera`)).submit(/sortera$/, { subject: "food", unit: "syd", ...sneaky });
    await (await rut.get(`/arende/${number}/handling/1/uppgifter`)).submit(/uppgifter$/, { brief: "Kall mat", ...sneaky });
    assert.equal(await arrival(), before);

    /* No statement of the program writes them. */
    const statements = readdirSync(join(root, "src"), { recursive: true }).filter((f) => f.endsWith(".sql") && !f.includes("_test.sql")).map((f) => readFileSync(join(root, "src", f), "utf8")).join("\n");
    assert.doesNotMatch(statements.replace(/^--.*$/gm, ""), /UPDATE cases SET[^;]*received_us|UPDATE document\b|DELETE FROM document\b/);
    /* That the store itself refuses it, and that verify finds whoever goes around the store: src/vault/verify_test.c. */
});
