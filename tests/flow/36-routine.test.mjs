/* Versions of a routine: written, checked, compared, tried against last year's cases, published, withdrawn; and that no case that
 * has arrived ever changes by it. Both engines; the clock stands in a file. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { gavaOk, gavaRun, root } from "../gava.mjs";
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
    assert.ok((await town.client().get("/rutin?enhet=skola")).text.includes("Version 3"));
    assert.match((await town.client().get("/rutin/nordanstig-2")).text, /Ersatt av version 3, som gäller från 15 december/);

    /* It has begun: it can no longer be withdrawn. */
    page = await maria.get("/rutin/nordanstig-3");
    assert.ok(!page.body.includes("dra-tillbaka"));
    const forged = await maria.get("/rutin/nordanstig-3/ny");
    const token = /name="csrf" value="([^"]+)"/.exec(forged.body)[1];
    assert.equal((await maria.post("/rutin/nordanstig-3/dra-tillbaka", new URLSearchParams({ csrf: token }))).status, 409);
});
