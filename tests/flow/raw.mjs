/* What: requests no browser makes: bytes on a socket, and the answer taken apart. Used by the HTTP tests. */
import net from "node:net";
import tls from "node:tls";

/* One connection. send(bytes), answer() (the next whole answer: status, headers, body), ended (resolves when it closes). */
export class Wire {
    constructor(port, { secure = false, host = "127.0.0.1" } = {}) {
        this.got = Buffer.alloc(0);
        this.waiting = [];
        this.closed = false;
        this.socket = secure ? tls.connect({ port, host, rejectUnauthorized: false, ALPNProtocols: ["http/1.1"] }) : net.connect(port, host);
        this.socket.on("data", (b) => ((this.got = Buffer.concat([this.got, b])), this.#wake()));
        this.socket.on("error", (e) => (this.error = e));
        this.ended = new Promise((done) => this.socket.on("close", () => ((this.closed = true), this.#wake(), done(this))));
    }
    #wake() {
        for (const wake of this.waiting.splice(0)) wake();
    }
    send(bytes) {
        return new Promise((done) => this.socket.write(bytes, () => done(this)));
    }
    /* Null when the other end closed without a whole answer. head: the answer to a HEAD request has no body. */
    async answer({ head = false } = {}) {
        for (;;) {
            const found = parse(this.got, head, this.closed);
            if (found) {
                this.got = this.got.subarray(found.size);
                return found;
            }
            if (this.closed) return null;
            await new Promise((wake) => this.waiting.push(wake));
        }
    }
    close() {
        this.socket.destroy();
    }
}

function parse(bytes, head, closed) {
    const end = bytes.indexOf("\r\n\r\n");
    if (end < 0) return null;
    const [first, ...lines] = bytes.subarray(0, end).toString("latin1").split("\r\n");
    const status = Number(first.split(" ")[1]);
    const headers = new Map();
    for (const line of lines) {
        const [name, value] = [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()];
        headers.set(name, headers.has(name) ? `${headers.get(name)}\n${value}` : value);
    }
    if (status === 100) {
        const final = parse(bytes.subarray(end + 4), head, closed);
        return final && { ...final, size: final.size + end + 4 };
    }
    const length = head || [204, 304].includes(status) ? 0 : headers.has("content-length") ? Number(headers.get("content-length")) : closed ? bytes.length - end - 4 : Infinity;
    if (bytes.length < end + 4 + length) return null;
    return { status, headers, body: bytes.subarray(end + 4, end + 4 + length), size: end + 4 + length };
}

/* One request on a connection of its own, to the end of the answer. */
export async function once(port, bytes, options = {}) {
    const wire = new Wire(port, options);
    await wire.send(bytes);
    const answer = await wire.answer(options);
    wire.close();
    return answer;
}

/* "GET /x HTTP/1.1" with a Host, more headers and a body. */
export function request(method, path, { headers = {}, body = "" } = {}) {
    const bytes = Buffer.from(body);
    const all = { Host: "gava.test", ...(bytes.length || method === "POST" ? { "Content-Length": bytes.length } : {}), ...headers };
    const lines = Object.entries(all).filter(([, v]) => v !== null).flatMap(([k, v]) => [v].flat().map((one) => `${k}: ${one}\r\n`));
    return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n`), bytes]);
}
