/* A case as staff meet it: work-list, case page, registering, handing over, notes, the reply, closing, opening again. */
import assert from "node:assert/strict";
import test from "node:test";
import { startSink } from "./smtp_sink.mjs";
import { PASSWORD, startTown, taken, lookInto } from "./town.mjs";

const next = (page) => page.byId("nasta");
/* Writes a note, a call or a message on the case page. */
const write = (page, kind, text) => {
    const form = page.forms.find((f) => f.fields.kind === kind);
    return page.client.post(form.action, new URLSearchParams({ ...form.fields, text }));
};
const title = (page) => page.body.match(/<title>([^<]*)<\/title>/)[1];

test("a case goes from the form to the reply, is closed, and opens when the person writes again", async (t) => {
    const town = await startTown(t);
    const { number, code } = await town.complain();
    const maria = await town.logIn("maria"), amir = await town.logIn("amir");
    const at = `/arende/${number}`;

    let page = await maria.get("/att-gora");
    assert.match(page.text, new RegExp(`Klagomål, ännu utan rubrik ${number}`));
    page = await maria.get(at);
    assert.equal(next(page), "Registrera ärendet");
    page = await page.submit(/registrera$/);
    assert.match(page.text, /Ärendet är registrerat/);
    assert.match(page.text, /EKHAMN-2026-0001/);
    assert.equal(next(page), "Sortera ärendet");

    page = await (await maria.get(`${at}/sortera`)).submit(/sortera$/, { title: "Fel matlåda tre dagar i rad", subject: "food", secret: "yes", provision: "26 kap. 1 § OSL" });
    assert.match(page.text, /Ändringarna är sparade/);
    assert.match(page.text, /Sekretessmarkerat/);
    assert.equal(next(page), "Lämna till ansvarig chef");

    page = await (await maria.get(`${at}/tilldela`)).submit(/tilldela$/, { manager: "amir", text: "Ring henne före lunch." });
    assert.equal(next(page), "Väntar på att någon tar över");
    assert.match(page.text, /lämnat till Amir Haddad, som inte har tagit över/);
    assert.equal(page.forms.some((f) => /ta-over/.test(f.action)), false, "only the owner takes it on");

    page = await amir.get(at);
    assert.equal(next(page), "Ta över ärendet");
    assert.match(page.text, /Ring henne före lunch/);
    page = await page.submit(/ta-over$/);
    assert.equal(next(page), "Skriv svaret");

    page = await write(page, "note", "Köket har svarat.");
    assert.match(page.text, /Anteckningen är sparad/);
    assert.match(page.text, /Köket har svarat/);

    page = await (await amir.get(`${at}/svar`)).submit(/svar$/, { step: "save", text: "Hej!\n\nJag beklagar.", measure_kind: "done", measure_done: "Köket märker lådorna" });
    assert.match(page.text, /Utkastet är sparat/);
    assert.equal(page.forms.find((f) => "text" in f.fields).fields.measure_done, "Köket märker lådorna", "the draft keeps the measure too");
    page = await page.submit(/svar$/, { step: "check" });
    assert.match(page.text, /Det här läser personen Hej! Jag beklagar\./);
    assert.match(page.text, /Fråga dem som berörs först/, "the routine's gates are shut");
    page = await page.submit(/svar$/, { step: "send", secrecy: "yes" });
    assert.equal(page.status, 422);
    assert.match(title(page), /^Fel:/);
    page = await page.submit(/svar$/, { step: "send", secrecy: "yes", sign_off: "yes", gate_reason: "Karin har sagt att hon är klar." });
    assert.match(page.text, /Svaret är skickat/);
    assert.match(page.body.slice(page.body.indexOf('id="hand"')), /Karin har sagt att hon är klar/, "what happened tells why");
    assert.equal(next(page), "Lämna ärendet för avslut");

    const person = town.client();
    let own = await (await person.get("/folj")).submit("number", { number, code });
    assert.match(own.text, /Hej! Jag beklagar\./);
    assert.doesNotMatch(own.text, /Köket har svarat|Karin har sagt|före lunch/, "notes and reasons stay inside");

    page = await (await amir.get(`${at}/avsluta`)).submit(/avsluta$/, { outcome: "" });
    assert.match(page.text, /Skriva ner vad ni har tagit reda på.*Undersök synpunkten\./, "the routine wants it looked into");
    await lookInto(amir, number);
    page = await (await amir.get(`${at}/avsluta`)).submit(/avsluta$/, { outcome: "" });
    assert.equal(page.status, 422);
    page = await page.submit(/avsluta$/, { outcome: "justified" });
    assert.match(page.text, /Ärendet är lämnat för avslut/, "the complaints officer closes it under this routine");
    assert.equal(next(page), "Väntar på avslut");
    assert.match((await maria.get("/att-gora")).text, /Avsluta ärendet/);
    page = await (await maria.get(`${at}/avsluta`)).submit(/avsluta$/);
    assert.match(page.text, /Ärendet är avslutat/);
    assert.match(page.text, /Utfall Befogat/);
    page = await amir.get(at);
    assert.equal(next(page), "Ett löfte är kvar", "the unit meeting");
    page = await page.submit("held", {});
    assert.match(page.text, /togs upp på APT/);
    assert.equal(next(page), "Ärendet är avslutat");
    assert.match((await amir.get("/att-gora")).text, /Allt är besvarat/);
    assert.match((await amir.get("/att-gora?vems=avslutade")).text, /Fel matlåda tre dagar i rad/);

    page = await page.submit(/oppna$/, { text: "" });
    assert.equal(page.status, 422);
    own = await own.submit("message", { message: "Nu hände det igen." });
    assert.equal(own.status, 200);
    page = await amir.get(at);
    assert.match(page.text, /Skrev igen, och ärendet öppnades/);
    assert.match(page.text, /Nu hände det igen/);
    assert.equal(next(page), "Skriv svaret", "a new reply is owed");
});

