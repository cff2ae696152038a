/* The reply's editor: the municipality's own letters and phrases, what the person asked for, gentle hints, the secrecy check, and
 * that no half-written word is lost, not by two writers and not by forty. Under node --test, on both engines (GAVA_TEST_ENGINE). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { startTown, taken } from "./town.mjs";

const REASON = "De som berörs har sagt sitt.";
const partial = { "HX-Request": "true" };
/* The editor's form as a browser would send it, with changes, to another address of the editor. */
const send = (page, to, changes, headers) => {
    const form = page.forms.find((f) => /svar$/.test(f.action));
    return page.client.post(`${form.action}${to}`, new URLSearchParams(Object.entries({ ...form.fields, ...changes }).flatMap(([k, v]) => [v].flat().map((one) => [k, one]))), headers);
};

test("the municipality writes its own letter: looked at, kept with its versions, used, and taken back", async (t) => {
    const town = await startTown(t);
    const { number, code, maria, amir } = await taken(town);
    let page = await maria.get("/admin/brev?rutin=nacka-socialtjanst");
    assert.match(page.text, /Svar: det som står runt texten Rutinens text gäller\./);
    page = await maria.get("/admin/brev/reply?rutin=nacka-socialtjanst&sprak=sv");
    assert.match(page.byId("forhand"), /Här står det som du skriver i svaret\. Är du inte nöjd\? Skriv till oss på https:\/\/synpunkter/);
    const own = "{{text}}\n\nMed vänlig hälsning från {{municipality}}. Ring {{förnamn}}.";
    page = await page.submit(/brev\/reply$/, { step: "save", subject: "Vårt svar {{case_number}}", body: own });
    assert.equal(page.status, 422);
    assert.match(page.text, /Det finns inget fält som heter förnamn/);
    assert.equal(page.forms.find((f) => "body" in f.fields).fields.body, own, "what was written is kept");
    page = await page.submit(/brev\/reply$/, { step: "save", subject: "Vårt svar {{case_number}}", body: "Hej då" });
    assert.match(page.text, /saknar platsen för det som skrivs i svaret/);
    page = await page.submit(/brev\/reply$/, { step: "preview", body: "{{text}}\n\nHälsar {{municipality}}." });
    assert.equal(page.status, 200);
    assert.match(page.byId("forhand"), /Här står det som du skriver i svaret\. Hälsar Ekhamns kommun\./);
    const stale = page;
    page = await page.submit(/brev\/reply$/, { step: "save" });
    assert.match(page.text, /Brevet är sparat och gäller från nu/);
    assert.match(page.text, /Svar: det som står runt texten Er egen text för rutinen gäller\./);
    page = await stale.submit(/brev\/reply$/, { step: "save", body: "{{text}} Annan." });
    assert.equal(page.status, 409, "two who write the same letter");
    assert.match(page.text, /Någon annan har sparat brevet/);

    /* What the check page shows is what the person gets, to the letter. */
    page = await (await amir.get(`/arende/${number}/svar`)).submit(/svar$/, { step: "check", text: "Hej!\n\nJag beklagar. Tack." });
    assert.match(page.text, /Hej! Jag beklagar\. Tack\. Hälsar Ekhamns kommun\. Ämne: Vårt svar/);
    page = await page.submit(/svar$/, { step: "send", sign_off: "yes", gate_reason: REASON });
    assert.match(page.text, /Svaret är skickat/);
    const person = town.client();
    page = await (await person.get("/folj")).submit("number", { number, code });
    assert.match(page.text, /Hej! Jag beklagar\. Tack\. Hälsar Ekhamns kommun\./);

    page = await (await maria.get("/admin/brev/reply?rutin=nacka-socialtjanst")).submit(/brev\/reply$/, { step: "withdraw" });
    assert.match(page.text, /Rutinens text gäller igen/);
    page = await maria.get("/admin/brev/reply?rutin=nacka-socialtjanst");
    assert.match(page.text, /Version 2.*Version 1/);
    assert.equal((await amir.get("/admin/brev")).status, 403);
});

