/* Posters and forms on paper: the PDF as a reader, a scanner and a screen reader meet it (poppler, zbar), and the register
 * of where they hang. Show 6 of issue 3; S0.10-S0.14, S0.44, S4.1, S4.3, S4.10. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { pdf } from "./pdf_reader.mjs";
import { startTown } from "./town.mjs";

const SITE = "https://synpunkter.ekhamn.example";

test("the poster is two A4 sheets: tagged, embedded fonts, text that can be selected, a code that leads to the unit's form", async (t) => {
    const town = await startTown(t, { config: [`base_url = ${SITE}/`] });
    const karin = await town.logIn("karin"), anybody = town.client();

    /* Several at once, and others are served meanwhile. */
    const asked = ["/affisch/norr.pdf", "/affisch/norr.pdf?sprak=en", "/affisch/skola.pdf", "/affisch/muntlig/norr.pdf"].map((path) => pdf(t, karin, path));
    let slowest = 0;
    for (let i = 0; i < 20; i++) {
        const began = Date.now();
        assert.equal((await anybody.get("/halsa")).status, 200);
        slowest = Math.max(slowest, Date.now() - began);
    }
    assert.ok(slowest < 1000, `a page waited ${slowest} ms while PDFs were made`);
    const [poster, english, school, oral] = await Promise.all(asked);

    assert.equal(poster.field("Pages"), "2");
    assert.match(poster.field("Page size"), /A4/);
    assert.equal(poster.field("Tagged"), "yes");
    assert.match(poster.field("Title"), /^Vad tycker du\? – Hemtjänst norr – Ekhamns kommun$/);
    assert.deepEqual(poster.codes(), [`${SITE}/synpunkter?unit=norr`]);
    const [wall, form] = [poster.text("1"), poster.text("2")];
    for (const words of ["Blev något fel? Har du ett förslag?", "synpunkter.ekhamn.example/synpunkter?", "unit=norr", "Säg det till någon av oss",
        "Du får vara anonym", "påverkar inte den hjälp du får", "Du kan inte överklaga ett beslut här"]) assert.ok(wall.includes(words), `${words}: ${wall}`);
    for (const words of ["Berätta vad du tycker", "Klaga på något", "Skriv inte personnummer", "Jag vill inte ha svar", "Hemtjänst norr (norr)", "Ärendenummer"])
        assert.ok(form.includes(words), `${words}: ${form}`);
    assert.match(poster.structure(), /H1[^\n]*\n\s+"Vad tycker du\?"/);
    assert.ok(poster.fonts().length > 0);
    for (const font of poster.fonts()) assert.deepEqual([font.emb, font.sub, font.uni], ["yes", "yes", "yes"], font.name);
    assert.ok(poster.fonts().every((font) => font.name.includes("Inter")), "the font of the pages, not a stand-in");
    assert.ok(poster.answer.bytes.includes("/Lang (sv)"));

    /* What it promises is what the unit's routine says: norr follows nacka-socialtjanst, skola nordanstig. */
    const promised = (text) => text.match(/(\d+) (arbetsdagar|dagar|timmar)/g) ?? [];
    for (const [unit, text] of [["norr", wall], ["skola", school.text("1")]]) {
        const page = (await karin.get(`/rutin?enhet=${unit}`)).text;
        assert.ok(promised(text).length > 0, text);
        for (const words of promised(text)) assert.ok(page.includes(words), `${words} is not in the routine of ${unit}`);
    }
    assert.match(wall, /Du får svar.* inom 10 dagar Räknas från registreringen/);
    assert.match(english.text("1"), /What do you think\?/);
    assert.match(english.text("1"), /within 10 days Counted from the registration/);
    assert.ok(english.answer.bytes.includes("/Lang (en)"));

    assert.equal(oral.field("Pages"), "1");
    for (const words of ["Muntlig synpunkt", "uppläst", "Vill personen att det blir ett ärende?", "fått blankett eller länk", "Förhållningssättet"])
        assert.ok(oral.text().includes(words), words);

    /* Made once: WeasyPrint's file has other bytes every time, ours are the same. */
    const began = Date.now();
    for (const again of await Promise.all(Array.from({ length: 12 }, () => karin.get("/affisch/norr.pdf"))))
        assert.ok(again.bytes.equals(poster.answer.bytes), "the same file");
    assert.ok(Date.now() - began < 2000, "kept, not made twelve times");
});

test("anybody may print the form; the posters are for staff; what is not a unit is not found", async (t) => {
    const town = await startTown(t, { config: [`base_url = ${SITE}`] });
    const anybody = town.client();
    const page = await anybody.get("/synpunkter?unit=norr");
    assert.match(page.body, /href="\/blankett\/norr\.pdf\?sprak=sv"/);
    const form = await pdf(t, anybody, "/blankett/norr.pdf");
    assert.equal(form.field("Pages"), "1");
    assert.match(form.text(), /Berätta med egna ord/);
    for (const path of ["/affisch", "/affisch/platser", "/affisch/norr.pdf", "/affisch/muntlig/norr.pdf"])
        assert.match((await anybody.get(path)).path, /^\/logga-in\?till=/);
    for (const path of ["/blankett/finns-inte.pdf", "/blankett/norr", "/blankett/norr.pdf.pdf", "/blankett/.pdf", "/blankett/..%2Fnorr.pdf"])
        assert.equal((await anybody.get(path)).status, 404, path);
});

