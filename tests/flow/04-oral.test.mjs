/* Staff take in what people say (/ta-emot): a case, a counted line or nothing, as the unit's routine says. */
import assert from "node:assert/strict";
import test from "node:test";
import { startTown } from "./town.mjs";

/* Fills in and sends the form as it stands for the unit. */
async function takeIn(client, { unit = "norr", ...fields } = {}, files = {}) {
    const page = await client.get(`/ta-emot?unit=${unit}`);
    return page.submit("story", { channel: "phone", story: "Ingen kom i går.", reply: "code", ...fields }, files);
}

test("a plain employee takes in a complaint by telephone, gives number and code, and sees that case and nothing else", async (t) => {
    const town = await startTown(t);
    const other = await town.complain();
    const lena = await town.logIn("lena");
    assert.equal((await lena.get(`/arende/${other.number}`)).status, 404);
    const page = await takeIn(lena, { formalised: "yes", type: "complaint", reply: "phone", phone: "070-174 06 33", name: "Gunnel Berg", role: "relative" });
    assert.match(page.path, /^\/ta-emot\/kvitto\/2026-0002$/, page.text);
    const [number, code] = [page.byId("case-number"), page.byId("case-code")];
    assert.match(page.text, /Du får svar/, "what one promised");

    const own = await lena.get(`/arende/${number}`);
    assert.equal(own.status, 200);
    assert.match(own.text, /Ingen kom i går/);
    assert.match(own.text, /Lena Holm/);
    assert.doesNotMatch(own.body, /Gunnel Berg|174 06 33/, "contact details stay in the vault");
    assert.equal((await lena.get(`/arende/${other.number}`)).status, 404);
    assert.match((await lena.get("/arenden")).text, new RegExp(number));
    assert.doesNotMatch((await lena.get("/arenden")).text, new RegExp(other.number));

    const person = await (await town.client().get("/folj")).submit("number", { number, code });
    assert.match(person.text, /Ingen kom i går/);
    const karin = await town.logIn("karin");
    assert.equal((await karin.get(`/ta-emot/kvitto/${number}`)).status, 404, "the code is only for whoever took it in");
    assert.match((await (await town.logIn("maria")).get(`/arende/${number}`)).text, /Ingen kom i går/);

    town.setClock("2026-12-14T10:30:00+01:00");
    const later = await lena.get(`/ta-emot/kvitto/${number}`);
    assert.equal(later.byId("case-code"), null, "an hour later the code is not shown any more");
});