test("a closed case may be opened again with a reason", async (t) => {
    const town = await startTown(t);
    const { number, amir, maria } = await taken(town, { reply: "none" });
    await lookInto(amir, number);
    let page = await (await maria.get(`/arende/${number}/avsluta`)).submit(/avsluta$/, { outcome: "justified", measure_kind: "none" });
    assert.match(page.text, /Ärendet är avslutat/);
    page = await (await amir.get(`/arende/${number}`)).submit(/oppna$/, { text: "Personen ringde och var inte nöjd." });
    assert.match(page.text, /Ärendet är öppet igen/);
    assert.match(page.text, /Personen ringde och var inte nöjd/);
    assert.equal((await amir.get(`/arende/${number}`)).forms.some((f) => /oppna$/.test(f.action)), false);
});

test("a case one may not see and a case that does not exist give the same page, for everything one could do", async (t) => {
    const town = await startTown(t);
    const { number } = await taken(town);
    const eva = await town.logIn("eva");
    const csrf = (await eva.get("/att-gora")).forms.find((f) => f.fields.csrf).fields.csrf;
    const bare = (page) => page.text.replace(/numret \S+/, "").replaceAll(number, "N").replaceAll("2099-0001", "N");
    const parts = [["GET", ""], ["GET", "/sortera"], ["GET", "/tilldela"], ["GET", "/svar"], ["GET", "/avsluta"], ["GET", "/handling/1"], ["POST", "/sortera", { type: "complaint" }],
        ["POST", "/tilldela", { manager: "eva" }], ["POST", "/ta-over", { version: 1 }], ["POST", "/anteckning", { kind: "note", text: "hej" }], ["POST", "/anteckning", { kind: "note", text: "" }],
        ["POST", "/lofte", { what: "waive", code: "reply", text: "x" }], ["POST", "/uppgift/1", {}], ["POST", "/nytt-satt", { way: "phone" }], ["POST", "/kontakt", { reason: "call_back" }],
        ["POST", "/svar", { step: "send", text: "hej" }], ["POST", "/avsluta", { outcome: "answered" }], ["POST", "/oppna", { text: "x" }]];
    for (const [method, part, fields] of parts) {
        const ask = (n) => eva.request(method, `/arende/${n}${part}`, fields && { body: new URLSearchParams({ csrf, ...fields }) });
        const [hidden, missing] = [await ask(number), await ask("2099-0001")];
        assert.equal(missing.status, 404, `${method} ${part}: ${missing.text}`);
        assert.equal(hidden.status, 404, `${method} ${part}`);
        assert.equal(bare(hidden), bare(missing), `${method} ${part}`);
    }
    assert.doesNotMatch((await eva.get(`/arenden?q=${number}`)).text, /Fel matlåda/);
    assert.doesNotMatch((await eva.get("/arenden")).text, /Fel matlåda/);
});

