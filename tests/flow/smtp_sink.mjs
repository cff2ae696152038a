/* What: a mail server for tests that keeps what it gets in memory, with STARTTLS and AUTH (PLAIN, LOGIN) when asked for.
 * Flow: startSink() listens on a free loopback port; sink.mails grows; sink.refuse decides about receivers; sink.close().
 * Not here: a real mail server: postfix.mjs. Source: RFC 5321, RFC 3207, RFC 4954. */
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { TLSSocket, createSecureContext } from "node:tls";
import { until } from "./postfix.mjs";

const EXTENSIONS = ["SIZE 20000000", "8BITMIME", "ENHANCEDSTATUSCODES"];

/* One connection's talk. */
class Talk {
    constructor(sink, socket) {
        Object.assign(this, { sink, text: "", secure: false, user: null, from: null, to: [], reading: null });
        this.listenTo(socket);
        this.say("220 sink ESMTP");
    }
    listenTo(socket) {
        this.socket = socket;
        socket.on("error", () => socket.destroy());
        socket.on("data", (bytes) => {
            this.text += bytes.toString("latin1");
            for (let end; (end = this.text.indexOf("\r\n")) >= 0 && this.socket === socket; ) {
                const line = this.text.slice(0, end);
                this.text = this.text.slice(end + 2);
                if (this.reading) this.reading(line);
                else this.command(line);
            }
        });
    }
    say(line) {
        this.socket.write(`${line}\r\n`);
    }
    command(line) {
        const { sink } = this;
        sink.commands.push(line);
        const word = line.split(/[ :]/)[0].toUpperCase();
        if (sink.down) return this.say("421 4.3.2 closing"), this.socket.end();
        if (word === "EHLO" || word === "HELO") {
            const lines = ["sink", ...EXTENSIONS, ...(sink.tls && !this.secure ? ["STARTTLS"] : []), ...(sink.users ? ["AUTH PLAIN LOGIN"] : [])];
            return this.socket.write(lines.map((l, i) => `250${i === lines.length - 1 ? " " : "-"}${l}\r\n`).join(""));
        }
        if (word === "QUIT") return this.say("221 2.0.0 bye"), this.socket.end();
        if (word === "RSET") return this.reset(), this.say("250 2.0.0 ok");
        if (word === "NOOP") return this.say("250 2.0.0 ok");
        if (word === "STARTTLS" && sink.tls && !this.secure) return this.startTls();
        if (sink.tls && !this.secure) return this.say("530 5.7.0 must issue a STARTTLS command first");
        if (word === "AUTH" && sink.users) return this.auth(line.split(" "));
        if (sink.users && this.user === null) return this.say("530 5.7.0 authentication required");
        if (word === "MAIL") return (this.from = addressIn(line)), this.say("250 2.1.0 ok");
        if (word === "RCPT") return this.receiver(addressIn(line));
        if (word === "DATA" && this.to.length > 0) return this.data();
        this.say("503 5.5.1 bad sequence of commands");
    }
    startTls() {
        this.say("220 2.0.0 go ahead");
        const plain = this.socket;
        plain.removeAllListeners("data");
        const secure = new TLSSocket(plain, { isServer: true, secureContext: createSecureContext(this.sink.tls) });
        this.secure = true;
        this.text = "";
        this.listenTo(secure);
    }
    async auth([, how, first]) {
        const ask = (prompt) => new Promise((got) => {
            this.reading = (line) => ((this.reading = null), got(line));
            this.say(`334 ${prompt}`);
        });
        const plain = (base64) => Buffer.from(base64, "base64").toString();
        let user, password;
        if (how.toUpperCase() === "PLAIN") [, user, password] = plain(first ?? (await ask(""))).split("\0");
        else {
            user = plain(first ?? (await ask(Buffer.from("Username:").toString("base64"))));
            password = plain(await ask(Buffer.from("Password:").toString("base64")));
        }
        if (this.sink.users[user] !== password) return this.say("535 5.7.8 authentication failed");
        this.user = user;
        this.say("235 2.7.0 ok");
    }
    receiver(address) {
        const no = this.sink.refuse(address);
        if (!no) this.to.push(address);
        this.say(no || "250 2.1.5 ok");
    }
    data() {
        const lines = [];
        this.say("354 go on");
        this.reading = (line) => {
            if (line !== ".") return void lines.push(line.startsWith(".") ? line.slice(1) : line);
            this.reading = null;
            const raw = Buffer.from(lines.map((l) => `${l}\r\n`).join(""), "latin1");
            this.sink.mails.push({ from: this.from, to: this.to, raw, secure: this.secure, user: this.user });
            this.reset();
            this.say("250 2.0.0 kept");
        };
    }
    reset() {
        this.from = null;
        this.to = [];
    }
}

const addressIn = (line) => /<([^>]*)>/.exec(line)?.[1] ?? "";

/* tls: {cert, key} file names: nothing is taken before STARTTLS. users: {name: password}: nothing before AUTH.
 * port: listen there, where an earlier one was closed. The sink: port, mails [{from, to, raw, secure, user}], commands (all lines received), refuse(address) -> "550 5.1.1 no" or "",
 * down (true: answers 421), mailsTo(address, n): waits until n have come. */
export function startSink({ tls = null, users = null, port = 0 } = {}) {
    const sink = { mails: [], commands: [], refuse: () => "", down: false, users, tls: tls && { cert: readFileSync(tls.cert), key: readFileSync(tls.key) } };
    const sockets = new Set();
    const server = createServer((socket) => {
        sockets.add(socket);
        socket.on("close", () => sockets.delete(socket));
        new Talk(sink, socket);
    });
    sink.url = () => `smtp://127.0.0.1:${sink.port}`;
    sink.mailsTo = (address, n = 1, timeoutMs = 20000) => until(`${n} mails to ${address}`, () => {
        const mails = sink.mails.filter((m) => m.to.includes(address));
        return mails.length >= n && mails;
    }, timeoutMs);
    sink.close = () => new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(done);
    });
    return new Promise((done, failed) => {
        server.on("error", failed);
        server.listen(port, "127.0.0.1", () => {
            sink.port = server.address().port;
            done(sink);
        });
    });
}
