/* What: what tools/htmlc and tools/msgc accept and, above all, what they refuse: the rules that keep text from becoming markup.
 * Flow: each case writes a template or catalogue to a directory of its own, runs the generator (HTMLC, MSGC: set by meson), and
 * for faults that C's types must catch also the compiler. Source: style.md rules 37-41. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";

const root = resolve(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "../..");
const { HTMLC, MSGC } = process.env;
const dir = mkdtempSync(join(tmpdir(), "generators-"));
let n = 0;
after(() => rmSync(dir, { recursive: true }));

const header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n';
const catalogue = (...lines) => header + lines.join("\n") + "\n";
const base = catalogue(
    'msgid "hello"', 'msgstr "Hej & <strong>hopp</strong>"',
    'msgid "days_left"', 'msgid_plural "days_left"', 'msgstr[0] "en dag kvar, {who}"', 'msgstr[1] "{n} dagar kvar, {who}"',
    'msgid "due"', 'msgstr "Senast {when}, <a>ring {who}</a>"');

function write(name, text) {
    const path = join(dir, name);
    writeFileSync(path, text);
    return path;
}

/* Runs htmlc on the body of a view; gives its exit status, stderr and outputs. */
function htmlc(body, { raw = false, po = base } = {}) {
    const id = `c${++n}`;
    const file = write(`${id}_page.html`, raw ? body : `{{view ${id}: struct sample_view}}\n${body}\n`);
    write(`${id}_view.h`, '#include "sample_view.h"\n');
    const result = spawnSync(HTMLC, [write(`${id}.po`, po), file, join(dir, `${id}_page_html.h`), join(dir, `${id}_page_html.c`)], { encoding: "utf8" });
    return { id, file, status: result.status, stderr: result.stderr };
}

write("sample_view.h", `#ifndef SAMPLE_VIEW_H
#define SAMPLE_VIEW_H
#include "html.h"
enum colour { RED, GREEN };
struct item { struct str name; struct url link; };
struct sample_view { struct str title; struct html body; struct url link; struct when_text due; bool open; int days; int64_t big; size_t size;
    enum colour colour; char *pointer; struct item *items; size_t n_items; };
#endif
`);
spawnSync(MSGC, [join(dir, "msg_gen.h"), join(dir, "msg_gen.c"), write("sv.po", base)]);

const cc = (...args) => spawnSync(process.env.CC_FOR_TESTS ?? "cc", ["-std=gnu17", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
    `-I${dir}`, `-I${root}/src`, `-I${root}/src/base`, ...args], { encoding: "utf8" });

function accepts(name, body, options) {
    test(`accepts ${name}`, () => {
        const { id, status, stderr } = htmlc(body, options);
        assert.equal(status, 0, stderr);
        const compiled = cc("-fsyntax-only", join(dir, `${id}_page_html.c`));
        assert.equal(compiled.status, 0, compiled.stderr);
    });
}
function refuses(name, body, message, options) {
    test(`htmlc refuses ${name}`, () => {
        const { file, status, stderr } = htmlc(body, options);
        assert.equal(status, 1, "it was accepted");
        assert.match(stderr, message);
        assert.ok(stderr.startsWith(`${file}:`), `no file and line in: ${stderr}`);
    });
}
function doesNotCompile(name, body, line = 2) {
    test(`the compiler refuses ${name}, and points at the template`, () => {
        const { id, file, status, stderr } = htmlc(body);
        assert.equal(status, 0, stderr);
        const compiled = cc("-fsyntax-only", join(dir, `${id}_page_html.c`));
        assert.notEqual(compiled.status, 0, "it compiled");
        assert.ok(compiled.stderr.includes(`${file}:${line}`), `no ${file}:${line} in: ${compiled.stderr}`);
    });
}

