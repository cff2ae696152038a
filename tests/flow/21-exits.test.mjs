/* Exits: what is not handled as feedback. Every exit of every routine file is taken and taken back; then each kind by what it
 * promises: who is told, who sees it, what comes back. Source: S0.4, S2.9, S2.38-S2.43, S3.24-S3.29, S4.18. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { gavaOk, root } from "../gava.mjs";
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
    if (/name="with_story"/.test(page.body) && !more.with_story) changes.with_story = "no";
    if (/exit_unit_move|Vart ska ärendet/.test(page.body) && !more.unit) changes.unit = "mat";
    if (form.fields.text === "" && !("silent" in form.fields) && !more.text) changes.text = "Telefonnumret är 0980-319 200.";
    return page.submit(/undantag$/, changes);
}
const undo = async (client, number, more = {}) => (await client.get(`/arende/${number}/undantag/angra`)).submit(/angra$/, { reason: "Vi läste fel.", ...more });
const ownPage = async (town, { number, code }) => (await town.client().get("/folj")).submit("number", { number, code });
const sees = async (client, number) => (await client.get(`/arende/${number}`)).status === 200;

test("every exit of every routine is taken, told to the person, and taken back with its promises", async (t) => {
    const town = await exitTown(t);
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
