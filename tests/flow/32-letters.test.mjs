/* Letters on paper: what the PDF is, the window of the envelope, the list of letters to post, several in one
 * file, the day they were posted and the promise kept from then. S0.32, S1.49, S2.24, S4.4; decisions 0039, 0040. */
import assert from "node:assert/strict";
import test from "node:test";
import { pdf } from "./pdf_reader.mjs";
import { startTown, taken } from "./town.mjs";

const ADDRESS = { reply: "letter", name: "Åsa Örnsköldsdotter-Ängström", address: "Räksmörgåsgränd 17 B, lgh 1203\n999 10 Ekhamn" };
/* Where the window of a C5 envelope may show the sheet, however it lies in it (mm; assets/letter.css). */
const SEEN_AT_MOST = { left: 95, right: 214, top: 30, bottom: 79 }, SEEN_ALWAYS = { left: 114, right: 195, top: 44, bottom: 67 };
const inside = (word, box) => word.right > box.left && word.left < box.right && word.bottom > box.top && word.top < box.bottom;

/* The reply of amir, to be posted; gives his page of the case. */
async function reply(amir, number, text) {
    const page = await (await amir.get(`/arende/${number}/svar`)).submit(/svar$/, { step: "check", text });
    return page.submit(/svar$/, { step: "send", sign_off: "yes", gate_reason: "klart" });
}
const refs = (page) => [...page.body.matchAll(/name="b" value="([^"]+)"/g)].map((m) => m[1]);
const letterUrl = (page, kind = "Svar") => page.body.match(new RegExp(`<span class="gv-strong">${kind}</span>[\\s\\S]*?href="([^"]+/brev/\\d+)"`))?.[1];

