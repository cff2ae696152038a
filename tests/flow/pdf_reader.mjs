/* A PDF as a reader, a scanner and a screen reader meet it: poppler and zbar. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/* A PDF in a file, and what the usual programs say of it. */
export function pdfReader(t, bytes) {
    const dir = mkdtempSync(join(tmpdir(), "gava-pdf-test-"));
    t.after(() => rmSync(dir, { recursive: true, force: true }));
    const file = join(dir, "x.pdf");
    writeFileSync(file, bytes);
    const run = (program, ...args) => execFileSync(program, args, { encoding: "utf8" });
    const info = run("pdfinfo", file);
    return {
        field: (name) => info.match(new RegExp(`^${name}: +(.*)$`, "m"))?.[1],
        text: (page) => run("pdftotext", "-layout", ...(page ? ["-f", page, "-l", page] : []), file, "-").replace(/\s+/g, " "),
        /* Words with their places in mm from the page's upper left corner. */
        words(page = "1") {
            const out = run("pdftotext", "-bbox", "-f", page, "-l", page, file, "-"), mm = (pt) => Number(pt) * 25.4 / 72;
            return [...out.matchAll(/<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)</g)]
                .map(([, left, top, right, bottom, text]) => ({ left: mm(left), top: mm(top), right: mm(right), bottom: mm(bottom), text }));
        },
        structure: () => run("pdfinfo", "-struct-text", file),
        fonts: () => run("pdffonts", file).split("\n").slice(2).filter(Boolean).map((line) => {
            const [emb, sub, uni] = line.slice(line.search(/ (yes|no) +(yes|no) +(yes|no) /)).trim().split(/ +/);
            return { name: line.split(" ")[0], emb, sub, uni };
        }),
        /* Every code on the pages, as a telephone reads it from a sheet at 100 dots an inch. */
        codes() {
            run("pdftoppm", "-r", "100", "-png", file, join(dir, "page"));
            return run("zbarimg", "--quiet", "--raw", join(dir, `page-1.png`)).trim().split("\n");
        },
    };
}

/* The PDF at a path. */
export async function pdf(t, client, path) {
    const answer = await client.get(path);
    assert.equal(answer.status, 200, answer.text?.slice(0, 400));
    assert.equal(answer.headers.get("content-type"), "application/pdf");
    return { answer, ...pdfReader(t, answer.bytes) };
}
