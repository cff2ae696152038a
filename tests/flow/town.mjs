/* What: a small municipality for flow tests: units under two routines, one person in each part, the clock in a file.
 * Flow: const town = await startTown(t); const maria = await town.logIn("maria"); const number = await town.complain({...});
 * People: maria (complaints officer, sees all), amir (manager of norr), karin (his case worker), lena (an employee of syd, no other role), eva (manager of skola, sees only her own).
 * Not here: the year of cases of `gava demo`. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { emptyStore, gavaOk, root, serve } from "../gava.mjs";

export const PASSWORD = "tre små grisar på landet";
const routine = (name) => join(root, "routines", `${name}.yaml`);

/* now: where the clock stands to begin with; config: lines of gava.conf. */
export async function startTown(t, { now = "2026-12-14T09:12:00+01:00", config = [] } = {}) {
    const store = emptyStore();
    const run = (args, input = "") => gavaOk([...args.slice(0, 2), ...store.where, ...args.slice(2)], { input });
    gavaOk(["init", ...store.where, "--municipality", "ekhamn", "--name", "Ekhamns kommun", "--routine", routine("default")]);
    for (const name of ["nordanstig", "nacka-socialtjanst"]) run(["routine", "add", "--file", routine(name)]);
    const unit = (code, name, ...more) => run(["unit", "add", "--code", code, "--name", name, "--public", ...more]);
    unit("aldre", "Äldreomsorg", "--level", "operation", "--routine", "nacka-socialtjanst");
    unit("norr", "Hemtjänst norr", "--above", "aldre");
    unit("syd", "Hemtjänst syd", "--above", "aldre", "--secrecy", "26 kap. 1 § OSL");
    unit("skola", "Ekskolan", "--routine", "nordanstig");
    const user = (login, name, title, ...roles) => run(["user", "add", "--user", login, "--name", name, "--title", title, "--email", `${login}@ekhamn.example`, ...roles.flatMap((r) => ["--role", r])], `${PASSWORD}\n`);
    user("maria", "Maria Sjögren", "klagomålshanterare", "complaints_officer@ekhamn");
    user("amir", "Amir Haddad", "enhetschef", "responsible_manager@norr");
    user("karin", "Karin Öberg", "samordnare", "handler@norr");
    user("lena", "Lena Holm", "undersköterska", "employee@syd");
    user("eva", "Eva Norén", "rektor", "responsible_manager@skola");
    const clock = join(store.dir, "clock");
    const setClock = (time) => writeFileSync(clock, `${time}\n`);
    setClock(now);
    const settings = join(store.dir, "gava.conf");
    writeFileSync(settings, config.map((line) => `${line}\n`).join(""));
    const server = await serve(store.where, { args: ["--clock", clock, "--config", settings, "--rate-limit", "off", "--workers", "2"] });
    t.after(async () => {
        try {
            await server.stop();
            gavaOk(["verify", ...store.where]);
        } finally {
            store.remove();
        }
    });
    return {
        ...server, where: store.where, dir: store.dir, setClock,
        async logIn(name) {
            const client = server.client();
            const page = await client.logIn(name, PASSWORD);
            assert.equal(page.path, "/att-gora", page.text);
            return client;
        },
        /* Somebody writes: the case's number and code. */
        async complain({ story = "Fel matlåda tre dagar i rad.\n\nJag vill att någon ringer.", unit = "norr", reply = "code", ...more } = {}, files = {}) {
            const form = await server.client().get("/synpunkter");
            const receipt = await form.submit("story", { type: "complaint", story, unit, reply, ...more }, files);
            assert.ok(receipt.byId("case-number"), receipt.text);
            return { number: receipt.byId("case-number"), code: receipt.byId("case-code") };
        },
    };
}

/* A case on its way: registered, sorted and taken on by amir. Gives his page of it. */
export async function taken(town, what) {
    const { number, code } = await town.complain(what);
    const maria = await town.logIn("maria"), amir = await town.logIn("amir");
    await (await maria.get(`/arende/${number}`)).submit(/registrera$/);
    await (await maria.get(`/arende/${number}/sortera`)).submit(/sortera$/, { title: "Fel matlåda", subject: "food" });
    await (await maria.get(`/arende/${number}/tilldela`)).submit(/tilldela$/, { manager: "amir" });
    const page = await (await amir.get(`/arende/${number}`)).submit(/ta-over$/);
    assert.equal(page.status, 200, page.text);
    return { number, code, maria, amir, page };
}

/* Units under the three routines that the town has no unit of: fritid, social and kista. */
export function addRoutines(town) {
    for (const [code, name] of [["fritid", "nacka-valfard"], ["social", "motala-socialforvaltning"], ["kista", "rinkeby-kista"]]) {
        gavaOk(["routine", "add", ...town.where, "--file", routine(name)]);
        gavaOk(["unit", "add", ...town.where, "--code", code, "--name", `Enheten ${code}`, "--public", "--routine", name]);
    }
}

/* What the routine wants before closing: what was found out is written down. */
export const lookInto = async (client, number) => {
    const page = await (await client.get(`/arende/${number}`)).submit(/anteckning$/, { kind: "investigation", text: "Listan i bilen var fel." });
    assert.equal(page.status, 200, page.text);
};