test("a letter of three pages is PDF/A-2u and tagged, with å ä ö, the address in the window and nothing else there", async (t) => {
    const town = await startTown(t);
    const { number, amir } = await taken(town, ADDRESS);
    const long = "Flygande bäckasiner söka hwila på mjuka tuvor, sade Gösta Ödmjuk-Åkerström när han läste om räksmörgåsarna. ".repeat(6);
    const text = `Hej Åsa!\n\nTack för att du skrev.\n\n# Det här gör vi\n\n- Jag har talat med köket.\n- Vi byter leverantör & rutin <nu>.\n\n${`${long}\n\n`.repeat(9)}Läs mer: https://ekhamn.example/matlådor`;
    let page = await reply(amir, number, text);
    const url = letterUrl(page);
    assert.ok(url, page.text);

    page = await amir.get(url);
    assert.match(page.text, /Brevet på papper/);
    for (const words of ["Åsa Örnsköldsdotter-Ängström", "Räksmörgåsgränd 17 B, lgh 1203", `Ärende ${number}`, "Jag har talat med köket.", "Vi byter leverantör & rutin <nu>."]) assert.ok(page.text.includes(words), words);

    const letter = await pdf(t, amir, `${url}.pdf`);
    assert.equal(letter.field("Pages"), "3");
    assert.match(letter.field("Page size"), /A4/);
    assert.equal(letter.field("Tagged"), "yes");
    assert.equal(letter.field("JavaScript"), "no");
    assert.equal(letter.answer.headers.get("cache-control"), "no-store");
    const file = letter.answer.bytes.toString("latin1");
    assert.ok(file.includes('pdfaid:part="2" pdfaid:conformance="U"'), "the claim");
    assert.match(file, /\/OutputIntents \[<<\/Type \/OutputIntent\/S \/GTS_PDFA1|\/GTS_PDFA1/);
    assert.match(file, /\/MarkInfo <<\/Marked true>>|\/Marked true/);
    assert.match(file, /\/StructTreeRoot/);
    assert.match(file, /\/Lang \(sv\)/);
    assert.match(file, /trailer[\s\S]*\/ID \[/);
    assert.doesNotMatch(file, /\/Encrypt|\/JavaScript|\/EmbeddedFile|\/Subtype \/Type3|pdfuaid/);
    assert.ok(letter.fonts().length > 0);
    for (const font of letter.fonts()) assert.deepEqual([font.emb, font.sub, font.uni], ["yes", "yes", "yes"], font.name);
    const tree = letter.structure();
    for (const tag of [/H1 \(block\)/, /H2 \(block\)[^]*Det här gör vi/, /L \(block\)[^]*LBody \(block\)[^]*Jag har talat med köket/]) assert.match(tree, tag);

    const all = letter.text();
    for (const words of ["Åsa Örnsköldsdotter-Ängström", "Räksmörgåsgränd 17 B, lgh 1203", "räksmörgåsarna", "& rutin <nu>", "https://ekhamn.example/matlådor", "Amir Haddad", "enhetschef", "Hemtjänst norr", "14 december 2026", "Ekhamns kommun"])
        assert.ok(all.includes(words), words);
    for (const n of ["1", "2", "3"]) assert.match(letter.text(n), new RegExp(`${number}.*Sida ${n} av 3`), `foot of page ${n}`);
    const address = /^(Åsa|Örnsköldsdotter|Ängström|-|Räksmörgåsgränd|17|B,|lgh|1203|999|10|Ekhamn)+|Örnsköldsdotter-Ängström$/;
    const shown = letter.words().filter((word) => inside(word, SEEN_AT_MOST));
    assert.ok(shown.length >= 7, JSON.stringify(shown));
    for (const word of shown) {
        assert.match(word.text, address, "nothing but the address shows");
        assert.ok(word.left >= SEEN_ALWAYS.left && word.right <= SEEN_ALWAYS.right && word.top >= SEEN_ALWAYS.top && word.bottom <= SEEN_ALWAYS.bottom, JSON.stringify(word));
    }
});

test("letters wait in a list, are printed in one file with pages of their own, and the promise is kept from the day they were posted", async (t) => {
    const town = await startTown(t);
    const one = await taken(town, ADDRESS), two = await taken(town, { ...ADDRESS, name: "Bo Ek", story: "Kallt." });
    for (const it of [one, two]) await reply(it.amir, it.number, `Hej från ${it.number}!`);
    const { amir, maria } = one;
    assert.match((await maria.get("/att-gora")).text, /Uppgifter åt dig[^]*Posta brev/, "who may post is told");
    const eva = await town.logIn("eva");
    assert.doesNotMatch((await eva.get("/brev")).text, new RegExp(one.number), "another board sees nothing");

    let page = await maria.get("/brev");
    assert.equal(refs(page).length, 4, "for each case: who takes over, and the reply");
    assert.match(page.text, new RegExp(`Svar ${one.number}`));
    page = await page.submit(/\/brev$/, { what: "print" });
    assert.equal(page.status, 422);
    assert.match(page.text, /Välj minst ett brev/);
    const mine = [...page.body.matchAll(/name="b" value="([^"]+)"[^>]*><label[^>]*><span[^>]*>Svar</g)].map((m) => m[1]);
    assert.equal(mine.length, 2);

    const file = await pdf(t, maria, `/brev/utskrift.pdf?b=${mine.join(".")}`);
    assert.equal(file.field("Pages"), "2");
    for (const [i, it] of [[1, one], [2, two]]) assert.match(file.text(String(i)), new RegExp(`Hej från ${it.number}![^]*Sida 1 av 1`));
    page = await maria.get("/brev");
    assert.match(page.text, /Utskrivet 14 december av Maria Sjögren/);

    /* The next day but one somebody ticks off what was posted the day before. */
    town.setClock("2026-12-16T08:00:00+01:00");
    const later = await town.logIn("maria");
    page = await later.get("/brev");
    for (const [day, fault] of [["", /Skriv vilken dag/], ["2026-12-17", /Dagen har inte varit än/], ["2026-12-13", /skrevs efter den dagen/]]) {
        const refused = await page.submit(/\/brev$/, { what: "post", b: mine, day });
        assert.equal(refused.status, 422, day);
        assert.match(refused.text, fault);
        assert.equal([...refused.body.matchAll(/name="b"[^>]* checked/g)].length, 2, "what was chosen stays chosen");
    }
    assert.doesNotMatch((await later.get(`/arende/${one.number}`)).text, /Svara Hållet/);
    page = await page.submit(/\/brev$/, { what: "post", b: mine, day: "2026-12-15" });
    assert.match(page.text, /Breven är avbockade som postade/);
    assert.match(page.text, new RegExp(`Svar ${one.number} Postat 15 december\\. Avbockat 16 december av Maria Sjögren`));
    for (const it of [one, two]) assert.match((await later.get(`/arende/${it.number}`)).text, /Svara Hållet (tisdag )?15 december/);

    /* Ticked twice, or in the version of before: neither. */
    page = await page.submit(/\/brev$/, { what: "post", b: [mine[0]], day: "2026-12-15" });
    assert.equal(page.status, 409);
    assert.match(page.text, /har ändrats, postats eller tagits bort/);
    const changed = refs(page)[0].replace(/-\d+$/, "-99");
    assert.equal((await page.submit(/\/brev$/, { what: "post", b: [changed], day: "2026-12-15" })).status, 409, "not the words the page showed");
    assert.equal((await later.get(`/brev/utskrift.pdf?b=${changed}`)).status, 409);

    /* A wrong tick. */
    page = await (await later.get("/brev")).submit(new RegExp(`${one.number}/uppgift/\\d+/angra`));
    assert.match(page.text, /Brevet väntar på att postas igen/);
    assert.equal(refs(page).length, 3);
    page = await later.get(`/arende/${one.number}`);
    assert.doesNotMatch(page.text, /Svara Hållet/);
    assert.match(page.text, /Ändrade: brevet är inte postat/);
    page = await page.submit(/uppgift\/\d+$/, {}); /* from the case page, now: who takes over comes first */
    assert.equal(page.status, 200, page.text);

    town.setClock("2027-01-02T08:00:00+01:00");
    const late = await (await town.logIn("maria")).get(`/arende/${two.number}`);
    assert.ok(!late.forms.some((form) => /angra$/.test(form.action)), "not after two weeks");
});

test("without an address the letter says what to do, and another way takes over what was owed; the acknowledgement is a letter too", async (t) => {
    const town = await startTown(t);
    const { number, amir } = await taken(town, { reply: "letter", name: "Bo Ek", address: "Norra vägen 3, 999 10 Ekhamn", story: "Kallt." });
    const lena = await town.logIn("lena"), maria = await town.logIn("maria");
    const form = await lena.get("/ta-emot?unit=norr");
    const receipt = await form.submit("story", { story: "Brevet säger: för kallt.", channel: "letter", reply: "letter", name: "Gunnel Berg", address: "Storgatan 1\n999 10 Ekhamn" });
    const told = receipt.byId("case-number");
    let page = await maria.get(`/arende/${told}`);
    assert.match(page.text, /Bekräftelse ?\. Ska postas/);
    const letter = await pdf(t, maria, `${letterUrl(page, "Bekräftelse")}.pdf`);
    assert.match(letter.text(), new RegExp(`Gunnel Berg Storgatan 1 999 10 Ekhamn[^]*${told}`));

    assert.equal((await lena.get(`${letterUrl(page, "Bekräftelse")}.pdf`)).status, 200, "who took it in writes to the person");
    const eva = await town.logIn("eva");
    assert.equal((await eva.get(`${letterUrl(page, "Bekräftelse")}.pdf`)).status, 404);
    assert.equal((await maria.get(`/arende/${told}/brev/1`)).status, 404, "what came in is no letter of ours");

    await reply(amir, number, "Hej!");
    page = await (await amir.get(`/arende/${number}`)).submit(/uppgift\/\d+$/); /* who takes over was posted */
    const before = page.forms.filter((f) => /uppgift\/\d+$/.test(f.action)).length;
    const way = page.forms.find((f) => /nytt-satt$/.test(f.action)) ?? { action: `/arende/${number}/nytt-satt`, fields: { csrf: page.forms[0].fields.csrf } };
    page = await amir.post(way.action, new URLSearchParams({ ...way.fields, way: "phone" }));
    assert.equal(page.status, 200, page.text);
    assert.ok(before > 0);
    assert.match(page.text, /Samtalet är gjort/, "the reply is owed by telephone now");
    assert.doesNotMatch(page.text, /Svara Hållet/);
});

test("hostile words on paper: a file or a plain error, never a hang, and markup is text", async (t) => {
    const town = await startTown(t);
    const evil = `<script>alert(1)</script> <img src=http://127.0.0.1:1/x> \u202edrow\u202c مرحبا שלום 😀👨‍👩‍👧 漢字 a\u0301\u0302\u0303 ${"x".repeat(3000)}`;
    const { number, amir } = await taken(town, { reply: "letter", name: `<b>"Å" & ${"Ö".repeat(60)}`, address: `${"Lång gata ".repeat(15)}\n${"rad\n".repeat(20)}` });
    const page = await reply(amir, number, evil);
    const url = letterUrl(page);
    const preview = await amir.get(url);
    assert.match(preview.text, /Adressen får inte plats i kuvertets fönster/);
    assert.ok(!preview.body.includes("<script>alert") && !preview.body.includes("<b>"), "markup is text");
    const letter = await pdf(t, amir, `${url}.pdf`);
    assert.equal(letter.field("JavaScript"), "no");
    assert.ok(letter.text().includes("<script>alert(1)</script>"));
    assert.ok(letter.answer.bytes.toString("latin1").includes('pdfaid:part="2"'));
    for (const word of letter.words().filter((one) => inside(one, SEEN_AT_MOST))) assert.ok(word.top >= SEEN_ALWAYS.top - 1 && word.bottom <= SEEN_ALWAYS.bottom + 1 && word.left >= SEEN_ALWAYS.left, JSON.stringify(word));
    for (const path of [`/arende/${number}/brev/x.pdf`, `/arende/${number}/brev/99.pdf`, `/arende/${number}/brev/.pdf`, "/brev/utskrift.pdf?b=x", `/brev/utskrift.pdf?b=${"1-1.".repeat(80)}1-1`]) {
        const { status } = await amir.get(path);
        assert.ok([404, 413, 422].includes(status), `${path}: ${status}`);
    }
});
