/* Whom to turn to: the directory for all and for staff, the help contact on every page, the administrator's pages for units and
 * people, a password chosen with a code, and the units' own checklists. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { emptyStore, gavaOk, root, serve } from "../gava.mjs";
import { PASSWORD, startTown } from "./town.mjs";

const foot = (page) => page.body.match(/<p class="gv-foot__help">([\s\S]*?)<\/p>/)?.[1].replace(/<[^>]+>/g, "").replace(/\s+/g, " ").trim() ?? "";

/* The small town with somebody who keeps units and people. */
async function withAdmin(t, options) {
    const town = await startTown(t, options);
    gavaOk(["user", "add", ...town.where, "--user", "sara", "--name", "Sara Lund", "--title", "systemförvaltare", "--email", "sara@ekhamn.example", "--role", "admin@ekhamn"], { input: `${PASSWORD}\n` });
    const sara = await town.logIn("sara");
    const unit = async (code, changes) => (await sara.get(`/admin/enhet/${code}`)).submit(new RegExp(`/admin/enhet/${code}$`), changes);
    const person = async (name) => {
        const list = await sara.get(`/admin/personer?q=${encodeURIComponent(name)}`);
        return sara.get(list.body.match(/href="(\/admin\/person\/\d+)"/)[1]);
    };
    return { ...town, sara, unit, person };
}

test("the directory shows the public what a unit has opened, never people; staff see who holds what", async (t) => {
    const town = await withAdmin(t);
    const anybody = town.client();
    assert.match((await anybody.get("/kontakt")).text, /inga kontaktuppgifter än/);
    let page = await town.unit("norr", { function: "Reception", phone: "0980-319 210", email: "norr@ekhamn.example", address: "Norrgatan 1\n999 10 Ekhamn", hours: "Vardagar 8–16" });
    assert.match(page.text, /Ändringarna är sparade/);
    assert.doesNotMatch((await anybody.get("/kontakt")).text, /0980-319 210/, "not marked as open");
    await town.unit("norr", { in_directory: "yes" });
    page = await anybody.get("/kontakt");
    for (const words of [/Hemtjänst norr/, /Reception/, /0980-319 210/, /norr@ekhamn\.example/, /Norrgatan 1/, /Vardagar 8–16/]) assert.match(page.text, words);
    assert.match(page.body, /href="tel:\+46980319210"/);
    assert.doesNotMatch(page.text, /Amir|Karin|ansvarig chef/i, "people are for staff");
    assert.doesNotMatch((await anybody.get("/kontakt?q=skolan")).text, /Hemtjänst norr/);
    assert.match((await anybody.get("/kontakt?q=HEMTJÄNST")).text, /0980-319 210/);
    assert.match((await anybody.get("/kontakt?q=amir")).text, /Inget passar/);

    const karin = await town.logIn("karin");
    page = await karin.get("/kontakt");
    assert.match(page.text, /Amir Haddad ?, enhetschef Ansvarig chef/);
    assert.match(page.text, /Karin Öberg ?, samordnare/);
    page = await karin.get("/kontakt?q=rektor");
    assert.match(page.text, /Eva Norén/);
    assert.doesNotMatch(page.text, /Amir Haddad/);
    page = await karin.get("/kontakt?omrade=skola");
    assert.match(page.text, /Eva Norén/);
    assert.doesNotMatch(page.text, /Hemtjänst norr \S+ Reception/);
});

