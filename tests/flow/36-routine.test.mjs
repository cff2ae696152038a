/* Versions of a routine: written, checked, compared, tried against last year's cases, published, withdrawn; and that no case that
 * has arrived ever changes by it. Both engines; the clock stands in a file. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { gavaOk, gavaRun, root } from "../gava.mjs";
import { addWorking, dayOf, iso } from "./swedish_days.mjs";
import { PASSWORD, startTown } from "./town.mjs";

const yaml = (name) => readFileSync(join(root, "routines", `${name}.yaml`), "utf8");
const addUser = (town, login, name, ...roles) =>
    gavaOk(["user", "add", ...town.where, "--user", login, "--name", name, "--email", `${login}@ekhamn.example`, ...roles.flatMap((r) => ["--role", r])], { input: `${PASSWORD}\n` });
const eight = (text) => text.replace(/(- id: reply\n(?: {4}.*\n)*? {4}within: )\{n: 10, unit: working_day\}/, "$1{n: 8, unit: working_day}");
const save = async (client, from, text) => (await client.get(`/rutin/${from}/ny`)).submit(/\/ny$/, { text });
const publish = (page, fields) => page.submit(/publicera$/, { decided_by: "Kommundirektören", number: "KS 2026/0118", ...fields });

test("a routine changed in the middle of a case: the old case keeps its dates, the new case gets new ones", async (t) => {
    const town = await startTown(t); /* 14 December 2026 */
    let maria = await town.logIn("maria");
    const old = await town.complain({ unit: "skola" });
    const elsewhere = await town.complain({ unit: "norr" });
    const dates = (page) => [...page.body.matchAll(/<time datetime="(\d{4}-\d\d-\d\d)"/g)].map((m) => m[1]);
    const before = dates(await maria.get(`/arende/${old.number}`));
    assert.ok(before.includes("2026-12-30"), "10 working days from 14 December");

    const text = eight(yaml("nordanstig"));
    assert.notEqual(text, yaml("nordanstig"));
    let page = await save(maria, "nordanstig-2", text);
    assert.equal(page.status, 200, page.text);
    assert.match(page.text, /Utkastet är sparat/);
    assert.match(page.text, /Ett löfte är ändrat/);
    assert.match(page.text, /Den gäller för Ekskolan/);
    const changes = await maria.get("/rutin/nordanstig-utkast/andringar");
    assert.match(changes.text, /Svara Ändrad Tid Förut: 10 arbetsdagar &rarr; Nu: 8 arbetsdagar/);
    assert.match(changes.text, /Borttagen: within: \{n: 10, unit: working_day\}.*Ny: within: \{n: 8, unit: working_day\}/);
    assert.match((await maria.get("/rutin/nordanstig-utkast")).text, /Det här är ett utkast och gäller inte/);
    assert.equal((await town.client().get("/rutin/nordanstig-utkast")).status, 404, "not for the public");

    page = await publish(page, { from: "2026-12-14" });
    assert.equal(page.status, 422);
    assert.match(page.text, /tidigast i morgon/);
    page = await publish(page, { from: "2026-12-15" });
    assert.equal(page.status, 200, page.text);
    assert.equal(page.path, "/rutin/nordanstig-3?klart=publicerad");
    assert.match(page.text, /Versionen är publicerad/);
    assert.match(page.text, /Version 3 · gäller från 15 december · beslutad av Kommundirektören · nr KS 2026\/0118/);
    assert.match((await maria.get("/rutin/nordanstig-3.yaml")).body, /version: 3[\s\S]*valid_from: 2026-12-15/);
    assert.match((await town.client().get("/rutin?enhet=skola")).text, /Version 3 börjar gälla 15 december/);

    const today = await town.complain({ unit: "skola" }); /* the day before it begins */
    assert.ok(dates(await maria.get(`/arende/${today.number}`)).includes("2026-12-30"), "still ten days");
    town.setClock("2026-12-15T08:00:00+01:00");
    maria = await town.logIn("maria");
    const later = await town.complain({ unit: "skola" });
    const after = dates(await maria.get(`/arende/${later.number}`));
    assert.ok(after.includes("2026-12-29"), `8 working days from 15 December: ${after}`);
    assert.deepEqual(dates(await maria.get(`/arende/${old.number}`)).filter((d) => d > "2026-12-15"), before.filter((d) => d > "2026-12-15"), "the old case is as it was");
    await (await maria.get(`/arende/${old.number}`)).submit(/registrera$/); /* and stays so after a step */
    assert.ok(dates(await maria.get(`/arende/${old.number}`)).includes("2026-12-30"));
    /* A case that moves there follows the version that was in force when it arrived, not the new one (decision 0025). */
    const moved = await (await maria.get(`/arende/${elsewhere.number}/sortera`)).submit(/sortera$/, { title: "Skolmaten", subject: "food", unit: "skola" });
    assert.equal(moved.status, 200, moved.text);
    assert.match(moved.text, /Ekskolan/);
    assert.ok(dates(moved).includes("2026-12-30"), `ten days from its arrival: ${dates(moved)}`);
    assert.ok((await town.client().get("/rutin?enhet=skola")).text.includes("Version 3"));
    assert.match((await town.client().get("/rutin/nordanstig-2")).text, /Ersatt av version 3, som gäller från 15 december/);

    /* It has begun: it can no longer be withdrawn. */
    page = await maria.get("/rutin/nordanstig-3");
    assert.ok(!page.body.includes("dra-tillbaka"));
    const forged = await maria.get("/rutin/nordanstig-3/ny");
    const token = /name="csrf" value="([^"]+)"/.exec(forged.body)[1];
    assert.equal((await maria.post("/rutin/nordanstig-3/dra-tillbaka", new URLSearchParams({ csrf: token }))).status, 409);
});

