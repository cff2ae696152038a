/* The sender against real servers: Postfix with STARTTLS, and a server that wants AUTH. No store, so one engine is enough. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { readMail } from "./mime_reader.mjs";
import { startPostfix, throwAwayCertificate, until } from "./postfix.mjs";
import { startSink } from "./smtp_sink.mjs";

const TRY = join(dirname(resolve(process.env.GAVA ?? "build-test/gava")), "tests/smtp_try");
const NAME = 'Åsa "Ö" Ängström, Ekhamn';
const SUBJECT = "Svar på din synpunkt – ärende 2026-0413: räksmörgåsar och sjuksköterskeövertidsersättning på ön";
const TEXT = "Hej!\n\nFrån och med i dag märker köket lådan – åäö ÅÄÖ é €.\n.\n..två punkter\nFrom här\n" + "mycket långt ".repeat(300) + "\n";

let dir, postfix, trusted, stranger, password, wrongPassword;

/* Runs smtp_try: {sent, error, message, detail}. */
function send(url, { tls = "none", user = "", passwordFile = "", ca = "", to = "asa@hem.example" } = {}) {
    return new Promise((done, failed) => {
        const child = spawn(TRY, [url, tls, user, passwordFile, ca, to, NAME, SUBJECT], { stdio: ["pipe", "pipe", "inherit"] });
        let out = "";
        child.stdout.on("data", (b) => (out += b));
        child.on("error", failed);
        child.on("close", (code) => {
            const [error, message, detail] = out.split("\n");
            done({ sent: code === 0 && error === "ok", error, message, detail });
        });
        child.stdin.end(TEXT);
    });
}

before(async () => {
    dir = mkdtempSync(join(tmpdir(), "gava-smtp-"));
    trusted = throwAwayCertificate(dir);
    stranger = throwAwayCertificate(mkdtempSync(join(dir, "stranger-"))).cert;
    [password, wrongPassword] = ["right", "wrong"].map((name) => join(dir, name));
    writeFileSync(password, "blåbärs paj\n");
    writeFileSync(wrongPassword, "hallon\n");
    postfix = await startPostfix();
});
after(async () => {
    await postfix?.stop();
    rmSync(dir, { recursive: true, force: true });
});

test("a mail through Postfix with STARTTLS arrives with name, subject and text as written", async () => {
    const result = await send(`smtp://127.0.0.1:${postfix.port}`, { tls: "required", ca: postfix.ca });
    assert.deepEqual(result, { sent: true, error: "ok", message: "", detail: undefined });
    const [bytes] = await until("the mail", () => (postfix.mailsTo("asa@hem.example").length ? postfix.mailsTo("asa@hem.example") : null));
    const mail = readMail(bytes);
    assert.equal(mail.subject, SUBJECT);
    assert.deepEqual(mail.to, { name: NAME, address: "asa@hem.example" });
    assert.deepEqual(mail.from, { name: "Ekhamns kommun – åäö", address: "synpunkter@ekhamn.example" });
    assert.equal(mail.text, TEXT);
    assert.match(mail.html, /<p>Räksmörgås<\/p>/);
    assert.deepEqual(mail.parts, ["text/plain", "text/html"]);
    assert.equal(mail.headers["message-id"], "<test-1@ekhamn.example>");
    assert.equal(mail.headers["auto-submitted"], "auto-generated");
    assert.match(String(bytes), /with ESMTPS id/);
});

test("a receiver Postfix does not know is a final no, and the address is not in the text", async () => {
    const { sent, error, detail } = await send(`smtp://127.0.0.1:${postfix.port}`, { to: "finns-inte@hem.example" });
    assert.equal(sent, false);
    assert.equal(error, "REFUSED");
    assert.match(detail, /^550 5\.1\.1 \(address\) Recipient address rejected: no such user here$/);
});

test("a receiver put off by Postfix is worth another try", async () => {
    const { error, detail } = await send(`smtp://127.0.0.1:${postfix.port}`, { to: "senare@hem.example" });
    assert.equal(error, "PEER");
    assert.match(detail, /^450 4\.2\.0 /);
});

test("a domain our own server does not relay to is a fault of ours", async () => {
    const { error, detail } = await send(`smtp://127.0.0.1:${postfix.port}`, { to: "bo@annan.example" });
    assert.equal(error, "PEER");
    assert.match(detail, /^554 5\.7\.1 /);
});

test("a certificate nobody we trust has signed: required sends nothing, optional sends", async () => {
    const url = `smtp://127.0.0.1:${postfix.port}`;
    const before = postfix.mailsTo("bo@hem.example").length;
    const required = await send(url, { tls: "required", ca: stranger, to: "bo@hem.example" });
    assert.equal(required.error, "PEER");
    assert.match(required.detail, /certificate/i);
    assert.equal((await send(url, { tls: "optional", to: "bo@hem.example" })).sent, true);
    const mails = await until("one mail", () => (postfix.mailsTo("bo@hem.example").length > before ? postfix.mailsTo("bo@hem.example") : null));
    assert.equal(mails.length, before + 1);
    assert.match(String(mails.at(-1)), /with ESMTPS id/);
});

test("with STARTTLS and AUTH the user is known; with the wrong password nothing is sent", async () => {
    const sink = await startSink({ tls: trusted, users: { gava: "blåbärs paj" } });
    try {
        const right = { tls: "required", ca: trusted.cert, user: "gava", passwordFile: password };
        assert.equal((await send(sink.url(), right)).sent, true);
        const [mail] = await sink.mailsTo("asa@hem.example");
        assert.equal(mail.user, "gava");
        assert.equal(mail.secure, true);
        assert.equal(mail.from, "synpunkter@ekhamn.example");
        assert.equal(readMail(mail.raw).text, TEXT);
        const wrong = await send(sink.url(), { ...right, passwordFile: wrongPassword });
        assert.equal(wrong.error, "PEER");
        assert.match(wrong.detail, /^535 5\.7\.8/);
        assert.equal((await send(sink.url(), { tls: "required", ca: trusted.cert })).error, "PEER");
        assert.equal((await send(sink.url(), { tls: "none" })).error, "PEER");
        assert.equal(sink.mails.length, 1);
    } finally {
        await sink.close();
    }
});