accepts("text, html, days, addresses and numbers", '<p class="a {{v->title}}">{{v->title}}{{v->body}}{{v->due}}{{num v->days}}{{num v->size}}</p><a href="{{v->link}}">1</a>');
accepts("messages with all their arguments", '<p title="{{t hello}}">{{t days_left n=v->days who=v->title}} {{t due when=v->due a=v->link who=v->title}}</p>');
accepts("conditions and loops", '{{if v->open}}<p>1</p>{{else if v->days > 2}}<p>2</p>{{else}}3{{end}}{{each i in v->items}}<a href="{{i->link}}">{{i->name}}</a>{{end}}');
accepts("a condition inside a tag and inside a value", '<input type="radio"{{if v->open}} checked{{end}} class="a{{if v->open}} b{{end}}">');
accepts("an address chosen by a condition", '<a href="{{if v->open}}{{v->link}}{{else}}{{v->items[0].link}}{{end}}">1</a>');
accepts("a fragment made of text", '<a href="#f-{{v->title}}">1</a><a href="#r-{{num v->days}}">2</a>');
accepts("an address of our own with a fragment", '<a href="{{v->link}}#notes">1</a><form action="/folj" method="post"></form>');
accepts("drawings", '<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="1" cy="1" r="1"/></svg>');
accepts("the script element that loads a file", '<script src="{{v->link}}" defer></script>');
accepts("comments and entities", "<p>&middot; &nbsp; 5 %</p><!-- words -->{{# words here }}");
accepts("a frame around a page", '{{view a: struct sample_view}}<main>{{slot}}</main>{{view b: struct sample_view}}{{wrap a(v)}}<p>1</p>{{end}}', { raw: true });