test("a step that needs another role is refused, and its button is not there", async (t) => {
    const town = await startTown(t);
    const { number } = await taken(town);
    const karin = await town.logIn("karin");
    const page = await karin.get(`/arende/${number}`);
    assert.equal(next(page), "Inget att göra för dig");
    assert.doesNotMatch(page.body, /\/svar"|\/avsluta"|\/tilldela"/);
    assert.equal((await karin.get(`/arende/${number}/svar`)).status, 403);
    const { csrf } = page.forms.find((f) => f.fields.csrf).fields;
    for (const [part, fields] of [["svar", { step: "send", text: "hej" }], ["avsluta", { outcome: "answered" }], ["tilldela", { manager: "amir" }], ["ta-over", { version: 1 }], ["oppna", { text: "x" }], ["registrera", {}], ["lofte", { what: "waive", code: "reply", text: "x" }]]) {
        const refused = await karin.post(`/arende/${number}/${part}`, new URLSearchParams({ csrf, ...fields }));
        assert.ok([403, 409].includes(refused.status), `${part}: ${refused.status}`);
    }
    const noted = await write(page, "note", "Jag var där i går.");
    assert.match(noted.text, /Jag var där i går/);
});

test("two who write the reply at once lose nothing, and it is sent once", async (t) => {
    const town = await startTown(t);
    const { number, amir } = await taken(town);
    const second = await town.logIn("amir");
    const [one, two] = [await amir.get(`/arende/${number}/svar`), await second.get(`/arende/${number}/svar`)];
    await one.submit(/svar$/, { step: "save", text: "Den första texten" });
    let page = await two.submit(/svar$/, { step: "save", text: "Den andra texten" });
    assert.equal(page.status, 409);
    assert.match(page.text, /Någon annan hann före/);
    assert.match(page.text, /Den första texten/);
    assert.equal(page.forms.find((f) => "text" in f.fields).fields.text, "Den andra texten");
    page = await page.submit(/svar$/, { step: "check" });
    assert.match(page.text, /Det här läser personen Den andra texten/, "saving once more is meant");
    const sendings = await Promise.all([page.submit(/svar$/, { step: "send", secrecy: "yes", sign_off: "yes", gate_reason: "klart" }), page.submit(/svar$/, { step: "send", secrecy: "yes", sign_off: "yes", gate_reason: "klart" })]);
    assert.deepEqual(sendings.map((p) => p.status).sort(), [200, 409], sendings.map((p) => p.text).join("\n"));
    page = await amir.get(`/arende/${number}`);
    assert.equal(page.body.match(/Skickade svaret: Amir Haddad står för det\./g).length, 1);
});

test("somebody else's change is noticed: nothing is done, everything written is still there", async (t) => {
    const town = await startTown(t);
    const { number } = await town.complain();
    const [one, two] = [await town.logIn("maria"), await town.logIn("maria")];
    const form = await one.get(`/arende/${number}/sortera`), other = await two.get(`/arende/${number}/sortera`);
    await form.submit(/sortera$/, { title: "Först", subject: "food" });
    let page = await other.submit(/sortera$/, { title: "Sedan", subject: "safety" });
    assert.equal(page.status, 409);
    assert.match(page.text, /Någon annan hann före/);
    assert.equal(page.forms.find((f) => "title" in f.fields).fields.title, "Sedan");
    assert.match((await one.get(`/arende/${number}`)).text, /Först/);
    page = await page.submit(/sortera$/);
    assert.match(page.text, /Sedan/);
});

test("faults keep what was written and say what to do; nothing written becomes markup", async (t) => {
    const town = await startTown(t);
    const evil = `<script>alert(1)</script>"><b>&amp;`;
    const { number, amir, maria } = await taken(town, { story: evil });
    const at = `/arende/${number}`;
    let page = await (await maria.get(`${at}/sortera`)).submit(/sortera$/, { title: `${evil} ${"x".repeat(120)}`, secret: "yes", provision: "", unit: "nowhere" });
    assert.equal(page.status, 422);
    assert.match(title(page), /^Fel:/);
    assert.match(page.text, /Skriv vilken bestämmelse markeringen gäller/);
    assert.match(page.text, /Ta bort \d+ tecken/);
    assert.ok(page.forms.find((f) => "title" in f.fields).fields.title.startsWith(evil));
    await page.submit(/sortera$/, { title: evil, provision: evil, unit: "norr" });
    const empty = await write(await amir.get(at), "note", " \n ");
    assert.equal(empty.status, 422);
    assert.match(title(empty), /^Fel:/);
    const { csrf } = empty.forms.find((f) => f.fields.csrf).fields;
    for (const kind of ["note", "investigation", "analysis", "jot", "message"]) {
        page = await amir.post(`${at}/anteckning`, new URLSearchParams({ csrf, kind, text: evil }));
        assert.equal(page.status, 200);
        const long = await amir.post(`${at}/anteckning`, new URLSearchParams({ csrf, kind, text: "å".repeat(20001) }));
        assert.equal(long.status, 422);
        assert.ok(long.body.includes("å".repeat(20001)), "everything is still there");
    }
    page = await amir.post(`${at}/lofte`, new URLSearchParams({ csrf, what: "waive", code: "reply", text: evil }));
    await (await amir.get(`${at}/svar`)).submit(/svar$/, { step: "check", text: evil, measure_kind: "later", measure_later: evil });
    for (const path of [at, `${at}/svar`, `${at}/svar?visa=1`, `${at}/avsluta`, `${at}/sortera`, `${at}/tilldela`, `${at}/handling/1`, "/att-gora", `/arenden?q=${encodeURIComponent(evil)}`]) {
        page = await amir.get(path);
        assert.equal(page.status, 200, path);
        assert.doesNotMatch(page.body, /<script>|<b>/, path);
        assert.ok(page.text.includes(`alert(1)`) || path === "/att-gora", path);
    }
    for (const fields of [{ kind: "poem", text: "x" }, { text: "x" }, {}]) assert.equal((await amir.post(`${at}/anteckning`, new URLSearchParams({ csrf, ...fields }))).status, 400);
    assert.equal((await amir.post(`${at}/lofte`, new URLSearchParams({ csrf, what: "keep", code: "closed" }))).status, 422);
    assert.equal((await amir.get(`${at}/handling/99`)).status, 404);
    assert.equal((await amir.get(`${at}/handling/x`)).status, 404);
});

test("contact details are hidden, shown once for a reason, and that is written down", async (t) => {
    const town = await startTown(t);
    const { number, amir, page } = await taken(town, { reply: "phone", phone: "070-174 06 33", name: "Gunnel Berg" });
    assert.doesNotMatch(page.body, /Gunnel|070-174/);
    let shown = await page.submit(/kontakt$/, { reason: "" });
    assert.equal(shown.status, 422);
    assert.doesNotMatch(shown.body, /Gunnel|070-174/);
    shown = await page.submit(/kontakt$/, { reason: "curiosity" });
    assert.equal(shown.status, 422);
    shown = await page.submit(/kontakt$/, { reason: "call_back" });
    assert.equal(shown.status, 200);
    assert.match(shown.text, /Gunnel Berg/);
    assert.match(shown.text, /070-174 06 33/);
    assert.match(shown.headers.get("cache-control"), /no-store/);
    const again = await amir.get(`/arende/${number}`);
    assert.doesNotMatch(again.body, /Gunnel|070-174/);
    assert.match(again.text, /Visade kontaktuppgifter: Ringa upp\./);
    assert.match(again.text, /Visat 1 gång: Amir Haddad/);
});

test("a reply by letter keeps its promise when somebody has posted it, not before", async (t) => {
    const town = await startTown(t);
    const { number, amir } = await taken(town, { unit: "norr", reply: "letter", name: "Anna Berg", address: "Storgatan 1\n123 45 Ekhamn" });
    let page = await amir.get(`/arende/${number}`);
    assert.match(page.text, /Posta beskedet om vem som tar över/);
    await page.submit(/uppgift/);
    page = await (await amir.get(`/arende/${number}/svar`)).submit(/svar$/, { step: "check", text: "Hej!" });
    page = await page.submit(/svar$/, { step: "send", secrecy: "yes", sign_off: "yes", gate_reason: "klart" });
    assert.match(page.text, /Nu ska det postas eller ringas/);
    assert.equal(next(page), "Posta brevet");
    assert.match(page.text, /Svara Senast/);
    const paper = await amir.get(page.body.match(/href="([^"]+)"[^>]*>\s*<svg(?:(?!href)[\s\S])*?<\/svg>\s*Öppna brevet och skriv ut/)[1]);
    assert.match(paper.text, /Hej!/, "the letter itself");
    assert.match(paper.body, /href="[^"]+\/brev\/\d+\.pdf"/, "a file for printing");
    const task = page.forms.find((f) => /uppgift/.test(f.action));
    page = await page.submit(/uppgift/);
    assert.match(page.text, /Det är avbockat/);
    assert.match(page.text, /Svara Hållet/);
    assert.equal((await amir.post(task.action, new URLSearchParams(task.fields))).status, 409, "it is ticked off once");
});

test("a mail that is refused is shown, and the promise counts as kept when another way is chosen", async (t) => {
    const sink = await startSink();
    t.after(() => sink.close());
    const town = await startTown(t, { config: [`smtp_url = ${sink.url()}`, "smtp_tls = none", "mail_from = synpunkter@ekhamn.example"] });
    const { number, amir } = await taken(town, { reply: "email", email: "borta@example.se" });
    await sink.mailsTo("borta@example.se"); /* the acknowledgement */
    sink.refuse = () => "550 5.1.1 no such user";
    let page = await (await amir.get(`/arende/${number}/svar`)).submit(/svar$/, { step: "check", text: "Hej!" });
    page = await page.submit(/svar$/, { step: "send", secrecy: "yes", sign_off: "yes", gate_reason: "klart" });
    for (let n = 0; n < 100 && !/Mejlet gick inte fram: svaret/.test(page.text); n++) {
        await new Promise((done) => setTimeout(done, 100));
        page = await amir.get(`/arende/${number}`);
    }
    assert.match(page.text, /Löftet räknas inte som hållet/);
    assert.equal(next(page), "Välj ett annat sätt att nå personen");
    assert.match(page.text, /Svara Senast/);
    page = await page.submit(/nytt-satt$/, { way: "" });
    assert.equal(page.status, 422);
    page = await page.submit(/nytt-satt$/, { way: "code" });
    assert.match(page.text, /Det nya sättet att nå personen gäller nu/);
    assert.match(page.text, /Svara Hållet/);
    assert.doesNotMatch(page.body, /borta@example\.se/);
});

test("a mail that waits for its next try is shown as that, and what language the person reads", async (t) => {
    const sink = await startSink();
    t.after(() => sink.close());
    sink.refuse = () => "450 4.2.1 try again";
    const town = await startTown(t, { config: [`smtp_url = ${sink.url()}`, "smtp_tls = none", "mail_from = synpunkter@ekhamn.example"] });
    const form = await town.client().get("/synpunkter?lang=en");
    const receipt = await form.submit("story", { type: "complaint", story: "Wrong lunch box.", unit: "norr", reply: "email", email: "anna@example.se" });
    const at = `/arende/${receipt.byId("case-number")}`, maria = await town.logIn("maria");
    let page;
    for (let n = 0; n < 100 && !/har inte kommit iväg än/.test((page = await maria.get(`${at}?n=${n}`)).text); n++) await new Promise((done) => setTimeout(done, 100));
    assert.match(page.text, /Ett mejl till personen har inte kommit iväg än Mejlservern svarade inte\. \d+ försök är gjor(t|da)\. Nästa försök görs /);
    assert.match(page.text, /Språk Engelska/);
    const { number } = await town.complain();
    assert.doesNotMatch((await maria.get(`/arende/${number}`)).text, /Språk Svenska|har inte kommit iväg/);
});

test("everything one may do can be reached, also while something else comes first", async (t) => {
    const sink = await startSink();
    t.after(() => sink.close());
    sink.refuse = () => "550 5.1.1 no such user";
    const town = await startTown(t, { config: [`smtp_url = ${sink.url()}`, "smtp_tls = none", "mail_from = synpunkter@ekhamn.example"] });
    const { number } = await town.complain({ reply: "email", email: "borta@example.se" });
    const maria = await town.logIn("maria"), amir = await town.logIn("amir");
    let page = await maria.get(`/arende/${number}`);
    for (let n = 0; n < 100 && next(page) !== "Välj ett annat sätt att nå personen"; n++) {
        await new Promise((done) => setTimeout(done, 100));
        page = await maria.get(`/arende/${number}`);
    }
    assert.equal(next(page), "Välj ett annat sätt att nå personen");
    page = await page.submit(/registrera$/);
    assert.match(page.text, /Ärendet är registrerat/);
    assert.match(page.body, /\/sortera"/);
    await (await maria.get(`/arende/${number}/tilldela`)).submit(/tilldela$/, { manager: "amir" });
    page = await (await amir.get(`/arende/${number}`)).submit(/ta-over$/);
    assert.match(page.text, /Du har tagit över ärendet/);
    for (const part of ["svar", "avsluta", "tilldela", "sortera"]) assert.match(page.body, new RegExp(`/${part}"`));
});

test("the work-list groups by date, filters, finds by number and words, and turns its pages", async (t) => {
    const town = await startTown(t);
    const maria = await town.logIn("maria");
    for (let n = 0; n < 52; n++) await town.complain({ unit: n % 2 ? "skola" : "syd", story: n === 7 ? "Gungan på gården är trasig." : `Synpunkt nummer ${n}` });
    let page = await maria.get("/att-gora");
    assert.match(page.text, /Mina \(52\)/);
    assert.equal(page.body.match(/class="gv-row"/g).length, 50);
    const more = page.body.match(/href="(\/att-gora\?[^"]*efter=[^"]*)"/)[1].replaceAll("&amp;", "&");
    const rest = await maria.get(more);
    assert.equal(rest.body.match(/class="gv-row"/g).length, 2);
    const numbers = (p) => [...p.body.matchAll(/href="\/arende\/([^"]+)"/g)].map((m) => m[1]);
    assert.equal(new Set([...numbers(page), ...numbers(rest)]).size, 52, "each case once");
    page = await maria.get("/att-gora?enhet=skola");
    assert.equal(page.body.match(/class="gv-row"/g).length, 26);
    assert.match(page.text, /I morgon|tisdag 15 december|Tisdag 15 december|onsdag|Onsdag/i);
    page = await maria.get("/arenden?q=2026%207");
    assert.match(page.text, /2026-0007/);
    page = await maria.get("/arenden?q=xyzzy");
    assert.match(page.text, /Ingen träff på ”xyzzy”/);
    for (let n = 0; n < 100 && !/2026-0008/.test((page = await maria.get("/arenden?q=trasiga")).text); n++) await new Promise((done) => setTimeout(done, 100));
    assert.match(page.text, /2026-0008/, "words are found by their stem");
    /* the words keep to the list and its filters; a number finds the case wherever it is */
    const finds = async (query) => numbers(await maria.get(query)).includes("2026-0008");
    for (const [query, found] of [["/arenden?q=trasiga&enhet=skola", true], ["/arenden?q=trasiga&enhet=syd", false], ["/arenden?q=trasiga&amne=food", false],
        ["/arenden?q=trasiga&lofte=reply", false], ["/arenden?q=trasiga&vems=avslutade", false], ["/att-gora?q=trasiga", true], ["/arenden?q=2026-0008&enhet=syd", true]])
        assert.equal(await finds(query), found, query);
    page = await maria.get("/arenden?q=trasiga&enhet=syd");
    const wider = page.body.match(/href="([^"]+)">Sök på samma ord i alla ärenden/)[1].replaceAll("&amp;", "&");
    assert.ok(await finds(wider), "one step to the same words everywhere");
    await (await maria.get("/arende/2026-0008/tilldela")).submit(/tilldela$/, { manager: "eva" });
    assert.equal(await finds("/att-gora?q=trasiga"), true, "hers until eva has taken it");
    await (await (await town.logIn("eva")).get("/arende/2026-0008")).submit(/ta-over$/);
    assert.equal(await finds("/att-gora?q=trasiga"), false, "not maria's own any longer");
    assert.equal(await finds("/arenden?q=trasiga"), true);
    town.setClock("2027-02-01T10:00:00+01:00");
    page = await (await town.logIn("maria")).get("/att-gora?enhet=skola"); /* the old session is over */
    assert.match(page.text, /Försenat \d+ ärenden/);
    assert.match(page.text, /\d+ dagar sent/);
    for (const odd of ["efter=1", "efter=a-b", "efter=-1--1", "vems=x", "lofte=%27", "enhet=nope", "amne=nope", "q=%00", `q=${"x".repeat(1000)}`]) assert.ok((await maria.get(`/att-gora?${odd}`)).status < 500, odd);
});

test("a file that came with the case is a download with its own name", async (t) => {
    const town = await startTown(t);
    const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
    const { number } = await town.complain({}, { files: [["låda på bordet.png", png, "image/png"]] });
    const maria = await town.logIn("maria");
    const page = await maria.get(`/arende/${number}`);
    assert.match(page.text, /låda på bordet\.png/);
    const href = page.body.match(/href="(\/arende\/[^"]+\/handling\/\d+)">låda/)[1];
    const file = await maria.get(href);
    assert.equal(file.status, 200);
    assert.match(file.headers.get("content-disposition"), /^attachment/);
    assert.match(decodeURIComponent(file.headers.get("content-disposition")), /låda på bordet\.png/);
    const story = await maria.get(`/arende/${number}/handling/1`);
    assert.match(story.text, /Jag vill att någon ringer/);
});