test("every page says whom to ask: the unit's person, else the unit above's, else the municipality's number; for one read", async (t) => {
    const town = await withAdmin(t);
    const karin = await town.logIn("karin"), eva = await town.logIn("eva");
    assert.equal(foot(await karin.get("/att-gora")), "", "nothing is known yet");
    await town.unit("aldre", { help: "Sara Lund" });
    assert.equal(foot(await karin.get("/att-gora")), "Frågor? Fråga alltid Sara Lund: sara@ekhamn.example");
    assert.equal(foot(await eva.get("/att-gora")), "", "another area");
    let page = await (await town.person("Amir")).submit(/person\/\d+$/, { phone: "0980-319 211", mobile: "070-174 06 05" });
    assert.match(page.text, /sparade/);
    await town.unit("norr", { help: "amir" });
    for (const path of ["/att-gora", "/arenden", "/rutin", "/kontakt", "/hjalp", "/finns-inte"])
        assert.equal(foot(await karin.get(path)), "Frågor? Fråga alltid Amir Haddad: 0980-319 211", path);
    page = await town.unit("norr", { help: "Nobody At All" });
    assert.equal(page.status, 422);
    assert.match(page.text, /Ingen heter så/);
    await (await town.person("Amir")).submit(/aktiv$/);
    assert.equal(foot(await karin.get("/att-gora")), "Frågor? Fråga alltid Sara Lund: sara@ekhamn.example", "who has left is not asked");
});

test("the directory tells who is away and who answers meanwhile, and so does the foot of the page", async (t) => {
    const town = await withAdmin(t);
    let page = await (await town.person("Amir")).submit(/person\/\d+$/, { deputy: "Amir Haddad" });
    assert.equal(page.status, 422, "nobody stands in for oneself");
    page = await page.submit(/person\/\d+$/, { deputy: "Karin Öberg", phone: "0980-319 211" });
    assert.match(page.text, /sparade/);
    assert.equal(page.forms.find((f) => "deputy" in f.fields).fields.deputy, "karin");
    await (await town.person("Karin")).submit(/person\/\d+$/, { phone: "0980-319 212" });
    await town.unit("norr", { help: "amir" });
    const karin = await town.logIn("karin");
    assert.match(foot(await karin.get("/att-gora")), /Amir Haddad/);
    await (await town.person("Amir")).submit(/aktiv$/);
    assert.doesNotMatch((await karin.get("/kontakt?q=amir")).text, /Amir/);
    assert.doesNotMatch(foot(await karin.get("/att-gora")), /Amir Haddad/);
});

test("an administrator adds a unit and a person, who chooses a password with a code, once", async (t) => {
    const town = await withAdmin(t);
    let page = await (await town.sara.get("/admin/ny-enhet")).submit(/ny-enhet/, { code: "Köket!", name: "Köket", above: "ekhamn", level: "unit" });
    assert.equal(page.status, 422);
    assert.match(page.text, /Små bokstäver/);
    assert.equal(page.forms.find((f) => "name" in f.fields && "code" in f.fields).fields.name, "Köket", "what was typed is kept");
    page = await page.submit(/ny-enhet/, { code: "koket", public: "yes" });
    assert.match(page.text, /Enheten finns nu/);
    assert.match((await town.client().get("/synpunkter")).body, /value="koket"/);
    page = await (await town.sara.get("/admin/ny-enhet")).submit(/ny-enhet/, { code: "koket", name: "Ett kök till", above: "ekhamn", level: "unit" });
    assert.match(page.text, /Kortnamnet används redan/);

    page = await (await town.sara.get("/admin/ny-person")).submit(/ny-person/, { login: "amir", name: "Någon annan" });
    assert.match(page.text, /Användarnamnet finns redan/);
    page = await page.submit(/ny-person/, { login: "Bo.Ek", name: "Bo Ek", title: "kökschef", email: "bo@ekhamn.example" });
    assert.match(page.text, /Personen finns nu/);
    page = await page.submit("role", { role: "responsible_manager", unit: "koket" });
    assert.match(page.text, /Rollen är tillagd/);
    page = await page.submit(/kod$/);
    const code = page.byId("password-code");
    assert.match(code, /^([2-9a-z]{5}-){3}[2-9a-z]{5}$/);
    assert.doesNotMatch((await town.sara.get(page.path.replace(/\/kod$/, ""))).text, new RegExp(code), "shown once");

    const bo = town.client();
    page = await (await bo.get("/losenord")).submit("code", { user: "bo.ek", code, password: "kort" });
    assert.equal(page.status, 422);
    assert.match(page.text, /Minst 12 tecken/);
    page = await page.submit("code", { code: "22222-22222-22222-22222", password: "gröt och sill till frukost" });
    assert.match(page.text, /Koden stämmer inte/);
    page = await page.submit("code", { code: ` ${code.toUpperCase().replaceAll("-", " ")} `, password: "gröt och sill till frukost" });
    assert.match(page.text, /nya lösenord är sparat/);
    page = await bo.logIn("bo.ek", "gröt och sill till frukost");
    assert.equal(page.path, "/att-gora");
    page = await (await town.client().get("/losenord")).submit("code", { user: "bo.ek", code, password: "något annat långt ord" });
    assert.match(page.text, /Koden stämmer inte/, "used once");

    await (await town.person("Bo Ek")).submit(/kod$/);
    page = await town.person("Bo Ek");
    const late = (await page.submit(/kod$/)).byId("password-code");
    town.setClock("2026-12-15T09:13:00+01:00");
    page = await (await town.client().get("/losenord")).submit("code", { user: "bo.ek", code: late, password: "något annat långt ord" });
    assert.match(page.text, /Koden stämmer inte/, "a day has passed");
});

