/* Staff take in what people say (/ta-emot): a case, a counted line or nothing, as the unit's routine says. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import test from "node:test";
import { ENGINE } from "../gava.mjs";
import { addRoutines, startTown } from "./town.mjs";

const formOf = (fields, files = []) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    for (const [name, bytes] of files) body.append("files", new Blob([bytes], { type: "text/plain" }), name);
    return body;
};

/* Fills in and sends the form as it stands for the unit. */
async function takeIn(client, { unit = "norr", ...fields } = {}, files = {}) {
    const page = await client.get(`/ta-emot?unit=${unit}`);
    return page.submit("story", { channel: "phone", story: "Ingen kom i går.", reply: "code", ...fields }, files);
}

test("a plain employee takes in a complaint by telephone, gives number and code, and sees that case and nothing else", async (t) => {
    const town = await startTown(t);
    const other = await town.complain();
    const lena = await town.logIn("lena");
    assert.equal((await lena.get(`/arende/${other.number}`)).status, 404);
    const page = await takeIn(lena, { formalised: "yes", type: "complaint", reply: "phone", phone: "070-174 06 33", name: "Gunnel Berg", role: "relative" });
    assert.match(page.path, /^\/ta-emot\/kvitto\/2026-0002$/, page.text);
    const [number, code] = [page.byId("case-number"), page.byId("case-code")];
    assert.match(page.text, /Du får svar/, "what one promised");

    const own = await lena.get(`/arende/${number}`);
    assert.equal(own.status, 200);
    assert.match(own.text, /Ingen kom i går/);
    assert.match(own.text, /Lena Holm/);
    assert.doesNotMatch(own.body, /Gunnel Berg|174 06 33/, "contact details stay in the vault");
    assert.equal((await lena.get(`/arende/${other.number}`)).status, 404);
    assert.match((await lena.get("/arenden")).text, new RegExp(number));
    assert.doesNotMatch((await lena.get("/arenden")).text, new RegExp(other.number));

    const person = await (await town.client().get("/folj")).submit("number", { number, code });
    assert.match(person.text, /Ingen kom i går/);
    const karin = await town.logIn("karin");
    assert.equal((await karin.get(`/ta-emot/kvitto/${number}`)).status, 404, "the code is only for whoever took it in");
    assert.match((await (await town.logIn("maria")).get(`/arende/${number}`)).text, /Ingen kom i går/);

    town.setClock("2026-12-14T10:30:00+01:00");
    const later = await lena.get(`/ta-emot/kvitto/${number}`);
    assert.equal(later.byId("case-code"), null, "an hour later the code is not shown any more");
});

/* With a unit under each of the five routines. */
async function startTownOfFive(t) {
    const town = await startTown(t);
    addRoutines(town);
    return town;
}
const asked = (page) => ["formalised", "asked_complaint", "informed", "write_self", "read_back", "promise", "role", "on_behalf", "spoken"].filter((name) => new RegExp(`name="${name}"`).test(page.body));
const tallies = (town) => ENGINE === "sqlite" ? sql(town, "SELECT kind || ' ' || channel || ' ' || type FROM tally ORDER BY id") : null;
const sql = (town, statement) => spawnSync("sqlite3", [join(town.where[1], "ekhamn", "register.db"), statement], { encoding: "utf8" }).stdout.trim().split("\n").filter(Boolean);

test("each routine asks its own questions and shows its own advice, and what was typed stays when the unit changes", async (t) => {
    const town = await startTownOfFive(t);
    const lena = await town.logIn("lena");
    let page = await lena.get("/ta-emot");
    assert.equal(page.forms.find((f) => "story" in f.fields).fields.unit, "syd", "one's own unit to begin with");
    const expected = { syd: ["formalised", "write_self", "read_back"], fritid: ["asked_complaint", "promise"], skola: [], social: ["asked_complaint", "informed", "write_self"], kista: [] };
    const advice = { syd: /alla har fog.*Undersök.*Be om ursäkt.*tillmötesgående.*försvarsinställd.*Skicka inte den klagande vidare.*Förvissa dig om att personen vill få synpunkten formaliserad.*Så säger rutinen.*uttryckt missnöje/, fritid: /Gåvoprincipen.*Tacka kunden.*Förklara varför.*Beklaga.*inte "Vi beklagar".*Fråga efter.*Gör vad du lovat.*Följ upp.*Vidta förebyggande åtgärder.*inlindade.*även om du känner dig provocerad/,
        skola: /professionellt sätt.*positivt förhållningssätt/, social: /Lyssna aktivt och med intresse.*Tacka.*Beklaga.*tas om hand.*intresse och respekt.*Fråga om det ska behandlas som ett klagomål/, kista: /artigt och respektfullt.*Tacka för att personen gjorde sig besväret/ };
    for (const [unit, questions] of Object.entries(expected)) {
        page = await page.submit("story", { unit, story: "Maten var kall.", name: "Gunnel", reply: "phone", phone: "inget nummer", recount: "1" });
        assert.equal(page.status, 200, "nothing is checked yet");
        assert.deepEqual(asked(page).filter((name) => !["role", "on_behalf", "spoken"].includes(name)), questions, unit);
        assert.match(page.text, advice[unit], unit);
        const { fields } = page.forms.find((f) => "story" in f.fields);
        assert.deepEqual([fields.story, fields.name, fields.phone, fields.reply, fields.unit], ["Maten var kall.", "Gunnel", "inget nummer", "phone", unit]);
    }
    assert.match((await lena.get("/ta-emot?unit=skola")).text, /Säg det här innan ni slutar Senast onsdag 16 december/);
});