test("a phrase of the library goes into the reply, filled in, where it is for that unit and type", async (t) => {
    const town = await startTown(t);
    const { number, maria, amir } = await taken(town);
    let page = await maria.get("/admin/fraser/ny");
    page = await page.submit(/fraser\/ny$/, { name: "Tack", body: "Tack för {{okänt}}." });
    assert.match(page.text, /Det finns inget fält som heter okänt/);
    page = await page.submit(/fraser\/ny$/, { name: "Tacka", body: "Tack för ditt {{type}}, hälsar {{unit}}.", unit: "aldre", type: "complaint" });
    assert.match(page.text, /Frasen är sparad/);
    await (await maria.get("/admin/fraser/ny")).submit(/fraser\/ny$/, { name: "Skolans", body: "Hälsningar från skolan.", unit: "skola" });
    page = await amir.get(`/arende/${number}/svar`);
    assert.doesNotMatch(page.body, /Skolans/);
    const id = page.body.match(/<option value="(\d+)"[^>]*>Tacka</)[1];
    page = await page.submit(/svar$/, { step: "phrase", phrase: id, text: "Hej!" });
    assert.match(page.forms.find((f) => "text" in f.fields).fields.text, /^Hej!\n\nTack för ditt klagomål, hälsar Hemtjänst norr\.$/i);
});

test("the draft keeps itself while one types, and earlier versions come back", async (t) => {
    const town = await startTown(t);
    const { number, amir } = await taken(town);
    const first = await amir.get(`/arende/${number}/svar`);
    assert.match(first.forms.find((f) => "text" in f.fields).fields.text, /^Hej!\n\nTack[^]*Amir Haddad, enhetschef/, "an empty reply begins with a greeting");
    assert.equal((await first.submit(/svar$/, { step: "check" })).status, 422, "which is no reply yet");
    let saved = await send(first, "/utkast", { text: "Den första texten" }, partial);
    assert.equal(saved.status, 200, saved.body);
    assert.match(saved.body, /^Sparat kl\.\s9\.12|^Sparat kl\.\s09\.12/);
    assert.equal(saved.headers.get("gava-draft-version"), "1");
    town.setClock("2026-12-14T09:30:00+01:00");
    saved = await send(first, "/utkast", { text: "Den andra texten", draft_version: "1" }, partial);
    assert.equal(saved.headers.get("gava-draft-version"), "2");
    saved = await send(first, "/utkast", { text: "För sent", draft_version: "1" }, partial);
    assert.equal(saved.status, 409);
    let page = await send(first, "", { step: "save", text: "Min egen rad\nDen andra texten", draft_version: "1" });
    assert.equal(page.status, 409);
    assert.match(page.body, /<mark>Min egen rad<\/mark>/);
    assert.match(page.text, /Det du skrev .*Min egen rad.*av Amir Haddad/);
    page = await page.submit(/svar$/, { step: "save" });
    assert.match(page.forms.find((f) => "text" in f.fields).fields.text, /^Min egen rad/);
    page = await amir.get(`/arende/${number}/svar/utkast`);
    assert.match(page.text, /Den andra texten.*Den första texten/);
    page = await page.submit(/utkast\/1$/);
    assert.match(page.text, /Den tidigare texten är tillbaka/);
    assert.equal(page.forms.find((f) => "text" in f.fields).fields.text, "Den första texten");
    assert.match((await amir.get(`/arende/${number}/svar/utkast`)).text, /Min egen rad Den andra texten/);
});

test("forty who write in one draft at once: every word is in the draft, in an earlier version, or back with its writer", async (t) => {
    const town = await startTown(t);
    const { number, amir } = await taken(town);
    const writers = Array.from({ length: 40 }, (_, i) => `ordet${String(i).padStart(2, "0")}x`);
    await (await amir.get(`/arende/${number}/svar`)).submit(/svar$/, { step: "save", text: "Från början" });
    const open = await amir.get(`/arende/${number}/svar`);
    let pages = await Promise.all(writers.map((word) => open.submit(/svar$/, { step: "save", text: `Hej! ${word}` })));
    assert.equal(pages.filter((p) => p.status === 200).length, 1, pages.map((p) => p.status).join());
    assert.equal(pages.filter((p) => p.status === 409).length, 39);
    /* Those who got theirs back press save once more, all at once; twice. */
    for (let round = 0; round < 2; round++)
        pages = await Promise.all(pages.map((p) => (p.status === 409 ? p.submit(/svar$/, { step: "save" }) : p)));
    const draft = (await amir.get(`/arende/${number}/svar`)).forms.find((f) => "text" in f.fields).fields.text;
    const kept = (await amir.get(`/arende/${number}/svar/utkast`)).text;
    for (const [i, word] of writers.entries()) {
        const back = pages[i].status === 409 && pages[i].forms.find((f) => "text" in f.fields).fields.text.includes(word);
        assert.ok(draft.includes(word) || kept.includes(word) || back, `${word} is lost`);
    }
    assert.ok(kept.includes("Från början"));
});

