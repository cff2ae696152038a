/* What: reads a mail as a mail program would, for tests: decoded headers, text and HTML. Written apart from GMime, which made the
 * mail, so that the two check each other.
 * readMail(bytes) -> {headers: {name: value}, subject, from, to: {name, address}, text, html, parts: [type]}.
 * Source: RFC 5322, RFC 2045-2047. */

/* RFC 2047: encoded words next to each other join without the space between. */
export function decodeWords(text) {
    const joined = text.replace(/(=\?[^?]+\?[^?]+\?[^?]*\?=)\s+(?==\?[^?]+\?[^?]+\?[^?]*\?=)/g, "$1");
    const chunks = [];
    let at = 0;
    for (const m of joined.matchAll(/=\?([^?]+)\?([bq])\?([^?]*)\?=/gi)) {
        chunks.push(Buffer.from(joined.slice(at, m.index), "latin1"));
        if (m[1].toLowerCase() !== "utf-8") throw new Error(`an encoded word in ${m[1]}`);
        chunks.push(m[2].toLowerCase() === "b" ? Buffer.from(m[3], "base64") : quotedPrintable(m[3].replaceAll("_", " ")));
        at = m.index + m[0].length;
    }
    chunks.push(Buffer.from(joined.slice(at), "latin1"));
    return Buffer.concat(chunks).toString("utf8");
}

function quotedPrintable(text) {
    const hard = text.replace(/[ \t]+(?=\r?\n|$)/g, "").replace(/=\r?\n/g, "");
    return Buffer.from(hard.replace(/=([0-9A-Fa-f]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))), "latin1");
}

function person(value) {
    const m = /^(.*?)\s*<([^<>]*)>$/.exec(value);
    return m ? { name: decodeWords(m[1].replace(/^"(.*)"$/, "$1").replace(/\\(.)/g, "$1")), address: m[2] } : { name: "", address: value };
}

function splitPart(text) {
    const m = /\r?\n\r?\n/.exec(text);
    const head = m ? text.slice(0, m.index) : text;
    const headers = {};
    for (const line of head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/)) {
        const at = line.indexOf(":");
        if (at > 0) headers[line.slice(0, at).toLowerCase()] ??= line.slice(at + 1).trim();
    }
    return { headers, body: m ? text.slice(m.index + m[0].length) : "" };
}

function leaf({ headers, body }) {
    const encoding = (headers["content-transfer-encoding"] ?? "7bit").toLowerCase();
    const bytes = encoding === "quoted-printable" ? quotedPrintable(body) : Buffer.from(body, encoding === "base64" ? "base64" : "latin1");
    return bytes.toString("utf8").replaceAll("\r\n", "\n");
}

export function readMail(bytes) {
    const whole = splitPart(bytes.toString("latin1"));
    const type = whole.headers["content-type"] ?? "text/plain";
    const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1];
    const parts = boundary
        ? whole.body.split(`--${boundary}`).slice(1, -1).map((p) => splitPart(p.replace(/^\r?\n/, "").replace(/\r?\n$/, "")))
        : [whole];
    const of = (wanted) => parts.find((p) => (p.headers["content-type"] ?? "text/plain").startsWith(wanted));
    const [text, html] = [of("text/plain"), of("text/html")];
    const { headers } = whole;
    return {
        headers,
        subject: decodeWords(headers.subject ?? ""),
        from: person(headers.from ?? ""),
        to: person(headers.to ?? ""),
        text: text ? leaf(text) : "",
        html: html ? leaf(html) : "",
        parts: parts.map((p) => (p.headers["content-type"] ?? "text/plain").split(";")[0]),
    };
}