test("who does not want it taken further is counted, without a word or a person", async (t) => {
    const town = await startTown(t);
    const lena = await town.logIn("lena");
    let page = await takeIn(lena, { formalised: "" });
    assert.equal(page.status, 422);
    assert.match(page.text, /Svara om personen vill att vi tar det vidare/, "this routine always asks");
    page = await page.submit("story", { formalised: "no", channel: "visit", type: "complaint", name: "Gunnel Berg", reply: "phone", phone: "x" });
    assert.match(page.text, /Räknat\. Inget ärende skapades/);
    const again = await page.client.get("/arenden");
    assert.doesNotMatch(again.text, /2026-0001/);
    if (ENGINE === "sqlite") {
        assert.deepEqual(tallies(town), ["declined visit complaint"]);
        assert.deepEqual(sql(town, "SELECT COUNT(*) FROM cases"), ["0"]);
    }
    page = await takeIn(lena, { formalised: "no" }, { files: [["brev.txt", "Hej, jag vill klaga.", "text/plain"]] });
    assert.equal(page.status, 422);
    assert.match(page.text, /allmän handling/, "what was handed over is a document");
});

test("put right on the spot: registered, counted or left out, as the routine says", async (t) => {
    const town = await startTownOfFive(t);
    const lena = await town.logIn("lena"), maria = await town.logIn("maria");
    const right = { spot: "yes", done: "Jag bytte matlådan.", satisfied: "yes", reply: "" };
    let page = await takeIn(lena, { ...right, unit: "skola" });
    assert.match(page.text, /Räknat som löst på stället/, "nordanstig counts");
    page = await takeIn(lena, { ...right, unit: "social", informed: "yes" });
    assert.match(page.text, /Klart\. Inget registrerades/, "motala leaves out what was only said");
    page = await takeIn(lena, { ...right, unit: "social", informed: "yes" }, { files: [["lapp.txt", "Fel låda.", "text/plain"]] });
    assert.ok(page.byId("case-number"), "with a paper it is a document, and a case");
    page = await takeIn(lena, { ...right, formalised: "yes", done: "" });
    assert.equal(page.status, 422);
    assert.match(page.text, /Skriv vad du gjorde/);
    page = await page.submit("story", { done: "Jag bytte matlådan." });
    const number = page.byId("case-number");
    assert.ok(number, "nacka registers and sorts it");
    page = await maria.get(`/arende/${number}`);
    assert.match(page.text, /Löstes på stället, och personen är nöjd/);
    assert.match(page.text, /Jag bytte matlådan/);
    assert.equal(page.byId("nasta"), "Registrera ärendet");
    page = await page.submit(/registrera$/);
    assert.equal(page.byId("nasta"), "Sortera ärendet");
    page = await (await maria.get(`/arende/${number}/sortera`)).submit(/sortera$/, { type: "complaint", title: "Fel matlåda", subject: "food" });
    assert.equal(page.byId("nasta"), "Avsluta ärendet", "it is answered: nobody has to take it on");
    page = await (await maria.get(`/arende/${number}/avsluta`)).submit(/avsluta$/, { outcome: "justified" });
    assert.match(page.text, /Ärendet är avslutat/);
    page = await takeIn(lena, { unit: "skola", spot: "yes", done: "Jag bad om ursäkt.", satisfied: "no" });
    const open = await maria.get(`/arende/${page.byId("case-number")}`);
    assert.match(open.text, /Något gjordes på stället/, "not satisfied: an ordinary case");
    assert.match(open.text, /Jag bad om ursäkt/);
    if (ENGINE === "sqlite") assert.deepEqual(tallies(town), ["on_spot phone unknown"]);
});

