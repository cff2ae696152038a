/* What came in writing, taken in by staff (/ta-emot): letters with an arrival stamp and a scan, mail and text messages by hand, posts on
 * social media; how long it lay; what staff forwards for others; and whether it is a case at all. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import { startTown } from "./town.mjs";

const scan = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const title = (page) => page.body.match(/<title>([^<]*)<\/title>/)[1];

/* The form of /ta-emot filled in and sent; gives the page that comes. */
async function takeIn(client, { unit = "norr", ...fields } = {}, files = {}) {
    const page = await client.get(`/ta-emot?unit=${unit}`);
    return page.submit("story", { story: "", reply: "none", ...fields }, files);
}
const letter = { files: [["brev från Anna.png", scan, "image/png"]] };
const caseOf = async (client, receipt) => {
    assert.match(receipt.path, /^\/ta-emot\/kvitto\//, receipt.text);
    return client.get(`/arende/${receipt.byId("case-number")}`);
};

test("a letter keeps its arrival day, its bytes, and tells how long it lay", async (t) => {
    const town = await startTown(t, { now: "2026-10-26T08:30:00+01:00" }); /* the Monday after the clocks went back */
    const lena = await town.logIn("lena");
    const form = await lena.get("/ta-emot");
    assert.match(form.body, /<input[^>]*name="arrived_on"[^>]*value="2026-10-26"[^>]*max="2026-10-26"/, "today, and no later day is offered");

    const receipt = await takeIn(lena, { channel: "letter", arrived_on: "2026-10-23", paper_form: "yes" }, letter);
    let page = await caseOf(lena, receipt);
    const at = page.path;
    assert.match(page.text, /Texten finns i den bifogade filen\./);
    assert.match(page.text, /Inkom (fredag )?23 oktober/i);
    assert.match(page.text, /Ankomststämpel, blankett (fredag )?23 oktober/i);
    assert.match(page.text, /Togs in 3 dagar efter att det kom/);
    const href = page.body.match(/href="(\/arende\/[^"]+\/handling\/\d+)">brev från Anna/)[1];
    const file = await fetch(new URL(href, town.url), { headers: { cookie: [...lena.cookies].map(([k, v]) => `${k}=${v}`).join("; ") } });
    const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");
    assert.equal(hash(Buffer.from(await file.arrayBuffer())), hash(scan), "the original, unchanged");

    /* registered later: the arrival stays, the lag is counted from it */
    town.setClock("2026-10-28T15:00:00+01:00");
    const maria = await town.logIn("maria");
    page = await (await maria.get(at)).submit(/registrera$/);
    assert.match(page.text, /Infört 28 oktober \(3 arbetsdagar efter att det kom in\)/);
    assert.match(page.text, /Inkom (fredag )?23 oktober/i);
    page = await (await maria.get(`${at}/sortera`)).submit(/sortera$/, { title: "Brev om maten", subject: "food", unit: "syd" });
    assert.match(page.text, /Inkom (fredag )?23 oktober/i, "another unit and sorting leave the arrival as it is");
});

test("the day of arrival: over midnight and the change of the clocks, never after today", async (t) => {
    const town = await startTown(t, { now: "2026-03-29T00:30:00+01:00" }); /* an hour and a half before the clocks go forward */
    let lena = await town.logIn("lena");
    for (const [arrived_on, words] of [["2026-03-30", /inte ha kommit in efter i dag/], ["2026-02-30", /Ange en dag/]]) {
        const page = await takeIn(lena, { channel: "letter", arrived_on }, letter);
        assert.equal(page.status, 422);
        assert.match(title(page), /^Fel:/);
        assert.match(page.text, words);
        assert.match(page.body, new RegExp(`name="arrived_on"[^>]*value="${arrived_on}"`), "what was typed is kept");
        assert.match(page.text, /brev från Anna\.png/, "and so is the scan");
    }
    assert.match((await caseOf(lena, await takeIn(lena, { channel: "letter", arrived_on: "2026-03-28" }, letter))).text, /Togs in 1 dag efter att det kom/);
    assert.match((await caseOf(lena, await takeIn(lena, { channel: "letter", arrived_on: "2026-03-29" }, letter))).text, /Togs in samma dag som det kom/);
    town.setClock("2026-03-30T00:10:00+02:00");
    lena = await town.logIn("lena"); /* the night was longer than a session */
    assert.match((await caseOf(lena, await takeIn(lena, { channel: "letter", arrived_on: "2026-03-28" }, letter))).text, /Togs in 2 dagar efter att det kom/);
    const soon = await takeIn(lena, { channel: "sms", arrived_on: "2026-03-30", arrived_at: "00:30", story: "Hej" });
    assert.equal(soon.status, 422, "an hour that has not been yet");
    assert.match((await caseOf(lena, await takeIn(lena, { channel: "sms", arrived_on: "2026-03-29", arrived_at: "23:50", story: "Hej" }))).text, /Togs in 1 dag efter/);
});

