/* Working on a case together: what waits for each, who takes part, what was looked into and done, what the person was told first and
 * asked for. Both engines; the clock stands in a file. */
import assert from "node:assert/strict";
import test from "node:test";
import { startTown, taken } from "./town.mjs";

const at = (number) => `/arende/${number}`;

test("what waits for me besides my cases stands first in my list, and nobody else's does", async (t) => {
    const town = await startTown(t);
    const { amir, maria, number } = await taken(town, { reply: "phone", phone: "070-123 45 67" });
    const list = await amir.get("/att-gora"); /* the person is to be told who has taken over: by telephone */
    assert.match(list.text, new RegExp(`Uppgifter åt dig 1 uppgift .*Ring personen ${number} Fel matlåda`));
    assert.doesNotMatch((await maria.get("/att-gora")).text, /Uppgifter åt dig/);
    await (await amir.get(at(number))).submit(/uppgift\/\d+$/);
    assert.doesNotMatch((await amir.get("/att-gora")).text, /Uppgifter åt dig/, "it is done");
});