test("the same form sent twice makes one case; a fault keeps everything, chosen files too; nobody needs a name", async (t) => {
    const town = await startTown(t);
    const lena = await town.logIn("lena");
    const form = await lena.get("/ta-emot?unit=skola");
    let page = await form.submit("story", { channel: "", story: "Det drar i salen.", reply: "phone", phone: "12", role: "pupil", on_behalf: "group", said_on: "2026-12-15", promise: "" }, { files: [["bild.txt", "En bild.", "text/plain"]] });
    assert.equal(page.status, 422);
    for (const fault of [/Välj hur synpunkten kom in/, /Skriv en dag och ett klockslag som har varit/, /telefonnummer/]) assert.match(page.text, fault);
    assert.match(page.text, /bild\.txt/);
    const { fields } = page.forms.find((f) => "story" in f.fields);
    assert.deepEqual([fields.story, fields.phone, fields.role, fields.on_behalf, fields.said_on, fields.kept], ["Det drar i salen.", "12", "pupil", "group", "2026-12-15", "0"]);
    const right = { channel: "visit", reply: "none", said_on: "2026-12-11", said_at: "16:30" };
    const first = await page.submit("story", right), second = await page.submit("story", right);
    assert.equal(first.byId("case-number"), "2026-0001", first.text);
    assert.equal(second.byId("case-number"), "2026-0001");
    assert.equal(second.byId("case-code"), first.byId("case-code"));
    const seen = await (await town.logIn("eva")).get("/arende/2026-0001");
    assert.match(seen.text, /bild\.txt/);
    assert.match(seen.text, /Personen vill inte ha något svar/);
    assert.match(seen.text, /11 december/, "it arrived when it was said");
    assert.doesNotMatch((await lena.get("/arenden")).text, /2026-0002/);
});

test("a promise made there and then becomes a task of the case", async (t) => {
    const town = await startTownOfFive(t);
    const lena = await town.logIn("lena");
    const page = await takeIn(lena, { unit: "fritid", asked_complaint: "yes", promise: "Ringa Gunnel före lunch på torsdag", promise_by: "2026-12-17", promise_who: "me" });
    const number = page.byId("case-number");
    let seen = await lena.get(`/arende/${number}`);
    assert.match(seen.text, /Klagomål/, "asked: it is a complaint");
    assert.match(seen.text, /Ringa Gunnel före lunch på torsdag/);
    assert.match(seen.text, /Lovat: Ringa Gunnel före lunch på torsdag \(Lena Holm\), senast torsdag 17 december/);
    assert.match((await lena.get("/att-gora")).text, new RegExp(number), "hers until somebody has taken it on");
    seen = await seen.submit(/uppgift/);
    assert.match(seen.text, /Bockade av: det som lovades är gjort/);
});

test("a draft is kept over the end of a session, opened by its author only, thrown away by a button, swept with a warning", async (t) => {
    const town = await startTown(t);
    let lena = await town.logIn("lena");
    let page = await lena.get("/ta-emot?unit=skola");
    const begun = page.forms.find((f) => "story" in f.fields).fields;
    page = await lena.post("/ta-emot/utkast", formOf({ ...begun, channel: "visit", story: "Hon var mitt i en mening", save: "1" }, [["lapp.txt", "Fel låda."]]));
    assert.match(page.text, /Utkastet är sparat/);
    assert.match(page.text, /Fortsätt: Ekskolan – Hon var mitt i en mening/);
    assert.match(page.text, /Raderas måndag 28 december/);
    const script = await lena.request("POST", "/ta-emot/utkast", { body: new URLSearchParams({ ...begun, story: "Hon var mitt i en mening, och fortsatte" }), headers: { "HX-Request": "true" } });
    assert.equal(script.body, "Sparat kl. 09.12");

    const karin = await town.logIn("karin");
    assert.doesNotMatch((await karin.get("/ta-emot")).text, /Hon var mitt i/);
    assert.equal((await karin.get("/ta-emot?utkast=1")).status, 404);
    const csrf = (await karin.get("/ta-emot")).forms.find((f) => "story" in f.fields).fields.csrf;
    assert.equal((await karin.post("/ta-emot/utkast", new URLSearchParams({ csrf, form_token: begun.form_token, story: "x" }))).status, 403);
    assert.equal((await karin.post("/ta-emot/utkast/1/kasta", new URLSearchParams({ csrf }))).status, 404);

    assert.match((await lena.get("/ta-emot?utkast=1")).text, /lapp\.txt/, "at once");
    town.setClock("2026-12-26T12:00:00+01:00");
    lena = await town.logIn("lena"); /* another browser, days later */
    assert.match((await lena.get("/ta-emot")).body, /<strong>Raderas /, "soon");
    page = await lena.get("/ta-emot?utkast=1");
    assert.equal(page.forms.find((f) => "story" in f.fields).fields.story, "Hon var mitt i en mening, och fortsatte");
    assert.match(page.text, /lapp\.txt/, "its files are there too");
    page = await page.submit("story", { channel: "visit", reply: "code" });
    assert.equal(page.byId("case-number"), "2026-0001", page.text);
    assert.doesNotMatch((await lena.get("/ta-emot")).text, /Påbörjat/);
    const late = await lena.request("POST", "/ta-emot/utkast", { body: new URLSearchParams({ ...begun, csrf: (await lena.get("/ta-emot")).forms.find((f) => "story" in f.fields).fields.csrf, story: "sent" }), headers: { "HX-Request": "true" } });
    assert.equal(late.status, 409, "what comes late does not bring the draft back");

    page = await lena.get("/ta-emot");
    page = await lena.post("/ta-emot/utkast", formOf({ ...page.forms.find((f) => "story" in f.fields).fields, story: "Bort med det", save: "1" }));
    page = await page.submit(/kasta$/);
    assert.match(page.text, /Utkastet är kastat/);
    assert.doesNotMatch(page.text, /Bort med det/);
});