test("whoever wrote a letter is told by hand that it came, and the promise is kept when that is done", async (t) => {
    const town = await startTown(t, { now: "2026-10-26T08:30:00+01:00" });
    const lena = await town.logIn("lena");
    const maria = await town.logIn("maria");
    const told = /Bekräfta(de)? (Hållet|att synpunkten har kommit in)/;
    const open = async (fields) => maria.get((await caseOf(lena, await takeIn(lena, { channel: "letter", ...fields }, letter))).path);

    let page = await open({ reply: "letter", name: "Gunnel Berg", address: "Storgatan 1, 999 10 Ekhamn" });
    assert.doesNotMatch(page.text, told, "nobody has told her yet");
    assert.match(page.text, /Posta brevet som säger att det har kommit in/);
    page = await page.submit(/uppgift/);
    assert.match(page.text, /Bekräfta Hållet/);
    assert.doesNotMatch(page.text, /Posta brevet som säger att det har kommit in/);

    page = await open({ reply: "none" });
    assert.doesNotMatch(page.text, told, "nobody to tell: nothing is claimed");
    assert.doesNotMatch(page.text, /att det har kommit in/);
});

test("mail and text messages taken in by hand: the sender can be answered, and is hidden", async (t) => {
    const town = await startTown(t);
    const lena = await town.logIn("lena");
    const eml = Buffer.from("Received: from x\r\nFrom: Anna Berg <anna@hem.example>\r\nTo: info@ekhamn.example\r\nSubject: Maten\r\nDate: Fri, 11 Dec 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\n\r\nMaten var kall.\r\n");
    let page = await caseOf(lena, await takeIn(lena, { channel: "email", reply: "email", arrived_on: "2026-12-11", arrived_at: "10:00" }, { files: [["Maten.eml", eml, "message/rfc822"]] }));
    assert.match(page.text, /Maten\.eml/);
    assert.doesNotMatch(page.body, /anna@hem\.example/, "the address lies in the vault");
    page = await page.submit(/kontakt$/, { reason: "call_back" });
    assert.match(page.text, /anna@hem\.example/, "taken from the mail's own head");

    page = await caseOf(lena, await takeIn(lena, { channel: "sms", reply: "none", story: "Ring mig inte.", from_phone: "070-174 06 33" }));
    assert.doesNotMatch(page.body, /174 06 33/);
    page = await takeIn(lena, { channel: "email", reply: "none", story: "x", from_email: "inte en adress" });
    assert.equal(page.status, 422);
    page = await takeIn(lena, { channel: "letter" });
    assert.equal(page.status, 422, "neither words nor a file");
});

test("a post: link, time and screenshot; what else is said is no part of the case", async (t) => {
    const town = await startTown(t);
    const lena = await town.logIn("lena");
    for (const link of ["", "javascript:alert(1)", "http://x.example/1", "https://x"]) {
        const page = await takeIn(lena, { channel: "social_media", story: "x", link });
        assert.equal(page.status, 422, link);
        assert.match(page.text, /Klistra in hela länken/);
    }
    const link = "https://social.example/p/42?a=1&b=2";
    const page = await caseOf(lena, await takeIn(lena, { channel: "social_media", story: "Ingen svarar i hemtjänsten!", link, arrived_on: "2026-12-12", arrived_at: "21:15", aside: "Lång tråd under inlägget, 40 svar." },
        { files: [["skärmbild.png", scan, "image/png"]] }));
    assert.match(page.body, /href="https:\/\/social\.example\/p\/42\?a=1&amp;b=2"/);
    assert.match(page.text, /Annat i frågan, som inte hör till ärendet Lång tråd under inlägget, 40 svar\./);
    assert.match(page.text, /Inkom (lördag )?12 december kl\. 21\.15/i);
    assert.match(page.text, /skärmbild\.png/);
});

test("staff forwards for an organisation, with its own reference", async (t) => {
    const town = await startTown(t);
    const lena = await town.logIn("lena");
    const page = await caseOf(lena, await takeIn(lena, { channel: "letter", unit: "skola", role: "provider", organisation: "Vårdbolaget AB", reference: "VB-2026-7" }, letter));
    assert.match(page.text, /På uppdrag av Vårdbolaget AB/);
    assert.match(page.text, /Deras referens VB-2026-7/);
});

