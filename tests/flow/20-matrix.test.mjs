/* Every state × every step × every role × every routine: what src/flow.def and src/rights.def allow works, everything else is refused
 * and changes nothing. What is allowed is worked out here, from the text of the maps; what happens is tried by tests/tools/flow_matrix.c
 * on a real store. A step, state, role or routine that is added to its map or folder is tried by that alone; a trial that is missing
 * fails the test. Then the same for addresses: every line of routes.def × every role, over HTTP. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import test from "node:test";
import { GAVA, emptyStore, gavaOk, root, serve } from "../gava.mjs";
import { PASSWORD } from "./town.mjs";

/* ---- the maps, as text ------------------------------------------------------------------------------------------------- */

const map = (name) => readFileSync(join(root, "src", name), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
/* The rows WORD(a, b, "text"): their arguments, white space folded. No argument but the last holds a comma. */
const rowsOf = (text, word, n) => [...text.matchAll(new RegExp(`^${word}\\(([\\s\\S]*?)\\)$`, "gm"))].map(([, inside]) => {
    const parts = inside.split(",");
    return [...parts.slice(0, n - 1), parts.slice(n - 1).join(",")].map((part) => part.replace(/\s+/g, " ").trim());
});

const flow = map("flow.def"), rights = map("rights.def"), routes = map("routes.def");
const states = rowsOf(flow, "STATE", 1).map(([code]) => code);
/* Open: whatever is neither ended nor never was a case. Ours: what does not wait for somebody else's answer either. */
const open = states.filter((s) => !["closed", "archived", "not_a_case"].includes(s));
const several = { open, ours: open.filter((s) => s !== "awaiting_copy") };
const placeRoles = rowsOf(rights, "ROLE", 3).filter(([, where]) => where === "PLACE").map(([code]) => code);
const roles = rowsOf(rights, "ROLE", 3).map(([code]) => code);
const rightsOf = new Map(rowsOf(rights, "RIGHT", 3).map(([code, who]) => [code, who === "0" ? [] : who === "ALL_ROLES" ? roles : who.split("|").map((r) => r.trim())]));
const steps = rowsOf(flow, "STEP", 6).map(([code, from, to, right]) => ({
    code, to, right,
    from: from.split("|").map((f) => f.trim().replace(/^FROM_/, "")).flatMap((f) => several[f] ?? [f]),
}));
const routineFiles = readdirSync(join(root, "routines")).filter((f) => f.endsWith(".yaml")).map((f) => f.replace(/\.yaml$/, ""));

/* What the maps say of one trial: "ok" or the error. */
function expected(step, state, actor, secrecy) {
    const canStart = step.from.includes(state) || (step.code === "receive" && state === "received"); /* the row is made just before */
    if (actor === "program") return !["SUBMITTER", "CONSULTED", "PROGRAM"].includes(step.right) ? "FORBIDDEN" : canStart ? "ok" : "CLOSED";
    const inTeam = ["owner", "participant", "asked"].includes(actor);
    const sees = rightsOf.get("CASE_READ").includes(actor) && (secrecy === "open" || inTeam);
    if (!sees) return "NOT_FOUND"; /* "outside", "nobody", a role that reads no cases: as if there were no such case */
    if (!(rightsOf.get(step.right) ?? []).includes(actor)) return "FORBIDDEN";
    return canStart ? "ok" : "CLOSED";
}

/* The tests stand on this reading: it must at least see what is certainly there. */
test("the maps are read whole", () => {
    assert.equal(steps.length, (flow.match(/^STEP\(/gm) ?? []).length);
    assert.equal(states.length, (flow.match(/^STATE\(/gm) ?? []).length);
    assert.equal(roles.length, (rights.match(/^ROLE\(/gm) ?? []).length);
    assert.equal(rightsOf.size, (rights.match(/^RIGHT\(/gm) ?? []).length);
    for (const step of steps) {
        for (const from of step.from) assert.ok(from === "nothing" || states.includes(from), `${step.code}: ${from}`);
        assert.ok(["SAME", "BACK"].includes(step.to) || states.includes(step.to), `${step.code}: ${step.to}`);
        assert.ok(["SUBMITTER", "CONSULTED", "PROGRAM"].includes(step.right) || rightsOf.has(step.right), `${step.code}: ${step.right}`);
    }
    for (const [right, who] of rightsOf) for (const role of who) assert.ok(roles.includes(role), `${right}: ${role}`);
    assert.ok(routineFiles.length >= 6, `${routineFiles}`);
    assert.equal(expected({ code: "accept", from: ["assigned"], to: "investigating", right: "CASE_ACCEPT" }, "assigned", "asked", "open"), "ok");
    assert.equal(expected({ code: "accept", from: ["assigned"], to: "investigating", right: "CASE_ACCEPT" }, "assigned", "admin", "open"), "NOT_FOUND");
});

/* ---- the machine ------------------------------------------------------------------------------------------------------- */

test("state × role × routine: every allowed step works, every other is refused and changes nothing", (t) => {
    const store = emptyStore();
    t.after(() => store.remove());
    const file = (name) => join(root, "routines", `${name}.yaml`);
    gavaOk(["init", ...store.where, "--municipality", "matris", "--name", "Matris kommun", "--routine", file("default")]);
    for (const name of routineFiles) {
        if (name !== "default") gavaOk(["routine", "add", ...store.where, "--file", file(name)]);
        gavaOk(["unit", "add", ...store.where, "--code", `m-${name}`, "--name", name, "--routine", name]);
    }
    gavaOk(["unit", "add", ...store.where, "--code", "elsewhere", "--name", "Någon annanstans"]);

    const run = spawnSync(join(dirname(GAVA), "tests/flow_matrix"), store.where, { encoding: "utf8", maxBuffer: 1 << 28 });
    assert.equal(run.status, 0, run.stderr);
    const lines = run.stdout.trimEnd().split("\n");
    const actors = [...roles, "outside", "nobody", "program"];
    const rounds = [...routineFiles.map((r) => [r, "open"]), ["", "restricted"]];
    const n = rounds.length * states.length * steps.length * actors.length;
    assert.equal(lines.pop(), `${n} trials`, "every combination was tried");

    const stepOf = new Map(steps.map((s) => [s.code, s]));
    const seen = new Set(), wrong = [], taken = new Map(steps.map((s) => [s.code, 0]));
    for (const line of lines) {
        const [routine, secrecy, state, code, actor, result, status, version, events] = line.split("\t");
        const step = stepOf.get(code);
        const want = expected(step, state, actor, secrecy);
        const wantStatus = want !== "ok" || step.to === "SAME" ? state : step.to === "BACK" ? "registered" : step.to; /* flow_matrix came from there */
        const grown = want === "ok" ? "1" : "0";
        if (result !== want || status !== wantStatus || version !== grown || events !== grown)
            wrong.push(`${line.replaceAll("\t", " ")}: should be ${want}, ${wantStatus}, +${grown}`);
        if (want === "ok") taken.set(code, taken.get(code) + 1);
        seen.add([secrecy === "open" ? routine : "", secrecy, state, code, actor].join("\t"));
    }
    assert.deepEqual(wrong.slice(0, 20), [], `${wrong.length} of ${n}`);
    const missing = rounds.flatMap(([r, secrecy]) => states.flatMap((state) => steps.flatMap((s) => actors.map((a) => [r, secrecy, state, s.code, a].join("\t"))))).filter((key) => !seen.has(key));
    assert.deepEqual(missing.slice(0, 20), [], `${missing.length} not tried`);
    for (const [code, times] of taken) assert.ok(times > 0, `step ${code} can never be taken`);
    t.diagnostic(`${n} trials: ${steps.length} steps, ${states.length} states, ${actors.length} actors, ${routineFiles.length} routines and a restricted case`);
    gavaOk(["verify", ...store.where]);
});

/* ---- addresses --------------------------------------------------------------------------------------------------------- */

const pages = rowsOf(routes, "PAGE", 7).map(([method, path, , right]) => ({ method, path: path.replaceAll('"', ""), right }));
/* Something for {nr} and the like: a right that is missing is noticed before anybody looks whether it is there. */
const filled = (path, number) => path.replace("{nr}", number).replace("{unit}", "m").replace(/\{\w+\}/g, "1");

test("address × role: whoever lacks the right of a page is refused, whoever is not logged in is sent to log in", async (t) => {
    assert.equal(pages.length, (routes.match(/^PAGE\(/gm) ?? []).length);
    const store = emptyStore();
    const file = join(root, "routines", "default.yaml");
    gavaOk(["init", ...store.where, "--municipality", "matris", "--name", "Matris kommun", "--routine", file]);
    gavaOk(["unit", "add", ...store.where, "--code", "m", "--name", "Enheten", "--public"]);
    for (const role of placeRoles) gavaOk(["user", "add", ...store.where, "--user", role, "--name", role, "--role", `${role}@m`], { input: `${PASSWORD}\n` });
    const server = await serve(store.where, { args: ["--rate-limit", "off", "--workers", "2"] });
    t.after(async () => {
        await server.stop();
        store.remove();
    });
    const receipt = await (await server.client().get("/synpunkter")).submit("story", { type: "complaint", story: "Ett ärende att pröva på.", unit: "m", reply: "none" });
    const number = receipt.byId("case-number");
    const registrar = server.client();
    await registrar.logIn("registrar", PASSWORD);
    const papers = async () => (await registrar.get(`/arende/${number}`)).body.replace(/<time[\s\S]*?<\/time>|name="csrf" value="[^"]*"/g, "");
    const before = await papers();

    const wrong = [];
    let n = 0;
    const guarded = pages.filter((p) => p.right !== "ANYBODY" && !p.path.startsWith("/api/"));
    const nobody = server.client();
    const form = await nobody.get("/logga-in");
    const loose = form.forms.find((f) => f.fields.csrf).fields.csrf;
    for (const page of guarded) {
        const got = page.method === "GET" ? await nobody.request("GET", filled(page.path, number)) : await nobody.request(page.method, filled(page.path, number), { body: new URLSearchParams({ csrf: loose }) });
        const sent = got.status === 303 && /\/logga-in/.test(got.headers.get("location"));
        if (!sent && ![401, 403].includes(got.status)) wrong.push(`nobody ${page.method} ${page.path}: ${got.status}`);
        n++;
    }
    for (const role of placeRoles) {
        const client = server.client();
        const first = await client.logIn(role, PASSWORD);
        assert.equal(first.path, "/att-gora", role);
        const { csrf } = first.forms.find((f) => f.fields.csrf).fields;
        for (const page of guarded) {
            const holds = rightsOf.get(page.right).includes(role);
            if (page.method !== "GET" && holds) continue; /* what it then does is the slices' own tests */
            const got = page.method === "GET" ? await client.request("GET", filled(page.path, number)) : await client.request(page.method, filled(page.path, number), { body: new URLSearchParams({ csrf }) });
            n++;
            if (!holds && got.status !== 403) wrong.push(`${role} ${page.method} ${page.path}: ${got.status}, not 403`);
            if (holds && !page.path.includes("{") && got.status !== 200) wrong.push(`${role} ${page.method} ${page.path}: ${got.status}, not 200`);
        }
    }
    assert.deepEqual(wrong, []);
    assert.equal(await papers(), before, "the case is as it was");
    t.diagnostic(`${n} requests: ${guarded.length} guarded addresses, ${placeRoles.length} roles and nobody`);
});