test("what the person asked for is listed, ticked, and named before the reply goes", async (t) => {
    const town = await startTown(t);
    const { number, amir } = await taken(town, { story: "Fel matlåda tre dagar i rad. Kan någon ringa mig? Jag vill ha rätt mat." });
    let page = await amir.get(`/arende/${number}/svar`);
    assert.match(page.text, /Ur texten: Kan någon ringa mig\?/);
    page = await page.submit(/svar$/, { pick: "1", text: "Halv text" });
    assert.equal(page.forms.find((f) => "text" in f.fields).fields.text, "Halv text", "what was typed is saved with it");
    page = await page.submit(/svar$/, { step: "ask", ask: "rätt mat varje dag" });
    const ids = [...page.body.matchAll(/name="answered" value="(\d+)"/g)].map((m) => m[1]);
    assert.equal(ids.length, 2);
    page = await page.submit(/svar$/, { step: "check", text: "Hej! Jag ringer.", answered: ids[0] });
    assert.match(page.text, /Det här är inte avbockat rätt mat varje dag/);
    assert.doesNotMatch(page.text, /avbockat Kan någon ringa/);
    page = await amir.get(`/arende/${number}/svar`);
    assert.deepEqual(page.forms.find((f) => "text" in f.fields).fields.answered, ids[0]);
    page = await page.submit(/svar$/, { drop: ids[1] });
    assert.doesNotMatch(page.text, /rätt mat varje dag/);
});

test("gentle hints come from the routine with their clause, and stop nothing", async (t) => {
    const town = await startTown(t);
    const { number, amir } = await taken(town);
    const page = await amir.get(`/arende/${number}/svar`);
    const text = "Du har missförstått. Vi beklagar inte. Det stämmer inte.";
    const advice = await send(page, "/rad", { text }, partial);
    assert.match(advice.text, /^Läs en gång till stämmer inte Läs meningen en gång till|missförstått/);
    assert.match(advice.text, /Ur rutinen: Förhållningssättet\./);
    assert.match(advice.text, /Tacka för synpunkten/, "what is missing");
    assert.equal((await amir.get(`/arende/${number}/svar`)).text.includes(text), false, "advice saves nothing");
    const check = await page.submit(/svar$/, { step: "check", text });
    assert.match(check.text, /Ur rutinen: Förhållningssättet\./);
    assert.match((await check.submit(/svar$/, { step: "send", sign_off: "yes", gate_reason: REASON })).text, /Svaret är skickat/);
});

test("a reply in a case marked secret is gone through before it goes, and the journal says so", async (t) => {
    const town = await startTown(t);
    const { number, maria, amir } = await taken(town);
    const sort = await maria.get(`/arende/${number}/sortera`);
    await sort.submit(/sortera$/, { secret: "yes", provision: "26 kap. 1 § OSL" });
    let page = await (await amir.get(`/arende/${number}/svar`)).submit(/svar$/, { step: "check", text: "Hej! Ring Anna, 19560312-1234, på 0980-319 200." });
    assert.match(page.text, /Personnummer: 19560312-1234 Telefonnummer: 0980-319 200/);
    page = await page.submit(/svar$/, { step: "send", sign_off: "yes", gate_reason: REASON });
    assert.equal(page.status, 422);
    assert.match(page.text, /Gå igenom svaret och bocka i rutan/);
    page = await page.submit(/svar$/, { step: "send", sign_off: "yes", gate_reason: REASON, secrecy: "yes" });
    assert.match(page.text, /Svaret är skickat/);
    assert.match((await amir.get(`/arende/${number}`)).text, /Gick igenom svaret: det röjer ingen/);
});

test("amends are kept with the reply: that we are sorry, and when it was put right", async (t) => {
    const town = await startTown(t);
    const { number, amir } = await taken(town);
    let page = await (await amir.get(`/arende/${number}/svar`)).submit(/svar$/, { step: "check", text: "Hej! Förlåt.", measure_kind: "done", measure_done: "Märkning", corrected: "2026-02-31" });
    assert.equal(page.status, 422);
    page = await page.submit(/svar$/, { step: "check", corrected: "2026-12-11", apology: "yes" });
    page = await amir.get(`/arende/${number}/svar`);
    const { fields } = page.forms.find((f) => "text" in f.fields);
    assert.deepEqual([fields.corrected, fields.apology], ["2026-12-11", "yes"]);
});
