/* What: how many cases passed and failed, from what a test program printed. Used by run.mjs.
 * Invariant: whatever did not run to its end counts as failed: a skip, a todo, a case that was planned and never came, a bad exit. */

/* Cases in TAP text: node --test ends with its own sums; others are counted line by line. */
export function countTap(output, status) {
    const sum = (word) => [...output.matchAll(new RegExp(`^# ${word} (\\d+)$`, "gm"))].reduce((n, m) => n + Number(m[1]), 0);
    let passed, failed;
    if (/^# tests \d+$/m.test(output) && /^# cancelled \d+$/m.test(output)) {
        passed = sum("pass");
        failed = sum("fail") + sum("cancelled") + sum("skipped") + sum("todo");
    } else {
        const lines = output.split("\n");
        const skipped = lines.filter((l) => /^ok\b.*# skip/i.test(l)).length;
        passed = lines.filter((l) => /^ok\b/.test(l)).length - skipped;
        failed = lines.filter((l) => /^not ok\b/.test(l)).length + skipped;
        const planned = [...output.matchAll(/^1\.\.(\d+)$/gm)].reduce((n, m) => n + Number(m[1]), 0);
        if (planned > passed + failed) failed += planned - passed - failed;
        if (planned === 0 && passed + failed === 0 && status === 0) passed = 1; /* no TAP: the exit status is the case */
    }
    if (status !== 0 && failed === 0) failed = 1;
    return { passed, failed };
}
