/* gava routine timetable against an independent computation, and gava routine check against files with planted faults. No store, so one
 * engine is enough. */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gavaOk, gavaRun, root } from "../gava.mjs";
import { addWorking, endOf, localDay, roll, written } from "./swedish_days.mjs";

const file = (name) => join(root, "routines", `${name}.yaml`);

/* == What the five routines promise, written down from their texts ================================================== */

/* [obligation, who, from, n, unit, kind, clause]; n null: no limit. unit "rolled": calendar days that roll forward. */
const wd = "working_day";
const GRUND = [
    ["acknowledgement", "program", "received", 1, wd, "hard", "JO 5613-2008"],
    ["registration", "registrar", "received", 1, wd, "hard", "OSL 5 kap. 1 §"],
    ["forward", "complaints_officer", "received", 2, wd, "hard", "grundrutin 1"],
    ["first_response", "responsible_manager", "received", 5, wd, "hard", "grundrutin 2"],
    ["reply", "responsible_manager", "received", 10, wd, "hard", "grundrutin 3"],
    ["delay_notice", "responsible_manager", "reply.due", 0, wd, "hard", "Förvaltningslagen 11 §"],
    ["measures", "responsible_manager", "received", 10, wd, "target", "grundrutin 4"],
];
const EXPECTED = {
    default: GRUND,
    "motala-socialforvaltning": [
        GRUND[0],
        ["registration", "intake_officer", "received", 1, wd, "hard", "Inlämning och registrering C"],
        ...GRUND.slice(2),
        ["unit_meeting", "responsible_manager", "received", null, null, "target", "Uppföljning"],
    ],
    "nacka-socialtjanst": [
        ["registration", "complaints_officer", "received", null, null, "hard", "Arbetsrutin, punkt 3 och 5"],
        ["acknowledgement", "complaints_officer", "received", null, null, "hard", "Arbetsrutin, punkt 6"],
        ["categorisation", "complaints_officer", "received", null, null, "hard", "Arbetsrutin, punkt 7"],
        ["forward", "complaints_officer", "received", null, null, "hard", "Arbetsrutin, punkt 8"],
        ["consultation", "responsible_manager", "registered", null, null, "hard", "Den chef som skall svara, punkt 1 och 3"],
        ["cooling_off", "responsible_manager", "reply.due", -24, "hour", "hard", "Den chef som skall svara, punkt 2"],
        ["reply", "responsible_manager", "registered", 10, "rolled", "hard", "Arbetsrutin, punkt 9"],
        ["handling_report", "responsible_manager", "registered", 10, "rolled", "hard", "Arbetsrutin, punkt 10"],
        ["unit_meeting", "responsible_manager", "replied", null, null, "target", "Arbetsrutin, punkt 12"],
    ],
    "nacka-valfard": [
        ["registration", "receiver", "received", null, null, "hard", "Registrering av klagomål och synpunkter"],
        ["forward", "receiver", "received", null, null, "hard", "Gåvoprincipen 4"],
        ["first_response", "responsible_manager", "received", 5, wd, "hard", "Handläggningstid"],
        ["reply", "responsible_manager", "received", 10, wd, "target", "Handläggningstid"],
        ["delay_notice", "responsible_manager", "reply.due", 0, wd, "hard", "Handläggningstid"],
        ["measures", "responsible_manager", "received", 10, wd, "target", "Handläggningstid"],
    ],
    nordanstig: [
        ["registration", "registrar", "received", null, null, "hard", "3"],
        ["acknowledgement", "registrar", "received", null, null, "hard", "3"],
        ["forward", "quality_unit", "received", 2, wd, "hard", "4"],
        ["reply", "responsible_manager", "received", 10, wd, "hard", "5"],
        ["measures", "responsible_manager", "received", 10, wd, "hard", "5"],
        ["copy_to_quality_unit", "responsible_manager", "replied", null, null, "hard", "5"],
        ["event_number", "quality_unit", "copy_sent", null, null, "hard", "6"],
    ],
    "rinkeby-kista": [
        ["registration", "registrar", "received", null, null, "hard", "Diarieföring, punkt 1"],
        ["stamped_copy", "registrar", "registered", null, null, "hard", "Diarieföring, punkt 2"],
        ["first_response", "responsible_manager", "received", 5, wd, "hard", "Inledning, punkt 7"],
        ["reply", "responsible_manager", "received", null, null, "target", "Inledning, punkt 6"],
        ["measures", "responsible_manager", "received", null, null, "hard", "Diarieföring, punkt 4"],
        ["copy_to_registrar", "responsible_manager", "replied", null, null, "hard", "Diarieföring, punkt 3"],
        ["diary_closing", "registrar", "copy_registered", null, null, "hard", "Diarieföring, punkt 3"],
    ],
};
const NEEDS_CONTACT = ["acknowledgement", "first_response", "reply", "delay_notice", "consultation", "cooling_off", "follow_up", "copy_to_registrar"];

