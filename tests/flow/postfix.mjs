/* What: a real Postfix for tests, on a loopback port of its own, with configuration, queue and mailboxes in a directory of its own.
 * The system's mail server, its configuration and its queue are not touched.
 * Flow: startPostfix() writes the configuration and starts Postfix's master; mail to anybody in the domain hem.example lands in a
 * Maildir that mailsTo() reads; end with stop().
 * Receivers: finns-inte@hem.example is refused (550 5.1.1), senare@hem.example put off (450 4.2.0) until letIn() is called, any
 * other domain is refused (554 5.7.1). STARTTLS with a throw-away certificate for 127.0.0.1 (the file is in .ca).
 * Not here: AUTH, which would need a Dovecot: smtp_sink.mjs. Needs root, as Postfix does. Source: postconf(5), master(5). */
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createConnection, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const DAEMONS = "/usr/lib/postfix/sbin";
const NOBODY = 65534;

const idOf = (kind, name) => Number(execFileSync("getent", [kind, name], { encoding: "utf8" }).split(":")[2]);

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/* The value of ask() as soon as it is truthy; an error after timeoutMs. */
export async function until(what, ask, timeoutMs = 20000) {
    for (const end = Date.now() + timeoutMs; Date.now() < end; await sleep(50)) {
        const answer = await ask();
        if (answer) return answer;
    }
    throw new Error(`waited ${timeoutMs} ms for ${what}`);
}

export function freePort() {
    return new Promise((done, failed) => {
        const server = createServer();
        server.on("error", failed);
        server.listen(0, "127.0.0.1", () => {
            const { port } = server.address();
            server.close(() => done(port));
        });
    });
}

/* A certificate for 127.0.0.1 and its key, in dir: {cert, key}. It is its own authority. */
export function throwAwayCertificate(dir) {
    const [cert, key] = [join(dir, "cert.pem"), join(dir, "key.pem")];
    execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
        "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert], { stdio: "ignore" });
    return { cert, key };
}

function mainCf(dir, certificate) {
    return `
compatibility_level = 3.6
queue_directory = ${dir}/queue
data_directory = ${dir}/data
daemon_directory = ${DAEMONS}
command_directory = /usr/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = ${dir}/log
maillog_file_prefixes = ${dir}
myhostname = post.hem.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
default_database_type = texthash
smtputf8_enable = no
virtual_mailbox_domains = hem.example
virtual_mailbox_base = ${dir}/mail
virtual_mailbox_maps = static:all/
virtual_minimum_uid = 1
virtual_uid_maps = static:${NOBODY}
virtual_gid_maps = static:${NOBODY}
smtpd_relay_restrictions = reject_unauth_destination
smtpd_recipient_restrictions = check_recipient_access texthash:${dir}/etc/access, permit_mynetworks, reject
smtpd_tls_security_level = may
smtpd_tls_cert_file = ${certificate.cert}
smtpd_tls_key_file = ${certificate.key}
smtpd_error_sleep_time = 0
smtpd_soft_error_limit = 1000
smtpd_hard_error_limit = 1000
`;
}

const masterCf = (port) => `
127.0.0.1:${port} inet n - n - - smtpd
cleanup   unix  n - n - 0 cleanup
qmgr      unix  n - n 300 1 qmgr
tlsmgr    unix  - - n 1000? 1 tlsmgr
rewrite   unix  - - n - - trivial-rewrite
bounce    unix  - - n - 0 bounce
defer     unix  - - n - 0 bounce
trace     unix  - - n - 0 bounce
verify    unix  - - n - 1 verify
proxymap  unix  - - n - - proxymap
error     unix  - - n - - error
retry     unix  - - n - - error
discard   unix  - - n - - discard
virtual   unix  - n n - - virtual
anvil     unix  - - n - 1 anvil
postlog   unix-dgram n - n - 1 postlogd
`;