/* A reply as eva writes it, whatever the case has been through. */
async function reply(town, number) {
    const eva = await town.logIn("eva");
    let page = await (await eva.get(`/arende/${number}/svar`)).submit(/svar$/, { step: "check", text: "Hej!\n\nNu är det ordnat." });
    page = await page.submit(/svar$/, { step: "send" });
    assert.equal(page.status, 200, page.text);
}
const finished = async (client, path) => {
    let page;
    for (let n = 0; n < 150; n++) {
        page = await client.get(path);
        if (!/Räknar om ärendena \d+ av/.test(page.text)) return page;
        await new Promise((done) => setTimeout(done, 100));
    }
    assert.fail(page.text);
};

test("what a text would have meant: the figures are those of a recount, on the page and on the command line", async (t) => {
    const town = await startTown(t, { now: "2026-11-02T09:00:00+01:00" });
    /* [came in, answered or null]: some in time under ten days, some under eight, some never. */
    const plan = [["2026-11-02", "2026-11-03"], ["2026-11-02", "2026-11-13"], ["2026-11-03", "2026-11-16"], ["2026-11-03", null], ["2026-11-05", "2026-11-23"], ["2026-11-12", "2026-11-24"], ["2026-12-03", null]];
    const cases = [];
    const days = [...new Set(plan.flat().filter(Boolean))].sort();
    for (const day of days) {
        town.setClock(`${day}T09:00:00+01:00`);
        for (const [came, answered] of plan) if (came === day) cases.push({ came, answered, number: (await town.complain({ unit: "skola" })).number });
        for (const c of cases) if (c.answered === day) await reply(town, c.number);
    }
    const norr = await town.complain({ unit: "norr" }); /* under another routine: not counted */
    assert.ok(norr.number);
    const today = "2026-12-16";
    town.setClock(`${today}T09:00:00+01:00`);
    const recount = (limit) => {
        const judged = cases.map(({ came, answered }) => ({ end: iso(addWorking(dayOf(came), limit)), answered })).filter((c) => c.answered || c.end < today);
        return { n: judged.length, late: judged.filter((c) => (c.answered ?? "9999") > c.end).length };
    };
    const ten = recount(10), eightDays = recount(8);
    assert.ok(ten.late > 0 && eightDays.late > ten.late && eightDays.n > ten.n, JSON.stringify([ten, eightDays]));

    const maria = await town.logIn("maria"), text = eight(yaml("nordanstig"));
    await save(maria, "nordanstig-2", text);
    let page = await maria.get("/rutin/nordanstig-utkast/prova");
    assert.match(page.text, /Hur ni hade arbetat med andra tider vet ingen/);
    page = await finished((await page.submit(/prova$/)).client, "/rutin/nordanstig-utkast/prova");
    assert.match(page.text, /7 ärenden är omräknade/);
    assert.match(page.text, new RegExp(`Svara .*?Med den här texten: ${eightDays.late} av ${eightDays.n} sena Som det var: ${ten.late} av ${ten.n} sena`));
    assert.match((await maria.get("/rutin/nordanstig-2/ny")).text, new RegExp(`Svara: ${eightDays.late} av ${eightDays.n} hade blivit sena\\. Som det var: ${ten.late} av ${ten.n}\\.`));

    const file = join(town.dir, "nordanstig.yaml");
    writeFileSync(file, text);
    const told = JSON.parse(gavaOk(["routine", "try", ...town.where, "--file", file, "--json", "--as-of", `${today}T09:00:00+01:00`]));
    const row = told.promises.find((p) => p.obligation === "reply");
    assert.equal(told.cases, cases.length);
    assert.deepEqual([row.late, row.late + row.kept, row.newLate, row.newLate + row.newKept], [ten.late, ten.n, eightDays.late, eightDays.n]);

    /* The text is changed: the page says that the figures are of an older one. Those who keep no routine may not ask. */
    await save(maria, "nordanstig-2", `${text}# en rad till\n`);
    assert.match((await maria.get("/rutin/nordanstig-utkast/prova")).text, /Texten har ändrats sedan dess/);
    assert.equal((await (await town.logIn("amir")).get("/rutin/nordanstig-utkast/prova")).status, 403);
});

