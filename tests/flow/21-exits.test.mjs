/* Exits: what is not handled as feedback. Every exit of every routine file is taken and taken back; then each kind by what it
 * promises: who is told, who sees it, what comes back. Source: S0.4, S2.9, S2.38-S2.43, S3.24-S3.29, S4.18. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { gavaOk, root } from "../gava.mjs";
import { readMail } from "./mime_reader.mjs";
import { startSink } from "./smtp_sink.mjs";
import { PASSWORD, startTown } from "./town.mjs";

const routines = ["default", "nordanstig", "motala-socialforvaltning", "nacka-socialtjanst", "nacka-valfard", "rinkeby-kista"];
const units = { default: "gator", nordanstig: "skola", "motala-socialforvaltning": "solrosen", "nacka-socialtjanst": "norr", "nacka-valfard": "mat", "rinkeby-kista": "bad" };

/* The ids under "exits:" of a file, and whether it takes over those of the default one. */
function exitsOf(name) {
    const text = readFileSync(join(root, "routines", `${name}.yaml`), "utf8");
    const ids = (part) => [...(part?.matchAll(/^ {2}- id: (\S+)/gm) ?? [])].map((m) => m[1]);
    const own = ids(text.match(/^exits:\n((?:[ #].*\n|\n)*)/m)?.[1]);
    const inherits = /^ {2}parts: \[.*\bexits\b.*\]/m.test(text.match(/^inherits:\n((?: .*\n)*)/m)?.[1] ?? "");
    return inherits ? [...new Set([...exitsOf("default"), ...own])] : own;
}

/* The town of town.mjs, with a unit under each routine and somebody in each role there. */
async function exitTown(t, options) {
    const town = await startTown(t, options);
    const run = (args, input = "") => gavaOk([...args.slice(0, 2), ...town.where, ...args.slice(2)], { input });
    for (const name of ["motala-socialforvaltning", "nacka-valfard", "rinkeby-kista"]) run(["routine", "add", "--file", join(root, "routines", `${name}.yaml`)]);
    const unit = (code, name, ...more) => run(["unit", "add", "--code", code, "--name", name, "--public", ...more]);
    unit("funktion", "Funktionsstöd", "--level", "operation", "--routine", "motala-socialforvaltning");
    unit("solrosen", "Gruppbostaden Solrosen", "--above", "funktion");
    unit("mat", "Måltider", "--routine", "nacka-valfard");
    unit("bad", "Bad och idrott", "--routine", "rinkeby-kista");
    unit("gator", "Gator och parker", "--routine", "default");
    const user = (login, name, ...roles) => run(["user", "add", "--user", login, "--name", name, "--title", "tjänst", ...roles.flatMap((r) => ["--role", r])], `${PASSWORD}\n`);
    user("sara", "Sara Lind", "irregularity_officer@ekhamn");
    user("chefen", "Ulrika Dahl", "responsible_manager@funktion");
    user("bosse", "Bo Ek", "responsible_manager@solrosen");
    user("hanna", "Hanna Berg", "handler@solrosen");
    user("rut", "Rut Alm", "registrar@ekhamn");
    user("petra", "Petra Hall", "quality_unit@ekhamn");
    user("inga", "Inga Frid", "intake_officer@ekhamn");
    user("rolf", "Rolf Nord", "registration_officer@ekhamn");
    user("adam", "Adam Vik", "admin@ekhamn");
    user("emma", "Emma Lund", "employee@solrosen");
    return town;
}

/* The form of one exit, filled in with what it asks for. */
async function take(client, number, exit, more = {}) {
    let page = await client.get(`/arende/${number}/undantag?val=${exit}`);
    assert.equal(page.status, 200, `${exit}: ${page.text.slice(0, 400)}`);
    const form = page.forms.find((f) => f.fields.val === exit);
    const changes = { step: "take", reason: "Det gäller något annat.", ...more };
    if ("body" in form.fields && form.fields.body === "" && !more.body) changes.body = "forsakringskassan";
    if (/name="grounds"/.test(page.body) && !more.grounds) changes.grounds = page.body.match(/name="grounds" value="([^"]+)"/)[1];
    if (/name="with_story"/.test(page.body) && !("with_story" in more)) changes.with_story = "no";
    if (/exit_unit_move|Vart ska ärendet/.test(page.body) && !more.unit) changes.unit = "mat";
    if (form.fields.text === "" && !("silent" in form.fields) && !more.text) changes.text = "Telefonnumret är 0980-319 200.";
    page = await page.submit(/undantag$/, changes);
    if (page.status === 422 && /Läs igenom, och tryck en gång till/.test(page.text)) page = await page.submit(/undantag$/, { step: "take" });
    return page;
}
const undo = async (client, number, more = {}) => (await client.get(`/arende/${number}/undantag/angra`)).submit(/angra$/, { reason: "Vi läste fel.", ...more });
const ownPage = async (town, { number, code }) => (await town.client().get("/folj")).submit("number", { number, code });
const until = async (ready) => {
    for (let n = 0; n < 100 && !(await ready()); n++) await new Promise((done) => setTimeout(done, 100));
};
const sees = async (client, number) => (await client.get(`/arende/${number}`)).status === 200;

test("exits, with nobody's mail", async (t) => {
    const town = await exitTown(t);
    await t.test("every exit of every routine is taken, told to the person, and taken back with its promises", async () => {
        const maria = await town.logIn("maria");
        let n = 0;
        for (const routine of routines) {
            const listed = exitsOf(routine);
            assert.ok(listed.length >= 3, routine);
            const first = await town.complain({ unit: units[routine] });
            const list = await maria.get(`/arende/${first.number}/undantag`);
            assert.deepEqual([...list.body.matchAll(/undantag\?val=([a-z_]+)"/g)].map((m) => m[1]).sort(), [...listed].sort(), routine);
            for (const exit of listed) {
                const one = await town.complain({ unit: units[routine], story: `Jag undrar över något. ${routine} ${exit}` });
                const before = await maria.get(`/arende/${one.number}`);
                const promises = (page) => [...page.body.matchAll(/id="lofte-([a-z_]+)"/g)].map((m) => m[1]).sort().join(" ");
                const page = await take(maria, one.number, exit);
                assert.equal(page.status, 200, `${routine} ${exit}: ${page.text.slice(0, 600)}`);
                assert.doesNotMatch(page.text, /^Fel:/, exit);
                const sole = exit === "crime_report", moved = exit === "other_operation";
                const reader = sole ? await town.logIn("chefen") : maria;
                const after = await reader.get(`/arende/${one.number}`);
                assert.match(after.text, /Hanteras inte här därför att:/, `${routine} ${exit}`);
                if (!moved) {
                    assert.match(after.text, exit === "environment" ? /Väntar på kopia/ : /Inget ärende/, exit);
                    assert.doesNotMatch(promises(after), /\breply\b/, `${routine} ${exit}: no reply is owed any more`);
                    const own = await ownPage(town, one);
                    assert.match(own.text, /Det går en annan väg/, exit);
                }
                const back = await undo(reader, one.number);
                assert.equal(back.status, 200, `${routine} ${exit}: ${back.text.slice(0, 400)}\n${town.log().split("\n").filter((l) => /rror|busy|BUSY/.test(l)).slice(-6).join("\n")}`);
                const again = await maria.get(`/arende/${one.number}`);
                assert.match(again.text, /togs tillbaka/, exit);
                assert.equal(promises(again), promises(before), `${routine} ${exit}: the promises count again`);
                assert.match((await ownPage(town, one)).text, /Det var fel\. Vi tar hand om det/, exit);
                n++;
            }
        }
        assert.ok(n >= 30, `${n} exits`);
        const numbers = await maria.get("/undantag");
        assert.match(numbers.text, /Överklagande av ett beslut/);
        assert.match(numbers.text, new RegExp(`Alla ${n} ${n}`), "every exit is counted, and that it was taken back");
    });

    await t.test("what only one manager may see is seen by nobody else: page, lists, search, counters, mail, bare line", async () => {
        const logins = ["maria", "bosse", "hanna", "rut", "petra", "inga", "rolf", "sara", "adam", "emma", "amir", "chefen"];
        const people = Object.fromEntries(await Promise.all(logins.map(async (l) => [l, await town.logIn(l)])));
        const { number, code } = await town.complain({ unit: "solrosen", story: "Personalen tog pengar ur kassaskrinet zebrafink." });
        await until(async () => /zebrafink/.test((await people.maria.get("/arenden?q=zebrafink")).text) && (await people.maria.get("/arenden?q=zebrafink")).text.includes(number));
        const before = Object.fromEntries(await Promise.all(logins.map(async (l) => [l, await sees(people[l], number)])));
        assert.deepEqual(logins.filter((l) => before[l]), ["maria", "bosse", "hanna", "rut", "petra", "inga", "rolf", "chefen"]);
        await people.bosse.get(`/arende/${number}`); /* in the worker's memory of pages */

        const counted = Object.fromEntries(await Promise.all(logins.map(async (l) => [l, (await people[l].get("/undantag")).text])));
        const form = await people.hanna.get(`/arende/${number}/undantag?val=crime_report`);
        assert.match(form.text, /Bara Ulrika Dahl \(tjänst\) ser ärendet sedan\. Du ser det inte längre/);
        assert.match(form.text, /Får besked genast: Ulrika Dahl/);
        const done = await take(people.hanna, number, "crime_report");
        assert.equal(done.path.split("?")[0], "/undantag", "the one who took it no longer has a page of the case");
        assert.match(done.text, new RegExp(`${number}: lämnad till ansvarig chef`));
        assert.doesNotMatch(done.text, /kassaskrin|Solrosen/);

        for (const login of logins) {
            const who = people[login], alone = login === "chefen";
            assert.equal(await sees(who, number), alone, login);
            for (const path of ["/att-gora", "/att-gora?vems=enhet", "/att-gora?vems=alla", "/att-gora?vems=avslutade", "/arenden", `/arenden?q=${number}`, "/arenden?q=zebrafink", "/diarium", "/bevakning", "/undantag"]) {
                const page = await who.get(path);
                if (alone || (login === "hanna" && path === "/undantag")) continue;
                const listed = page.body.replace(/<input[^>]*>/g, "").replace(/<title>.*<\/title>/, "");
                assert.ok(!listed.includes(`/arende/${number}`), `${login} ${path}`);
                assert.doesNotMatch(listed, /kassaskrin/, `${login} ${path}`);
                if (path === "/undantag") assert.equal(page.text, counted[login], `${login}: not counted`);
            }
            for (const part of ["/undantag", "/undantag/angra", "/handling/1", "/svar"]) if (!alone) assert.equal((await who.get(`/arende/${number}${part}`)).status >= 403, true, `${login} ${part}`);
        }
        assert.match((await people.chefen.get("/att-gora")).text, new RegExp(number), "it is first in the manager's own list");
        assert.match((await people.chefen.get("/undantag")).text, /Du har inte lämnat/);

        /* The person is told, and may write; only the manager learns of it. */
        const own = await ownPage(town, { number, code });
        assert.match(own.text, /har lämnats direkt till ansvarig chef/);
        await own.submit("message", { message: "Det var i tisdags." });
        assert.equal(await sees(people.maria, number), false);
        let page = await people.chefen.get(`/arende/${number}`);
        assert.equal(page.byId("nasta"), "Personen har skrivit igen");
        page = await page.submit(/last$/);
        assert.equal(page.byId("nasta"), "Ta emot det som lämnats till dig");
        page = await page.submit(/mottaget$/, { reference: "PS 2026/17" });
        assert.match(page.text, /Det andra ärendet PS 2026\/17/);
        assert.equal(page.byId("nasta"), "Hanteras inte här");
        assert.doesNotMatch((await people.chefen.get("/att-gora")).text, new RegExp(number), "nothing is left");
        await undo(people.chefen, number);
        for (const login of logins) assert.equal(await sees(people[login], number), before[login], `${login} as before`);
    });

    await t.test("nobody is met with silence: a task when it cannot be mailed, and said when there is no way at all", async () => {
        const maria = await town.logIn("maria");
        const byPhone = await town.complain({ unit: "gator", reply: "phone", phone: "070-174 06 33" });
        let page = await take(maria, byPhone.number, "other_body", { body: "polisen" });
        assert.match(page.text, /Per telefon, när någon har ringt/);
        assert.match(page.byId("nasta"), /Ring/);
        page = await page.submit(/uppgift/);
        assert.equal(page.byId("nasta"), "Hanteras inte här");
        const anonymous = await town.complain({ unit: "gator", reply: "none" });
        const form = await maria.get(`/arende/${anonymous.number}/undantag?val=other_body`);
        assert.match(form.text, /Vi kan inte nå personen/);
        page = await take(maria, anonymous.number, "other_body");
        assert.match(page.text, /Personen kan inte nås/);
        assert.match((await ownPage(town, anonymous)).text, /Försäkringskassan bestämmer över det du skriver om/);
        /* Without an address the letter to the body is somebody's task too. */
        const fault = await town.complain({ unit: "bad", reply: "code" });
        assert.match((await maria.get(`/arende/${fault.number}/undantag?val=urgent_fault`)).text, /ring 112/);
        page = await take(maria, fault.number, "urgent_fault");
        assert.match(page.text, /Lämna brevet till den som tar över/);
        page = await page.submit(/uppgift/);
        assert.equal(page.byId("nasta"), "Hanteras inte här");
        /* English readers get English. */
        const english = await town.client().get("/synpunkter?lang=en");
        const receipt = await english.submit("story", { type: "complaint", story: "My decision is wrong.", unit: "gator", reply: "code" });
        const text = (await maria.get(`/arende/${receipt.byId("case-number")}/undantag?val=appeal`)).forms.find((f) => f.fields.val).fields.text;
        assert.match(text, /you can appeal/);
    });

    await t.test("what is discarded has a ground that is enough, and a simple question may only be counted", async () => {
        const maria = await town.logIn("maria");
        const one = await town.complain({ unit: "skola", story: "Köp våra pennor!", reply: "none" });
        let page = await take(maria, one.number, "trivial", { grounds: "anonymous" });
        assert.equal(page.status, 422);
        assert.match(page.text, /Att någon är anonym räcker inte/);
        page = await take(maria, one.number, "trivial", { grounds: [] });
        assert.match(page.text, /Välj minst ett skäl/);
        page = await take(maria, one.number, "trivial", { grounds: ["anonymous", "advertising"], reason: "" });
        assert.match(page.text, /Skriv varför/);
        page = await take(maria, one.number, "trivial", { grounds: ["anonymous", "advertising"], reason: "Utskick till alla skolor." });
        assert.match(page.text, /Skäl Den som skrev är anonym, Reklam/);
        assert.match(page.text, /Nej, ingen har fått besked/);
        const two = await town.complain({ unit: "skola", story: "Vad är numret till växeln?" });
        page = await take(maria, two.number, "simple_question", { text: "" , counted: "yes" });
        assert.match(page.text, /Svaret gavs direkt/);
        const three = await town.complain({ unit: "skola", story: "När öppnar skolan?" });
        const form = await maria.get(`/arende/${three.number}/undantag?val=simple_question`);
        page = await form.submit(/undantag$/, { step: "take", text: "" });
        assert.equal(page.status, 422);
        page = await page.submit(/undantag$/, { step: "take", text: "Klockan åtta." });
        assert.match((await ownPage(town, three)).text, /Klockan åtta/);
        /* Twice, by two people, and after it was taken: said, never done twice. */
        assert.equal((await form.submit(/undantag$/, { step: "take", text: "Klockan åtta." })).status, 409);
        assert.equal((await maria.get(`/arende/${three.number}/undantag`)).status, 409);
    });

    await t.test("nobody is asked to take over what has left, and a case comes back to be asked about anew", async () => {
        const maria = await town.logIn("maria"), bosse = await town.logIn("bosse");
        const { number } = await town.complain({ unit: "solrosen" });
        let page = await (await maria.get(`/arende/${number}/tilldela`)).submit(/tilldela$/, { manager: "bosse", step: "send" });
        assert.match((await bosse.get("/att-gora")).text, new RegExp(number));
        page = await take(maria, number, "supervision");
        assert.equal(page.status, 200, page.text);
        assert.doesNotMatch((await bosse.get("/att-gora")).text, new RegExp(number), "the question is withdrawn");
        assert.equal((await undo(maria, number)).status, 200);
        page = await maria.get(`/arende/${number}`);
        assert.match(page.text, /togs tillbaka/);
        assert.equal(page.forms.some((f) => /ta-over/.test(f.action)), false);
    });

    await t.test("bodies outside are added, retired and offered again, by the administrator alone", async () => {
        const adam = await town.logIn("adam"), maria = await town.logIn("maria");
        assert.equal((await maria.get("/admin/instanser")).status, 403);
        let page = await (await adam.get("/admin/instanser/ny")).submit("name", { name: "Länsstyrelsen i Östergötland", handles: "Tillsyn", web: "http://osakert.example", letter_en: "The county board." });
        assert.equal(page.status, 422);
        page = await page.submit("name", { web: "https://lansstyrelsen.example", step: "save" });
        assert.match(page.text, /Länsstyrelsen i Östergötland/);
        assert.equal((await (await adam.get("/admin/instanser/ny")).submit("name", { name: "LÄNSSTYRELSEN i östergötland", step: "save" })).status, 422, "the same name twice");
        const { number } = await town.complain({ unit: "gator" });
        page = await take(maria, number, "other_body", { body: "lansstyrelsen-i-ostergotland" });
        assert.match(page.text, /Lämnat till Länsstyrelsen/);
        await (await adam.get("/admin/instanser/lansstyrelsen-i-ostergotland")).submit("name", { step: "retire" });
        const other = await town.complain({ unit: "gator" });
        assert.doesNotMatch((await maria.get(`/arende/${other.number}/undantag?val=other_body`)).body, /lansstyrelsen/);
        assert.match((await maria.get(`/arende/${number}`)).text, /Lämnat till Länsstyrelsen/, "old cases still name it");
        assert.match((await (await adam.get("/admin/instanser/lansstyrelsen-i-ostergotland")).submit("name", { step: "offer" })).text, /sparad/);
    });
});

test("exits, with mails that leave", async (t) => {
    const sink = await startSink();
    t.after(() => sink.close());
    const town = await exitTown(t, { config: [`smtp_url = ${sink.url()}`, "smtp_tls = none", "mail_from = synpunkter@ekhamn.example"] });
    await t.test("lex Sarah is raised by whoever reads it: the named role gets to know at once and sees it, the rest do not", async () => {
        const { number } = await town.complain({ unit: "solrosen", story: "Hon låstes in på rummet.", reply: "email", email: "mor@example.se" });
        const [hanna, maria, sara, rut, bosse] = [await town.logIn("hanna"), await town.logIn("maria"), await town.logIn("sara"), await town.logIn("rut"), await town.logIn("bosse")];
        let page = await hanna.get(`/arende/${number}`);
        assert.match(page.text, /Möjligt: Anmälan enligt lex Sarah eller lex Maria/);
        assert.equal(await sees(sara, number), false, "she sees nothing until it is handed to her");
        assert.doesNotMatch((await hanna.get(`/arende/${number}/undantag`)).body, /val=authority_decision[^>]*>Välj/, "the others need another role");
        assert.equal((await hanna.post(`/arende/${number}/undantag`, new URLSearchParams({ csrf: page.forms[0].fields.csrf, version: "-1", val: "authority_decision", step: "take", text: "x" }))).status, 403);
        page = await take(hanna, number, "lex_sarah");
        assert.match(page.text, /Hanteras inte här därför att: Anmälan enligt lex Sarah/);
        assert.match(page.text, /Mottagare Sara Lind/);
        const mail = await sink.mailsTo("mor@example.se", 2);
        assert.match(readMail(mail.at(-1).raw).text, /utreds i ett eget/);
        assert.deepEqual([await sees(sara, number), await sees(maria, number), await sees(rut, number), await sees(bosse, number), await sees(hanna, number)], [true, false, false, false, true]);
        page = await sara.get("/att-gora");
        assert.match(page.text, new RegExp(number));
        town.setClock("2026-12-14T10:00:00+01:00");
        page = await (await sara.get(`/arende/${number}`)).submit(/mottaget$/, { reference: "" });
        assert.match(page.text, /Mottaget .*kl\. 10\.00.*Sara Lind/, "the time of the hand-over is kept");
        assert.equal(page.byId("nasta"), "Registrera eller skriv det andra numret");
        page = await page.submit(/mottaget$/, { reference: "LS 2026/3" });
        assert.match(page.text, /LS 2026\/3/);
        assert.equal((await undo(sara, number)).status, 200);
        assert.deepEqual([await sees(sara, number), await sees(maria, number), await sees(bosse, number)], [false, true, true]);
    });

    await t.test("a matter for the environment office waits, dated and in the lists, until the copy of the answer is there", async () => {
        const adam = await town.logIn("adam");
        let maria = await town.logIn("maria");
        let page = await (await adam.get("/admin/instanser/miljokontoret")).submit("email", { email: "inte en adress", phone: "0980-319 250" });
        assert.equal(page.status, 422);
        assert.match(page.text, /Skriv en hel e-postadress/);
        page = await page.submit("email", { email: "miljo@ekhamn.example", step: "save" });
        assert.match(page.text, /miljo@ekhamn\.example/);
        const { number, code } = await town.complain({ unit: "skola", story: "Det luktar olja vid bäcken. Anna Ek 070-174 06 10", reply: "email", email: "anna@example.se", name: "Anna Ek" });
        page = await take(maria, number, "environment", { with_story: null });
        assert.equal(page.status, 422);
        assert.match(page.text, /Välj om personens ord ska följa med/);
        assert.match(page.text, /Löftet upphör: Svara/);
        assert.match(page.text, /senast onsdag 30 december/, "ten working days for the copy");
        page = await page.submit(/undantag$/, { step: "take", with_story: "yes" });
        assert.match(page.text, /Väntar på kopia/);
        const [out] = await sink.mailsTo("miljo@ekhamn.example");
        const words = readMail(out.raw).text;
        assert.match(words, /luktar olja/);
        assert.match(words, new RegExp(number));
        assert.doesNotMatch(words, /anna@example\.se/);
        const told = (await sink.mailsTo("anna@example.se", 2)).at(-1);
        assert.match(readMail(told.raw).text, /lämnat det till/);
        assert.equal(page.byId("nasta"), "Vänta på kopian");
        assert.match((await maria.get("/att-gora?vems=alla")).text, new RegExp(number));
        assert.doesNotMatch((await maria.get(`/arende/${number}`)).body, /\/avsluta"/, "it cannot be closed meanwhile");
        town.setClock("2027-01-04T09:00:00+01:00");
        maria = await town.logIn("maria");
        page = await maria.get(`/arende/${number}`);
        assert.match(page.text, /Försenat|för sent|skulle ha/i, "late, and said so");
        page = await page.submit(/kopia$/, { copy: "" });
        assert.equal(page.status, 422);
        assert.match(page.text, /Lägg till kopian/);
        page = await page.submit(/kopia$/, { copy: "De har tagit prov." }, { files: [["svar.pdf", "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n", "application/pdf"]] });
        assert.match(page.text, /Kopian är sparad/);
        assert.match(page.text, /svar\.pdf/);
        assert.match(page.text, /Inget ärende/);
        const own = await ownPage(town, { number, code });
        assert.doesNotMatch(own.text, /tagit prov|svar\.pdf|vi ber om/, "what goes to and comes from the office is not the person's mail");
    });
});