test("hostile names: markup is text, a very long one stays on its sheet", async (t) => {
    const town = await startTown(t, { config: [`base_url = ${SITE}`] });
    const { gavaOk } = await import("../gava.mjs");
    const add = (code, name) => gavaOk(["unit", "add", ...town.where, "--code", code, "--name", name, "--public", "--level", "operation", "--routine", "nordanstig"]);
    add("elak", `<script>alert(1)</script> "Å" & <img src=http://127.0.0.1:1/x>`);
    add("lang", "Ö".repeat(190));
    const karin = await town.logIn("karin");
    const evil = await pdf(t, karin, "/affisch/elak.pdf");
    assert.ok(evil.text("1").includes(`<script>alert(1)</script> "Å" & <img`), evil.text("1"));
    assert.equal(evil.field("JavaScript"), "no");
    assert.equal(evil.field("Pages"), "2");
    const long = await pdf(t, karin, "/affisch/lang.pdf");
    assert.equal(long.field("Pages"), "2");
    assert.deepEqual(long.codes(), [`${SITE}/synpunkter?unit=lang`]);
    const page = await karin.get("/affisch?enhet=elak");
    assert.ok(!page.body.includes("<script>alert"));
    assert.equal((await karin.get("/affisch?enhet=%3Cscript%3E&sprak=xx")).status, 200);
});

test("without base_url the page warns, with it the page says where the code leads", async (t) => {
    const town = await startTown(t);
    const karin = await town.logIn("karin");
    assert.match((await karin.get("/affisch?enhet=norr")).text, /Kommunens adress är inte inställd/);
    const poster = await pdf(t, karin, "/affisch/norr.pdf");
    assert.deepEqual(poster.codes(), [`${town.url.replace(/\/$/, "")}/synpunkter?unit=norr`]);
});

/* A form sent from a page by somebody who made its fields up. */
function send(page, action, fields) {
    const csrf = page.forms.find((form) => "csrf" in form.fields).fields.csrf;
    return page.client.post(action, new URLSearchParams({ csrf, ...fields }));
}

test("the register of places: who may write it down, sign, change and end it; overdue ones are seen; the history stays", async (t) => {
    const town = await startTown(t, { now: "2026-12-01T09:00:00+01:00", config: ["poster_check_weeks = 2"] });
    const amir = await town.logIn("amir"), karin = await town.logIn("karin"), eva = await town.logIn("eva");
    let page = await amir.get("/affisch/platser");
    assert.equal(page.forms.find((form) => "weeks" in form.fields).fields.weeks, "2");
    const wrong = await page.submit("weeks", { unit: "norr", name: "", since: "2027-01-01", weeks: "99" });
    assert.equal(wrong.status, 422);
    for (const words of ["Skriv var det är", "Ange en dag som har varit", "mellan 1 och 52"]) assert.ok(wrong.text.includes(words), words);
    const place = await (await amir.get("/affisch/platser")).submit("weeks", { unit: "norr", name: "Väntrummet <b>plan 2</b>", since: "2026-11-20", keeper: "karin" });
    assert.equal(place.status, 200, place.text);
    assert.match(place.text, /Platsen är tillagd/);
    assert.match(place.text, /Väntrummet <b>plan 2<\/b>/);
    assert.match(place.text, /Kontrolleras senast 15 december/);
    const path = place.path.split("?")[0];

    assert.ok(!(await karin.get("/affisch/platser")).text.includes("Ny plats"), "a case worker writes no places down");
    assert.ok(!(await eva.get(path)).text.includes("Jag har tittat"), "another unit's manager does not sign");
    assert.equal((await send(await karin.get("/affisch/platser"), `${path}/avsluta`, {})).status, 403);
    assert.equal((await send(await eva.get("/affisch/platser"), `${path}/kontroll`, { outcome: "in_order" })).status, 403);
    assert.equal((await send(await eva.get("/affisch/platser"), path, { name: "Min", poster: "1", since: "2026-11-20", weeks: "1" })).status, 403);

    town.setClock("2026-12-16T09:00:00+01:00");
    const karinNow = await town.logIn("karin");
    page = await karinNow.get("/affisch/platser");
    assert.match(page.text, /1 kontroll är försenad/);
    assert.match(page.text, /Skulle ha kontrollerats senast 15 december/);
    assert.match((await karinNow.get("/affisch?enhet=norr")).text, /1 kontroll är försenad/);
    assert.equal((await send(page, `${path}/kontroll`, { outcome: "nonsense" })).status, 422);
    let signed = await send(page, `${path}/kontroll`, { outcome: "missing" });
    assert.match(signed.text, /Kontrollen är kvitterad/);
    assert.match(signed.text, /Något saknades/);
    assert.match(signed.text, /Kontrolleras senast 23 december/, "missing: again within a week");
    signed = await send(signed, `${path}/kontroll`, { outcome: "refilled" });
    assert.match(signed.text, /Kontrolleras senast 30 december/);
    assert.match(signed.text, /Karin Öberg · Fyllt på.*Karin Öberg · Saknas/s);

    const amirNow = await town.logIn("amir");
    const changed = await (await amirNow.get(path)).submit("weeks", { name: "Väntrummet", weeks: "8" });
    assert.match(changed.text, /Ändringen är sparad/);
    assert.match(changed.text, /Kontrolleras senast 30 december/, "a change never puts a check off");
    const ended = await (await amirNow.get(path)).submit(/avsluta$/);
    assert.match(ended.text, /Ingen plats är inskriven/);
    const gone = await karinNow.get(path);
    assert.match(gone.text, /Platsen finns inte längre/);
    assert.match(gone.text, /Karin Öberg · Saknas/);
    assert.equal((await send(await karinNow.get("/affisch/platser"), `${path}/kontroll`, { outcome: "in_order" })).status, 409);
});
