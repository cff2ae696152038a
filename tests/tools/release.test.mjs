/* What stays in tests: the program that is released asks no fault point before it calls a database, a mail server or a file. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

const symbols = (program) => execFileSync("nm", [program], { encoding: "utf8", maxBuffer: 1 << 26 });
const faulty = /\b(__wrap_\w+|fault_arm)\b/;

test("the program holds no fault point", () => assert.doesNotMatch(symbols(process.env.GAVA_PROGRAM), faulty));

test("and one would be seen: the fault suite is full of them", () => assert.match(symbols(process.env.FAULT_TEST), faulty));