/* "220 ..." from the port; null when nobody answers. */
function greeting(port) {
    return new Promise((done) => {
        const socket = createConnection(port, "127.0.0.1");
        socket.setTimeout(2000, () => (socket.destroy(), done(null)));
        socket.on("error", () => done(null));
        socket.once("data", (bytes) => {
            socket.end("QUIT\r\n");
            done(String(bytes).startsWith("220") ? String(bytes) : null);
        });
    });
}

/* Ready to take mail. {port, ca, mailsTo(address), letIn(), stop(), log()} */
export async function startPostfix() {
    if (process.getuid() !== 0) throw new Error("Postfix runs as root only: run script/test as root (or with sudo)");
    if (!existsSync(join(DAEMONS, "master"))) throw new Error("there is no Postfix: install Debian's package postfix");
    const [user, dropGroup] = [idOf("passwd", "postfix"), idOf("group", "postdrop")];
    const dir = mkdtempSync(join(tmpdir(), "gava-postfix-"));
    chmodSync(dir, 0o755);
    for (const sub of ["etc", "data", "mail", "queue"]) mkdirSync(join(dir, sub), { mode: 0o755 });
    chownSync(join(dir, "data"), user, user);
    chownSync(join(dir, "mail"), NOBODY, NOBODY);
    const queues = ["active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "private", "saved", "trace"];
    for (const sub of [...queues, "maildrop", "public", "pid"]) mkdirSync(join(dir, "queue", sub), { mode: 0o700 });
    for (const sub of [...queues, "maildrop"]) chownSync(join(dir, "queue", sub), user, 0);
    chownSync(join(dir, "queue/public"), user, dropGroup);
    chmodSync(join(dir, "queue/public"), 0o710);
    const certificate = throwAwayCertificate(join(dir, "etc"));
    const port = await freePort();
    const access = (later) => writeFileSync(join(dir, "etc/access"),
        "finns-inte@hem.example 550 5.1.1 no such user here\n" + (later ? "senare@hem.example 450 4.2.0 greylisted\n" : ""));
    access(true);
    writeFileSync(join(dir, "etc/main.cf"), mainCf(dir, certificate));
    writeFileSync(join(dir, "etc/master.cf"), masterCf(port));
    const config = join(dir, "etc");
    /* Postfix leaves our process group; setpriv lets it end with this process however that ends. */
    const master = spawn("setpriv", ["--pdeathsig", "TERM", join(DAEMONS, "master"), "-c", config, "-d"],
        { stdio: ["ignore", "pipe", "pipe"], env: { PATH: process.env.PATH } });
    let said = "";
    for (const stream of [master.stdout, master.stderr]) stream.on("data", (b) => (said += b));
    const log = () => said + (existsSync(join(dir, "log")) ? readFileSync(join(dir, "log"), "utf8") : "");
    const ended = new Promise((done) => master.on("close", done));
    const stop = async () => {
        if (master.exitCode === null) master.kill("SIGTERM");
        await ended;
        rmSync(dir, { recursive: true, force: true });
    };
    try {
        await until("Postfix to answer", () => {
            if (master.exitCode !== null) throw new Error("Postfix ended");
            return greeting(port);
        });
    } catch (error) {
        const text = log();
        await stop();
        throw new Error(`${error.message}\n${text}`);
    }
    const newMail = join(dir, "mail/all/new");
    return {
        port,
        ca: certificate.cert,
        log,
        stop,
        /* The mails delivered to address so far, oldest first, each as the bytes Postfix wrote. */
        mailsTo: (address) => (existsSync(newMail) ? readdirSync(newMail) : []).sort()
            .map((name) => readFileSync(join(newMail, name)))
            .filter((mail) => mail.includes(`\nDelivered-To: ${address}\n`) || mail.includes(`\nX-Original-To: ${address}\n`)),
        /* From now on senare@hem.example gets mail. */
        letIn: () => {
            access(false);
            execFileSync("/usr/sbin/postfix", ["-c", config, "reload"], { stdio: "ignore" });
        },
    };
}