test("after logging in one stands where one wanted to go, and never on another site", async (t) => {
    const town = await startTown(t);
    const logIn = async (till) => {
        const client = town.client();
        const form = await client.get(`/logga-in?till=${encodeURIComponent(till)}`);
        const { action, fields } = form.forms.find((f) => "password" in f.fields);
        const answer = await client.request("POST", action, { body: new URLSearchParams({ ...fields, user: "maria", password: PASSWORD }) });
        assert.equal(answer.status, 303);
        return answer.headers.get("location");
    };
    assert.equal(await logIn("/arenden?q=%C3%A5+%26b"), "/arenden?q=%C3%A5+%26b");
    assert.equal(await logIn("/arenden?q=fel matlåda"), "/arenden?q=fel%20matl%C3%A5da");
    for (const evil of ["//evil.example", "/\\evil.example", "https://evil.example"]) assert.equal(await logIn(evil), "/att-gora", evil);
    for (const odd of ["/\t/evil.example", "/\r\n/evil.example", "/x\\..\\evil"]) assert.equal(new URL(await logIn(odd), town.url).origin, town.url, JSON.stringify(odd));
});

test("whoever reads the case while its draft is written is never told to try again", async (t) => {
    const town = await startTown(t);
    const { number, amir, maria } = await taken(town, {});
    let page = await (await amir.get(`/arende/${number}/svar`)).submit(/svar$/, { step: "save", text: "Utkast 0" });
    let writing = true, n_read = 0;
    const statuses = new Map();
    const reader = async (client, path) => {
        while (writing) {
            const { status } = await client.get(`${path}?n=${n_read++}`);
            statuses.set(status, (statuses.get(status) ?? 0) + 1);
        }
    };
    const readers = [maria, amir, maria].map((client) => reader(client, `/arende/${number}`));
    for (let n = 1; n <= 60; n++) page = await page.submit(/svar$/, { step: "save", text: `Utkast ${n}` });
    writing = false;
    await Promise.all(readers);
    assert.deepEqual([...statuses.keys()], [200], JSON.stringify([...statuses]));
    assert.ok(n_read > 20, `${n_read} readings`);
});