test("a draft keeps what was written, faults and all; of two at once one saves and one publishes", async (t) => {
    const town = await startTown(t);
    addUser(town, "kajsa", "Kajsa Berg", "quality_unit@ekhamn");
    const maria = await town.logIn("maria"), kajsa = await town.logIn("kajsa");
    const broken = yaml("nordanstig").replace("where: diary", "where: dairy").replace("kind: hard", "kind: hrad");
    let page = await save(maria, "nordanstig-2", broken);
    assert.match(page.text, /Texten har 2 fel/);
    const line = broken.split("\n").findIndex((l) => l.includes("dairy")) + 1;
    assert.match(page.text, new RegExp(`Rad ${line}: where: "dairy" is not one of diary, deidentified, self where: dairy`));
    assert.ok(page.body.includes("where: dairy") && !page.body.includes("/publicera"), "kept, and not to be published");
    page = await (await kajsa.get("/rutin/nordanstig-2/ny")).submit(/\/ny$/, {}, { file: [["ny.yaml", Buffer.from("inte: [en rutin"), "text/yaml"]] });
    assert.match(page.text, /Texten har .*fel/);
    assert.ok(page.forms.find((f) => "text" in f.fields).fields.text.startsWith("inte: [en rutin"), "the file's text stands in the box");
    page = await page.submit(/\/ny$/, {}, { file: [["bild.png", Buffer.from([0x89, 0x50, 0xff, 0xfe]), "image/png"]] });
    assert.equal(page.status, 422);
    assert.match(page.text, /Välj en textfil/);

    const one = await maria.get("/rutin/nordanstig-2/ny"), two = await kajsa.get("/rutin/nordanstig-2/ny");
    await one.submit(/\/ny$/, { text: eight(yaml("nordanstig")) });
    page = await two.submit(/\/ny$/, { text: `${yaml("nordanstig")}# Kajsas rad\n` });
    assert.equal(page.status, 409);
    assert.match(page.text, /Någon annan har sparat utkastet under tiden/);
    assert.ok(page.body.includes("# Kajsas rad") && page.body.includes("n: 8"), "both texts are there");

    /* Two publish at once: one version, and the other is told. */
    const pages = [await maria.get("/rutin/nordanstig-2/ny"), await kajsa.get("/rutin/nordanstig-2/ny")];
    const both = await Promise.all(pages.map((p) => publish(p, { from: "2027-01-01" })));
    assert.deepEqual(both.map((p) => p.status).sort(), [200, 409], both.map((p) => p.text).join("\n"));
    assert.match(both.find((p) => p.status === 409).text, /Någon annan har publicerat eller kastat utkastet/);
    assert.equal((await maria.get("/rutin/nordanstig-3")).status, 200);
    assert.equal((await maria.get("/rutin/nordanstig-4")).status, 404);

    /* The next one must begin later than the one that waits; withdrawn, it is free again, and its number stays used. */
    page = await save(maria, "nordanstig-3", eight(yaml("nordanstig")));
    page = await publish(page, { from: "2026-12-20" });
    assert.match(page.text, /Välj en dag efter att alla andra versioner har börjat gälla/);
    page = await publish(page, { from: "2027-02-01", decided_by: " " });
    assert.match(page.text, /Skriv vem som har beslutat/);
    page = await (await maria.get("/rutin/nordanstig-3")).submit(/dra-tillbaka$/);
    assert.match(page.text, /Versionen är tillbakadragen/);
    assert.equal((await town.client().get("/rutin/nordanstig-3")).status, 404, "the public no longer sees it");
    page = await publish(await maria.get("/rutin/nordanstig-2/ny"), { from: "2026-12-20" });
    assert.equal(page.path, "/rutin/nordanstig-4?klart=publicerad");
    town.setClock("2027-01-04T09:00:00+01:00");
    const late = await town.complain({ unit: "skola" });
    assert.match((await (await town.logIn("maria")).get(`/arende/${late.number}`)).body, /datetime="2027-01-15"/, "8 working days, from version 4");
});