test("everybody who may complain is in the list, and each way to get the answer is kept; a text message and a meeting are tasks", async (t) => {
    const town = await startTown(t);
    const lena = await town.logIn("lena"), maria = await town.logIn("maria"), amir = await town.logIn("amir");
    const form = await lena.get("/ta-emot?unit=norr");
    const options = (name) => [...form.body.match(new RegExp(`<select[^>]*name="${name}"[\\s\\S]*?</select>`))[0].matchAll(/value="([^"]*)"/g)].map((m) => m[1]);
    assert.deepEqual(options("role").sort(), ["authority", "care_provider", "guardian", "organisation", "other", "partner", "provider", "pupil", "relative", "resident", "service_user", "staff", "unknown"]);
    const ways = { phone: [{ phone: "0980-319 201" }, /Personen vill bli uppringd/], email: [{ email: "gunnel@ekhamn.example" }, /Svar önskas med e-post/], letter: [{ address: "Gunnel Berg\nStorgatan 1" }, /Svar önskas med brev/],
        sms: [{ sms: "070-174 06 33" }, /Svar önskas med sms/], meeting: [{ meeting: "070-174 06 33" }, /vill få svaret vid ett möte/], code: [{}, /hämtar svaret på webbplatsen/], none: [{}, /vill inte ha något svar/] };
    const numbers = {};
    for (const [reply, [fields, words]] of Object.entries(ways)) {
        const page = await takeIn(lena, { formalised: "not_asked", reply, spoken: "fi", role: "care_provider", on_behalf: "client", ...fields });
        numbers[reply] = page.byId("case-number");
        assert.ok(numbers[reply], page.text);
        const seen = await maria.get(`/arende/${numbers[reply]}`);
        assert.match(seen.text, words, reply);
        assert.match(seen.text, /Mottagen av Lena Holm, undersköterska.*Personen är Vårdgivare För vem För någon som hon eller han arbetar för Talar Finska/, reply);
    }
    for (const [reply, next, ticked] of [["sms", "Skicka ett sms", /sms:et är skickat/], ["meeting", "Träffa personen", /mötet är hållet/]]) {
        const at = `/arende/${numbers[reply]}`;
        await (await maria.get(at)).submit(/registrera$/);
        await (await maria.get(`${at}/sortera`)).submit(/sortera$/, { type: "complaint", title: "Ingen kom", subject: "continuity" });
        await (await maria.get(`${at}/tilldela`)).submit(/tilldela$/, { manager: "amir" });
        let page = await (await amir.get(at)).submit(/ta-over$/);
        page = await (await amir.get(`${at}/svar`)).submit(/svar$/, { step: "check", text: "Hej! Jag beklagar.", measure_kind: "none" });
        page = await page.submit(/svar$/, { step: "send", sign_off: "yes", gate_reason: "Alla är tillfrågade." });
        assert.equal(page.byId("nasta"), next, page.text);
        page = await page.submit(/uppgift/);
        assert.match(page.text, ticked);
    }
});