refuses("an unquoted attribute", "<p class=a>1</p>", /lacks its quotes/);
refuses("an unquoted value", "<p class={{v->title}}>1</p>", /lacks its quotes/);
refuses("a value as attribute name", "<p {{v->title}}>1</p>", /quoted attribute/);
refuses("a value in a script", "<script>{{v->title}}</script>", /nothing may stand inside/);
refuses("inline script", "<script>1</script>", /nothing may stand inside/);
refuses("inline style", "<style>{{v->title}}</style>", /nothing may stand inside/);
refuses("an on-attribute", '<p onclick="{{v->title}}">1</p>', /inline script/);
refuses("an hx-on attribute", '<p hx-on:click="1">1</p>', /inline script/);
refuses("a style attribute", '<p style="{{v->title}}">1</p>', /inline script or style/);
refuses("srcdoc", '<p srcdoc="{{v->title}}">1</p>', /inline script/);
refuses("htmx values, which can hold script", "<p hx-vals='{{v->title}}'>1</p>", /takes no value/);
refuses("frames and plug-ins", '<iframe src="/x"></iframe>', /not an element/);
refuses("a misspelt element", "<dvi>1</dvi>", /not an element/);
refuses("a javascript address", '<a href="javascript:1">1</a>', /an address begins/);
refuses("an address with a text in it", '<a href="/arende/{{v->title}}">1</a>', /one struct url/);
refuses("two values in one address", '<a href="{{v->link}}{{v->title}}">1</a>', /one struct url/);
refuses("a message as an address", '<a href="{{t hello}}">1</a>', /no address/);
refuses("words outside the catalogue", "<p>Hej</p>", /catalogue/);
refuses("words with å outside the catalogue", "<p>1 å</p>", /catalogue/);
refuses("words in an attribute that people read", '<img src="/a" alt="Vapen">', /catalogue/);
refuses("words in aria-label", '<nav aria-label="Meny"></nav>', /catalogue/);
refuses("an unclosed if", "{{if v->open}}<p>1</p>", /:2: .*not closed/);
refuses("an unclosed element", "<div><p>1</p>", /<div> is not closed/);
refuses("an end tag of something else", "<div></p></div>", /closes nothing/);
refuses("an element opened in one branch only", "{{if v->open}}<div>{{end}}</div>", /does not close|closes nothing/);
refuses("an attribute left open in a branch", '<p {{if v->open}}class="a{{end}}">1</p>', /does not close/);
refuses("an end without a block", "{{end}}", /no block/);
refuses("else without if", "{{each i in v->items}}{{else}}{{end}}", /without/);
refuses("an unknown mark", "{{raw v->title}}", /unknown mark/);
refuses("a mark that does not end", "{{v->title", /without }}/);
refuses("a message that does not exist", "{{t helo}}", /"helo" is not in/);
refuses("a message without one of its arguments", "{{t days_left n=v->days}}", /needs 2 arguments/);
refuses("a message's misspelt argument", "{{t days_left n=v->days whom=v->title}}", /no argument "whom"/);
refuses("a message's argument given twice", "{{t days_left n=v->days n=v->days who=v->title}}", /already/);
refuses("a self-closing element outside drawings", "<div/>", /unexpected/);
refuses("a slot in a block", "{{view a: struct sample_view}}{{if v->open}}{{slot}}{{end}}", /one {{slot}}/, { raw: true });
refuses("markup before the first view", "<p>1</p>", /before the first/, { raw: true });
refuses("a view without a struct", "{{view a}}<p>1</p>", /expected {{view/, { raw: true });

doesNotCompile("a misspelt member", "<p>{{v->titel}}</p>");
doesNotCompile("a C string", "<p>{{v->pointer}}</p>");
doesNotCompile("a raw enum", "<p>{{v->colour}}</p>");
doesNotCompile("an enum as a number", "<p>{{num v->colour}}</p>");
doesNotCompile("a raw size", "<p>{{v->size}}</p>");
doesNotCompile("a bool as a number", "<p>{{num v->open}}</p>");
doesNotCompile("a text in an address", '<a href="{{v->title}}">1</a>');
doesNotCompile("a text in a form's action", '<form action="{{v->title}}"></form>');
doesNotCompile("a text in a button's formaction", '<button formaction="{{v->title}}">1</button>');
doesNotCompile("markup inside an attribute", '<p title="{{v->body}}">1</p>');
doesNotCompile("a text as a condition", "{{if v->title}}1{{end}}");
doesNotCompile("a pointer as a condition", "{{if v->pointer}}1{{end}}");
doesNotCompile("a loop over something without a number", "{{each i in v->pointer}}1{{end}}");
doesNotCompile("a message's argument of the wrong type", "<p>\n{{t days_left n=v->title who=v->title}}</p>", 3);
doesNotCompile("an enum as a message's number", "<p>{{t days_left n=v->colour who=v->title}}</p>");
doesNotCompile("a text as a message's address", "<p>{{t due when=v->due a=v->title who=v->title}}</p>");

test("what a person wrote stays text in every place", () => {
    const { id, status, stderr } = htmlc(
        '<p class="{{v->title}}" title="{{t days_left n=v->days who=v->title}}">{{v->title}}</p>\n' +
        '<a href="{{v->link}}">{{t due when=v->due a=v->link who=v->title}}</a><a href="/x#1">{{t hello}}</a>' +
        "<textarea>{{v->title}}</textarea><option>{{t hello}}</option>{{t days_left n=1 who=v->title}}");
    assert.equal(status, 0, stderr);
    const program = write(`${id}_main.c`, `#include "${id}_page_html.h"
#include "arena.h"
int main(void) { struct arena *a = arena_new(1 << 20); struct out o = out_init(a, 1 << 16);
struct lang lang = lang_sv; lang.root = STR("/ekhamn");
struct sample_view v = {.title = STR("\\n\\"'<script>&"), .link = URL_PATH(a, "/a/%?q=%", STR("x/y"), STR("å\\"")), .days = 3,
    .due = {STR("2026-12-22"), STR("tisdag <22>")}};
html_${id}(&o, &lang, &v); struct str s = out_take(&o); fwrite(s.p, 1, s.n, stdout); arena_free(a); return 0; }
`);
    const files = ["arena", "err", "out", "str", "html", "msg"].map((f) => join(root, "src/base", `${f}.c`));
    const exe = join(dir, `${id}.exe`);
    const made = cc("-Wno-unused-function", "-o", exe, program, join(dir, `${id}_page_html.c`), join(dir, "msg_gen.c"), ...files);
    assert.equal(made.status, 0, made.stderr);
    const text = "\n\"'&lt;script&gt;&amp;", attr = "\n&quot;&#39;&lt;script&gt;&amp;";
    const url = "/ekhamn/a/x%2Fy?q=%C3%A5%22";
    assert.equal(spawnSync(exe, { encoding: "utf8" }).stdout.trim(),
        `<p class="${attr}" title="3 dagar kvar, ${attr}">${text}</p>\n` +
        `<a href="${url}">Senast <time datetime="2026-12-22">tisdag &lt;22&gt;</time>, <a class="ds-link" href="${url}">ring ${text}</a></a>` +
        `<a href="/ekhamn/x#1">Hej &amp; <strong>hopp</strong></a>` +
        `<textarea>\n${text.replaceAll('"', "&quot;").replaceAll("'", "&#39;")}</textarea><option>Hej &amp; hopp</option>en dag kvar, ${text}`);
});

/* ---- msgc ---- */

function msgc(...catalogues) {
    const id = `m${++n}`;
    const paths = catalogues.map((text, i) => write(`${id}_${i}.po`, text));
    const result = spawnSync(MSGC, [join(dir, `${id}.h`), join(dir, `${id}.c`), ...paths], { encoding: "utf8" });
    return { status: result.status, stderr: result.stderr };
}
function msgcRefuses(name, message, ...catalogues) {
    test(`msgc refuses ${name}`, () => {
        const { status, stderr } = msgc(...catalogues);
        assert.equal(status, 1, "it was accepted");
        assert.match(stderr, message);
        assert.match(stderr, /^\/.*\.po:\d+: /);
    });
}
const one = (text) => catalogue('msgid "hello"', `msgstr "${text}"`);

test("msgc accepts two catalogues that agree, arguments in any order", () => {
    const { status, stderr } = msgc(one("{who} ser {what}"), one("{what} is seen by {who}"));
    assert.equal(status, 0, stderr);
});
msgcRefuses("a missing key", /"hello" is missing/, one("Hej"), header);
msgcRefuses("a key too many", /"more" is not in/, one("Hej"), one("Hello") + 'msgid "more"\nmsgstr "More"\n');
msgcRefuses("other arguments in a translation", /other arguments/, one("Hej {who}"), one("Hello {whom}"));
msgcRefuses("a plural in only one language", /other arguments or plurals/, one("{n} dagar"), catalogue('msgid "hello"', 'msgid_plural "hello"', 'msgstr[0] "a day"', 'msgstr[1] "{n} days"'));
msgcRefuses("an empty translation", /has no translation/, one(""));
msgcRefuses("an empty plural form", /has no translation/, catalogue('msgid "d"', 'msgid_plural "d"', 'msgstr[0] "en"'));
msgcRefuses("a fuzzy translation", /fuzzy/, catalogue("#, fuzzy", 'msgid "hello"', 'msgstr "Hej"'));
msgcRefuses("a key twice", /occurs twice/, one("Hej") + 'msgid "hello"\nmsgstr "Hej"\n');
msgcRefuses("a key with other characters", /not a key/, catalogue('msgid "Hej du"', 'msgstr "Hej"'));
msgcRefuses("script", /allowed/, one("<script>1</script>"));
msgcRefuses("an attribute", /allowed/, one("<strong class=a>1</strong>"));
msgcRefuses("crossed markup", /allowed/, one("<strong><em>1</strong></em>"));
msgcRefuses("markup left open", /does not close/, one("<em>1"));
msgcRefuses("a brace left open", /allowed/, one("Hej {who"));
msgcRefuses("an argument that is no name", /allowed/, one("Hej {Who is}"));
msgcRefuses("other plural rules", /Plural-Forms/, one("Hej").replace("n != 1", "n > 1"));

test("msgc --unused names the key that nothing uses, and finds every kind of use", () => {
    const po = write("unused.po", catalogue(...["a", "b", "c", "status_x", "error_y", "lonely"].flatMap((k) => [`msgid "${k}"`, 'msgstr "1"'])));
    const use = write("use.c", '{{t a}} MSG_b text_msg_c(out) msg_find(MSG_PREFIX("status_"), code) MSG_error_##code MSG_lonely_not');
    const result = spawnSync(MSGC, ["--unused", po, use], { encoding: "utf8" });
    assert.equal(result.status, 1);
    assert.match(result.stderr, /^.*unused\.po:\d+: error: nothing uses "lonely"\n$/);
});