function dueOf(rows, [, , from, n, unit], moments) {
    if (n === null) return null;
    const other = from.endsWith(".due") ? rows.find((row) => row[0] === from.slice(0, -4)) : undefined;
    const start = other ? dueOf(rows, other, moments) : moments[from];
    if (unit === "hour") return start + n * 3_600_000;
    const day = localDay(start);
    return endOf(unit === "rolled" ? roll(day + n) : n === 0 ? roll(day) : addWorking(day, n));
}

function expected(name, moments, anonymous) {
    const rows = EXPECTED[name].filter((row) => !anonymous || !NEEDS_CONTACT.includes(row[0]));
    return rows.map((row) => {
        const [obligation, who, from, n, unit, kind, clause] = row;
        const due = dueOf(rows, row, moments);
        const limit = n === null ? {} : { n, unit: unit === "rolled" ? "calendar_day" : unit };
        return { obligation, who, from, ...limit, kind, due: due === null ? null : written(due), clause };
    });
}

const timetable = (name, ...args) => JSON.parse(gavaOk(["routine", "timetable", file(name), ...args, "--json"]));
const bare = (rows) => rows.map(({ explain, ...row }) => row);

/* Moments on both sides of feasts, midnight, clock changes and leap days, as they are written on a wall in Stockholm with offset. */
const MOMENTS = [
    "2026-03-27T10:00:00+01:00", "2026-05-04T10:00:00+02:00", "2026-06-12T23:59:59+02:00", "2026-06-18T00:01:00+02:00",
    "2026-12-18T10:00:00+01:00", "2026-12-23T23:59:00+01:00", "2027-01-05T00:00:00+01:00", "2026-12-24T12:00:00+01:00",
    "2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z",
    "2026-03-15T12:00:00Z", "2026-10-13T22:30:00Z", "2028-02-28T22:59:59Z", "2028-02-28T23:00:00Z", "2028-02-18T10:00:00Z",
    "1970-01-02T09:00:00Z", "1979-06-01T10:00:00Z", "1980-04-04T23:30:00Z", "1996-10-20T10:00:00Z", "2004-05-20T10:00:00Z",
    "2005-05-10T10:00:00Z", "2008-04-21T10:00:00Z", "2038-01-19T03:14:08Z", "2038-04-14T10:00:00Z", "2099-12-20T10:00:00Z", "2100-02-25T10:00:00Z",
];

test("each routine's dates are those of an independent computation", () => {
    for (const name of Object.keys(EXPECTED))
        for (const text of MOMENTS) {
            const received = Date.parse(text);
            assert.deepEqual(bare(timetable(name, "--received", text)), expected(name, { received, registered: received }), `${name} ${text}`);
        }
});

test("the registration date counts where the routine says so", () => {
    const received = Date.parse("2026-12-14T10:00:00+01:00"), registered = Date.parse("2026-12-17T09:00:00+01:00");
    for (const name of Object.keys(EXPECTED))
        assert.deepEqual(bare(timetable(name, "--received", "2026-12-14T10:00", "--registered", "2026-12-17T09:00")), expected(name, { received, registered }), name);
});

test("somebody anonymous is promised no answer, but the work is promised all the same", () => {
    const received = Date.parse("2026-12-14T10:00:00+01:00");
    for (const name of Object.keys(EXPECTED))
        assert.deepEqual(bare(timetable(name, "--received", "2026-12-14T10:00", "--anonymous")), expected(name, { received, registered: received }, true), name);
});

test("every kind of feedback and every channel is treated alike in the five routines", () => {
    for (const name of Object.keys(EXPECTED)) {
        const plain = timetable(name, "--received", "2026-12-14T10:00");
        for (const type of ["complaint", "opinion", "suggestion", "praise", "question", "objection", "other"])
            assert.deepEqual(timetable(name, "--received", "2026-12-14T10:00", "--type", type), plain, `${name} ${type}`);
        for (const channel of ["web", "phone", "visit", "letter", "email", "sms", "social_media", "api"])
            assert.deepEqual(timetable(name, "--received", "2026-12-14T10:00", "--channel", channel), plain, `${name} ${channel}`);
    }
});

test("an explanation names the start, every skipped day and the source, in Swedish and in English", () => {
    const reply = (...args) => timetable("nordanstig", "--received", "2026-12-18T10:00", ...args).find((row) => row.obligation === "reply").explain;
    for (const words of ["fredag 18 december", "10 arbetsdagar", "julafton", "nyårsdagen", "trettondedag jul", "lördag 2 januari 2027", "fredag 8 januari 2027", "Källa: 5."])
        assert.ok(reply().includes(words), words);
    for (const words of ["Friday 18 December", "10 working days", "Christmas Eve", "Source: 5."]) assert.ok(reply("--lang", "en").includes(words), words);
});

