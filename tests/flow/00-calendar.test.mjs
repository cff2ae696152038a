/* gava calendar and gava workdays against an independent computation. No store, so one engine is enough. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gavaOk, gavaRun, root } from "../gava.mjs";
import { addWorking, dayOf, feasts, iso } from "./swedish_days.mjs";

const calendar = (year) => JSON.parse(gavaOk(["calendar", "--year", String(year), "--json"]));
const byDateAndName = (x, y) => x.date.localeCompare(y.date) || x.name.localeCompare(y.name);

test("every year of 1970-2100 has the same days as an independent computation", () => {
    for (let year = 1970; year <= 2100; year++) {
        const days = calendar(year);
        assert.deepEqual(days.map((day) => day.date), days.map((day) => day.date).toSorted(), String(year));
        assert.deepEqual(days.toSorted(byDateAndName), feasts(year).toSorted(byDateAndName), String(year));
    }
});

test("the days of 2020-2030 are those of a published list", (t) => {
    const file = join(root, "../shared/testdata/calendar/holidays_2020_2030.csv");
    if (!existsSync(file)) return t.diagnostic("the list is not here: nothing compared");
    const rows = readFileSync(file, "utf8").trim().split("\n").slice(1).map((line) => line.split(","));
    for (let year = 2020; year <= 2030; year++) {
        const listed = (kind) => rows.filter((row) => row[0].startsWith(`${year}-`) && row[2] === kind).map((row) => `${row[0]} ${row[1].toLowerCase()}`).sort();
        const ours = (kind) => calendar(year).filter((day) => day.kind === kind).map((day) => `${day.date} ${day.name.toLowerCase()}`).sort();
        assert.deepEqual(ours("red"), listed("public"));
        assert.deepEqual(ours("eve"), listed("bank"));
    }
});

test("working days forwards are those of an independent computation", () => {
    for (const from of ["1970-01-01", "1999-12-31", "2004-05-28", "2005-05-13", "2024-02-28", "2026-03-27", "2026-12-18", "2027-01-05", "2038-04-21", "2099-12-30"])
        for (const n of [0, 1, 2, 5, 10, 17, 63, 251, 500]) {
            const to = iso(addWorking(dayOf(from), n));
            assert.equal(gavaOk(["workdays", "--from", from, "--add", String(n)]), `${to}\n`, `${from} + ${n}`);
            assert.equal(gavaOk(["workdays", "--from", from, "--to", to]), `${n}\n`, `${from} .. ${to}`);
            assert.equal(gavaOk(["workdays", `--from=${to}`, `--to=${from}`]), `${n === 0 ? 0 : -n}\n`, `${to} .. ${from}`);
        }
});

test("a wrong command line is 2, a wrong value is 1, and nothing is printed", () => {
    const status = (...args) => {
        const run = gavaRun(args);
        assert.equal(run.stdout, "");
        assert.notEqual(run.stderr, "");
        return run.status;
    };
    assert.equal(status("calendar"), 2);
    assert.equal(status("calendar", "--year"), 2);
    assert.equal(status("calendar", "--year", "2026", "--moon"), 2);
    assert.equal(status("calendar", "--year", "2026", "2027"), 2);
    assert.equal(status("calendar", "--year", "0"), 1);
    assert.equal(status("calendar", "--year", "10000"), 1);
    assert.equal(status("calendar", "--year", "twenty"), 1);
    assert.equal(status("workdays", "--from", "2026-12-18"), 2);
    assert.equal(status("workdays", "--from", "2026-12-18", "--add", "1", "--to", "2026-12-20"), 2);
    assert.equal(status("workdays", "--from", "2026-02-29", "--add", "1"), 1);
    assert.equal(status("workdays", "--from", "9999-12-31", "--add", "1"), 1);
    assert.equal(status("workdays", "--from", "0001-01-01", "--add", "-1"), 1);
    assert.equal(status("workdays", "--from", "2026-12-18", "--add", "99999999999999999999"), 1);
    assert.equal(status("nonsense"), 2);
    assert.equal(status("routine"), 2);
    assert.equal(status(), 2);
});

test("every command explains itself", () => {
    const commands = gavaOk(["--help"]).split("\n").filter((line) => line.startsWith("  ") && !line.includes("gava COMMAND")).map((line) => line.trim().split(/ {2,}/)[0]);
    assert.ok(commands.includes("calendar") && commands.includes("routine check"));
    for (const command of commands) assert.match(gavaOk([...command.split(" "), "--help"]), new RegExp(`^usage: gava ${command}`));
});