test("two layers: who builds on the default is told, renewed with it, and keeps its version otherwise; units change routine from a day", async (t) => {
    const town = await startTown(t);
    gavaOk(["routine", "add", ...town.where, "--file", join(root, "routines/motala-socialforvaltning.yaml")]);
    gavaOk(["unit", "add", ...town.where, "--code", "social", "--name", "Socialt stöd", "--public", "--routine", "motala-socialforvaltning"]);
    let maria = await town.logIn("maria");
    assert.match((await maria.get("/rutin?enhet=social")).text, /Svara .*?Från .*?, version 1/, "where a promise is taken from");
    assert.match((await maria.get("/rutin?enhet=social")).text, /Det som inte står i den här rutinen kommer från/);
    const shorter = eight(yaml("default"));
    assert.notEqual(shorter, yaml("default"));
    let page = await save(maria, "default-1", shorter);
    assert.match(page.text, /Rutiner som bygger på den här .*Rutin för synpunkter och klagomål i socialförvaltningens verksamhet/);
    page = await publish(page, { from: "2027-01-01", heirs: "yes" });
    assert.equal(page.path, "/rutin/default-2?klart=publicerad", page.text);
    assert.match((await maria.get("/rutin/motala-socialforvaltning-3/andringar")).text, /Svara Ändrad Tid Förut: 10 arbetsdagar &rarr; Nu: 8 arbetsdagar/);
    page = await maria.get("/admin/rutiner");
    assert.match(page.text, /Socialt stöd: Version 3 från 1 januari/);

    /* A unit changes routine from a day; the change is undone; both only before the day. */
    page = await page.submit("routine", { unit: "norr", routine: "nordanstig", from: "2026-12-14" });
    assert.match(page.text, /tidigast i morgon/);
    page = await page.submit("routine", { unit: "norr", routine: "nordanstig", from: "2026-12-16" });
    assert.match(page.text, /Enheten byter rutin den dagen .*Hemtjänst norr: Version 2 från 16 december/);
    assert.equal((await (await town.logIn("amir")).get("/admin/rutiner")).status, 403);
    const undo = page.forms.find((f) => f.fields.undo === "yes" && f.fields.unit === "norr");
    page = await maria.post("/admin/rutiner", new URLSearchParams(undo.fields));
    assert.match(page.text, /Bytet är ångrat/);
    assert.doesNotMatch(page.text, /Hemtjänst norr: Version 2 från 16 december/);

    /* Withdrawing the default takes the renewed one back with it. */
    page = await (await maria.get("/rutin/default-2")).submit(/dra-tillbaka$/);
    assert.equal(page.status, 200, page.text);
    assert.match((await maria.get("/rutin/motala-socialforvaltning-3")).text, /drogs tillbaka/);
    town.setClock("2027-01-04T09:00:00+01:00");
    const { number } = await town.complain({ unit: "social" });
    maria = await town.logIn("maria");
    assert.match((await maria.get(`/arende/${number}`)).body, /datetime="2027-01-19"/, "10 working days as before");
});

test("gava routine compare tells in plain words what is new", () => {
    const file = join(root, "routines/nordanstig.yaml");
    assert.equal(gavaOk(["routine", "compare", file, file]), "");
    const told = gavaOk(["routine", "compare", join(root, "routines/nacka-valfard.yaml"), file, "--lang", "en"]);
    assert.match(told, /^\* Promise: Reply$/m);
    assert.match(told, /^\+ Promise: /m);
    assert.match(told, /^- Promise: /m);
    assert.equal(gavaRun(["routine", "compare", file, "/nowhere.yaml"]).status, 1);
});