test("a date that counts from something later appears when that has happened", () => {
    const rows = timetable("default", "--received", "2026-12-14T10:00", "--at", "reopened=2026-12-18T10:00");
    assert.equal(rows.find((row) => row.obligation === "follow_up_reply").due, "2027-01-08T23:59:59+01:00");
});

test("wrong values for a timetable are told", () => {
    const status = (...args) => gavaRun(["routine", "timetable", ...args, "--json"]).status;
    assert.equal(status(file("nordanstig")), 2);
    assert.equal(status(file("nordanstig"), "--received", "tomorrow"), 1);
    assert.equal(status(file("nordanstig"), "--received", "2026-12-14", "--type", "rant"), 1);
    assert.equal(status(file("nordanstig"), "--received", "2026-12-14", "--channel", "pigeon"), 1);
    assert.equal(status(file("nordanstig"), "--received", "2026-12-14", "--registered", "2026-12-13"), 1);
    assert.equal(status(file("nordanstig"), "--received", "2026-12-14", "--at", "moonrise=2026-12-15"), 1);
    assert.equal(status(file("nordanstig"), "--received", "2026-12-14", "--lang", "xx"), 1);
    assert.equal(status("/no/such/file.yaml", "--received", "2026-12-14"), 1);
    assert.equal(status(join(root, "routines"), "--received", "2026-12-14"), 1);
});

/* == Faults ========================================================================================================== */

const golden = join(root, "tests/golden/routine");

test("the shipped routines are right, alone and together", () => {
    const files = Object.keys(EXPECTED).map(file);
    for (const one of files) assert.equal(gavaOk(["routine", "check", one]), "");
    assert.equal(gavaOk(["routine", "check", ...files]), "");
});

for (const name of readdirSync(golden).filter((entry) => entry.endsWith(".yaml")))
    test(`planted faults are found with their lines: ${name}`, () => {
        const path = join(golden, name);
        const run = gavaRun(["routine", "check", path]);
        const planted = readdirSync(golden).includes(name.replace(".yaml", ".faults"))
            ? readFileSync(path.replace(".yaml", ".faults"), "utf8").trim().split("\n").map((line) => `${path}:${line}\n`).join("")
            : "";
        assert.equal(run.stdout, planted);
        assert.equal(run.status, planted === "" ? 0 : 1);
        assert.equal(run.stderr, "");
    });

test("two versions in force on one day are a fault of the later file", () => {
    const run = gavaRun(["routine", "check", join(golden, "right.yaml"), join(golden, "overlap-2.yaml")]);
    assert.equal(run.status, 1);
    assert.match(run.stdout, /overlap-2\.yaml:5: "prov" is in force at the same time as version 1 in .*right\.yaml/);
});

test("two files that inherit from each other end in a fault, not in a circle", (t) => {
    const dir = mkdtempSync(join(tmpdir(), "gava-routine-"));
    t.after(() => rmSync(dir, { recursive: true, force: true }));
    const text = (name, from) => `routine: ${name}\nversion: 1\ndocument: {title: T, valid_from: 2026-01-01}\ninherits: {from: ${from}, parts: [obligations]}\n`;
    writeFileSync(join(dir, "a.yaml"), text("a", "b"));
    writeFileSync(join(dir, "b.yaml"), text("b", "a"));
    for (const files of [["a.yaml"], ["a.yaml", "b.yaml"]]) {
        const run = gavaRun(["routine", "check", ...files.map((name) => join(dir, name))]);
        assert.equal(run.status, 1);
        assert.match(run.stdout, /a\.yaml:4: the routine "b" it inherits from is not there/);
    }
});

test("a municipality's own default beside the file comes before the shipped one", (t) => {
    const dir = mkdtempSync(join(tmpdir(), "gava-routine-"));
    t.after(() => rmSync(dir, { recursive: true, force: true }));
    writeFileSync(join(dir, "motala.yaml"), readFileSync(file("motala-socialforvaltning"), "utf8"));
    const due = () => JSON.parse(gavaOk(["routine", "timetable", join(dir, "motala.yaml"), "--received", "2026-12-14T10:00", "--json"])).find((row) => row.obligation === "reply").due;
    assert.equal(due(), "2026-12-30T23:59:59+01:00");
    writeFileSync(join(dir, "default.yaml"), readFileSync(file("default"), "utf8").replaceAll("n: 10, unit: working_day", "n: 3, unit: working_day"));
    assert.equal(due(), "2026-12-17T23:59:59+01:00");
});