test("roles come and go with what they open, nobody changes the own, and whoever has left is out at once", async (t) => {
    const town = await withAdmin(t);
    const { number } = await town.complain();
    const eva = await town.logIn("eva");
    assert.equal((await eva.get(`/arende/${number}`)).status, 404);
    let page = await (await town.person("Eva")).submit("role", { role: "handler", unit: "aldre" });
    assert.match(page.text, /Handläggare/i);
    assert.equal((await eva.get(`/arende/${number}`)).status, 200);
    page = await page.submit("remove", { remove: "handler@aldre" });
    assert.match(page.text, /Rollen är borttagen/);
    assert.equal((await eva.get(`/arende/${number}`)).status, 404, "unit_reader follows");

    page = await town.person("Sara");
    assert.match(page.text, /Du kan inte ändra dina egna roller/);
    const csrf = page.forms.find((f) => f.fields.csrf).fields.csrf;
    for (const [part, fields] of [["roll", { role: "complaints_officer", unit: "ekhamn" }], ["aktiv", { active: "no" }], ["kod", {}]])
        assert.equal((await town.sara.post(`${page.path}/${part}`, new URLSearchParams({ csrf, ...fields }))).status, 403, part);
    assert.equal((await town.sara.get(`/arende/${number}`)).status, 404, "an administrator sees no cases");
    assert.equal((await eva.get("/admin")).status, 403);

    page = await (await town.person("Eva")).submit(/aktiv$/);
    assert.match(page.text, /kan inte logga in längre/);
    assert.equal((await eva.get("/att-gora")).path.split("?")[0], "/logga-in");
    assert.doesNotMatch((await town.sara.get("/kontakt")).text, /Eva Norén/);
    page = await page.submit(/aktiv$/);
    assert.match(page.text, /kan logga in igen/);
});

test("an administrator of one area reaches its units and people only", async (t) => {
    const town = await withAdmin(t);
    await (await town.person("Eva")).submit("role", { role: "admin", unit: "skola" });
    const eva = await town.logIn("eva");
    let page = await eva.get("/admin/enheter");
    assert.match(page.text, /Ekskolan/);
    assert.doesNotMatch(page.text, /Hemtjänst/);
    assert.equal((await eva.get("/admin/enhet/norr")).status, 404);
    assert.doesNotMatch((await eva.get("/admin/personer")).text, /Amir/);
    const amir = (await town.person("Amir")).path;
    assert.equal((await eva.get(amir)).status, 404);
    page = await (await eva.get("/admin/ny-enhet")).submit(/ny-enhet/, { code: "gympa", name: "Gymnastiksalen", above: "norr", level: "unit" });
    assert.equal(page.status, 422);
    assert.match(page.text, /Välj en enhet/);
});