/* Something unclear from social media, taken in by somebody of the group; who judges sees it in a queue of its own. */
async function unclear(t) {
    const town = await startTown(t);
    const lena = await town.logIn("lena"), maria = await town.logIn("maria");
    const page = await caseOf(lena, await takeIn(lena, { channel: "social_media", story: "Är det här på allvar?", link: "https://social.example/p/1", doubtful: "yes" }));
    return { town, lena, maria, page, at: page.path, number: page.path.split("/").pop() };
}

test("unclear whether it is a case: it is judged to be one, with a reason, and goes on", async (t) => {
    const { town, maria, page: own, at, number } = await unclear(t);
    assert.match(own.text, /Kvalitetsenheten bedömer om det är ett ärende/, "whoever took it in sees that it waits");
    assert.equal(own.forms.some((f) => "decision" in f.fields), false, "and does not judge");
    let page = await maria.get("/att-gora");
    assert.match(page.text, /Att bedöma \(1\)/);
    assert.match((await maria.get("/att-gora?vems=bedoma")).text, new RegExp(number));
    page = await maria.get(at);
    page = await page.submit(/bedom$/, { decision: "is_case", text: " " });
    assert.equal(page.status, 422);
    assert.match(page.text, /Skriv skälet/);
    page = await page.submit(/bedom$/, { decision: "is_case", text: "Hon väntar på svar från oss." });
    assert.match(page.text, /Bedömningen är sparad: det är ett ärende/);
    assert.match(page.text, /Bedömde att det är ett ärende/);
    assert.match(page.text, /Hon väntar på svar från oss\./, "the reason stands in what happened");
    assert.match((await maria.get("/att-gora")).text, /Att bedöma \(0\)/);
    page = await page.submit(/registrera$/);
    assert.match(page.text, /Ärendet är registrerat/);
    const again = await maria.request("POST", `${at}/bedom`, { body: new URLSearchParams({ csrf: page.forms[0].fields.csrf, decision: "not_case", text: "x" }) });
    assert.equal(again.status, 409, "nobody asks any more");
    const amir = await town.logIn("amir");
    assert.doesNotMatch((await amir.get("/att-gora")).text, /Att bedöma/, "a queue of those who judge");
});

test("unclear whether it is a case: it is judged to be none, is counted, and can be taken back", async (t) => {
    const { lena, maria, at, number } = await unclear(t);
    const csrf = (await lena.get(at)).forms[0].fields.csrf;
    assert.equal((await lena.request("POST", `${at}/bedom`, { body: new URLSearchParams({ csrf, decision: "not_case", text: "x" }) })).status, 403);
    let page = await (await maria.get(at)).submit(/bedom$/, { decision: "not_case", text: "En fråga till en annan kommun." });
    assert.match(page.text, /Bedömningen är sparad: det är inget ärende/);
    assert.match(page.text, /Inget ärende/);
    assert.match(page.text, /En fråga till en annan kommun\./);
    assert.doesNotMatch((await maria.get("/att-gora?vems=mina")).text, new RegExp(number), "it waits for nobody");
    assert.match((await maria.get("/undantag")).text, /Inget ärende/, "it is counted");
    page = await (await maria.get(`${at}/undantag/angra`)).submit(/angra$/, { reason: "Det var hos oss ändå.", text: "" });
    assert.equal(page.status, 200, page.text);
    assert.match(page.text, /Är det oklart om det är ett ärende\?/, "it is where it was, and can be asked about again");
    page = await page.submit(/bedom$/, { text: "Vi är inte överens." });
    assert.match(page.text, /En bedömning är begärd/);
    assert.match((await maria.get("/att-gora")).text, /Att bedöma \(1\)/);
});

test("what came in writing waits in a queue until it is in the diary", async (t) => {
    const town = await startTown(t);
    const lena = await town.logIn("lena"), maria = await town.logIn("maria");
    const { number: said } = await town.complain();
    const page = await caseOf(lena, await takeIn(lena, { channel: "letter" }, letter));
    const queue = await maria.get("/att-gora?vems=inkommet");
    assert.match(queue.text, /Kommit in skriftligt \(1\)/);
    assert.match(queue.text, new RegExp(page.path.split("/").pop()));
    assert.doesNotMatch(queue.text, new RegExp(said));
    await (await maria.get(page.path)).submit(/registrera$/);
    assert.match((await maria.get("/att-gora")).text, /Kommit in skriftligt \(0\)/);
});