test("a closed day of the unit moves the promised dates of what comes in", async (t) => {
    const town = await withAdmin(t);
    const due = async () => (await town.client().get("/rutin?inkom=2026-12-14")).text;
    const before = await due();
    let page = await (await town.sara.get("/admin/enhet/ekhamn")).submit(/dag$/, { day: "", day_name: "" });
    assert.equal(page.status, 422);
    assert.match(page.text, /Välj en dag/);
    page = await page.submit(/dag$/, { day: "2026-12-17", day_name: "Planeringsdag" });
    assert.match(page.text, /Dagen är tillagd/);
    assert.match(page.text, /torsdag 17 december Planeringsdag · stängt/);
    const { number } = await town.complain({ unit: "skola" });
    const maria = await town.logIn("maria");
    assert.match((await maria.get(`/arende/${number}`)).text, /Planeringsdag/, "the explanation names the day");
    page = await (await town.sara.get("/admin/enhet/ekhamn")).submit("remove");
    assert.match(page.text, /Dagen är borttagen/);
    assert.equal(await due(), before);
});

test("a unit's checklist is missing until its manager writes it, is reviewed each year and keeps its versions", async (t) => {
    const town = await startTown(t);
    const amir = await town.logIn("amir"), karin = await town.logIn("karin"), eva = await town.logIn("eva");
    let page = await amir.get("/checklista");
    assert.match(page.text, /1 av 1 enheter saknar checklista/);
    assert.match(page.text, /Saknas 1 st Hemtjänst norr/);
    page = await amir.get("/checklista?vems=alla");
    assert.match(page.text, /2 av 2 enheter saknar/);
    assert.match((await karin.get("/checklista/norr")).text, /ingen egen checklista än/);
    assert.equal((await karin.get("/checklista/norr/skriv")).status, 403, "the manager writes");
    assert.equal((await eva.get("/checklista/norr/skriv")).status, 403, "another unit's manager does not");

    page = await amir.get("/checklista/norr/skriv");
    const start = page.forms.find((f) => "text" in f.fields).fields.text;
    assert.match(start, /^# .+\n(- |1\. )/, "the routine's own lists are the start");
    page = await page.submit("text", { text: "" });
    assert.equal(page.status, 422);
    assert.match(page.text, /Skriv checklistan/);
    page = await page.submit("text", { text: "# När någon ringer\n\n1. Lyssna\n2. Tacka\n\n- Skriv i Gåva <b>samma dag</b>\n\nFråga Karin.", owner: "amir" });
    assert.match(page.text, /Checklistan är sparad/);
    assert.match(page.body, /<h3[^>]*>När någon ringer<\/h3>\s*<ol[^>]*><li>Lyssna<\/li><li>Tacka<\/li><\/ol>/);
    assert.match(page.body, /Skriv i Gåva &lt;b&gt;samma dag&lt;\/b&gt;/);
    assert.match(page.text, /Ansvarig Amir Haddad Version 1, 14 december/);
    assert.match((await amir.get("/checklista")).text, /Alla 1 enheter har en checklista/);

    const stale = await amir.get("/checklista/norr/skriv");
    await stale.submit("text", { text: "Andra versionen." });
    page = await stale.submit("text", { text: "Skriven på den första." });
    assert.equal(page.status, 409);
    assert.match(page.text, /Någon annan har sparat/);
    assert.match(page.text, /Skriven på den första/, "what was typed is kept");
    page = await karin.get("/checklista/norr");
    assert.match(page.text, /Andra versionen/);
    page = await karin.get("/checklista/norr?version=1");
    assert.match(page.text, /Du läser version 1, som inte gäller längre/);
    assert.match(page.text, /När någon ringer/);
    assert.equal((await karin.get("/checklista/norr?version=9")).status, 404);

    town.setClock("2027-12-13T09:00:00+01:00");
    assert.doesNotMatch((await (await town.logIn("amir")).get("/checklista")).text, /Ska ses över/);
    town.setClock("2027-12-14T09:00:00+01:00");
    const later = await town.logIn("amir");
    assert.match((await later.get("/checklista")).text, /Ska ses över 1 st Hemtjänst norr/);
    page = await (await later.get("/checklista/norr")).submit(/granska$/);
    assert.match(page.text, /gäller ett år till/);
    assert.match((await later.get("/checklista")).text, /Finns 1 st Hemtjänst norr/);
    const { number } = await town.complain();
    assert.match((await later.get(`/arende/${number}`)).body, /href="\/checklista\/norr"/, "beside the case");
});

test("a unit without a checklist reads the one above, and finds the manuals of all levels", async (t) => {
    const town = await startTown(t);
    gavaOk(["user", "add", ...town.where, "--user", "petra", "--name", "Petra Hallberg", "--role", "quality_unit@ekhamn"], { input: `${PASSWORD}\n` });
    const petra = await town.logIn("petra"), karin = await town.logIn("karin");
    await (await petra.get("/checklista/aldre/skriv")).submit("text", { text: "Så gör äldreomsorgen.", owner: "petra" });
    let page = await karin.get("/checklista/norr");
    assert.match(page.text, /Så här gör Äldreomsorg, enheten ovanför Så gör äldreomsorgen/);
    assert.match(page.text, /Saknas/, "it still counts as missing");

    page = await (await petra.get("/checklista/ekhamn")).submit(/lathund$/, {}, { files: [["program.exe", new Uint8Array([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0]), "application/pdf"]] });
    assert.equal(page.status, 422);
    page = await (await petra.get("/checklista/ekhamn")).submit(/lathund$/, {}, { files: [["Lathund för Gåva.pdf", Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"), "application/pdf"]] });
    assert.match(page.text, /Filen är bifogad/);
    page = await karin.get("/checklista/norr");
    assert.match(page.text, /Lathund för Gåva\.pdf/);
    const file = await karin.request("GET", "/checklista/ekhamn/lathund");
    assert.equal(file.status, 200);
    assert.match(file.headers.get("content-disposition"), /attachment/);
    assert.match(file.body, /^%PDF-1\.4/);
    const csrf = (await karin.get("/att-gora")).forms.find((f) => f.fields.csrf).fields.csrf;
    assert.equal((await karin.post("/checklista/norr/granska", new URLSearchParams({ csrf, version: 1 }))).status, 403);
    page = await (await petra.get("/checklista/ekhamn")).submit("remove");
    assert.match(page.text, /Filen är borttagen/);
    assert.equal((await karin.request("GET", "/checklista/ekhamn/lathund")).status, 404);
});

test("the routine's page names the policy that it follows, with its address when the file has one", async (t) => {
    const store = emptyStore();
    const text = readFileSync(join(root, "routines/nacka-valfard.yaml"), "utf8").replace(/^ {2}policy: .*$/m, "  policy: Nacka kommuns servicepolicy\n  policy_url: https://policy.example/service");
    const file = join(store.dir, "nacka-valfard.yaml");
    writeFileSync(file, text);
    gavaOk(["init", ...store.where, "--municipality", "ekhamn", "--name", "Ekhamns kommun", "--routine", join(root, "routines/default.yaml")]);
    gavaOk(["routine", "add", ...store.where, "--file", file, "--unit", "ekhamn", "--from", "2000-01-01"]);
    const server = await serve(store.where);
    t.after(async () => {
        await server.stop();
        store.remove();
    });
    const page = await server.client().get("/rutin");
    assert.match(page.text, /Rutinen följer Nacka kommuns servicepolicy/);
    assert.match(page.body, /<a class="ds-link" href="https:\/\/policy\.example\/service">/);
});
