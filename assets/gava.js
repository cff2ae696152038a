/* Gåva's own script: small helps on pages that work without it. */
"use strict";

/* An error summary is read first (it also has tabindex -1). */
document.querySelector("[data-focus]")?.focus();

/* Buttons that only make sense with script: shown here, hidden without. */
for (const button of document.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
}

/* A form that keeps a draft (data-draft; its save button has the address): saved a moment after the latest key, and before it is
 * sent. Without contact nothing is lost: the page keeps what was typed, tries again, and sends it when contact is back. */
function keepDraft(form) {
    const state = form.querySelector("[data-draft-state]"), address = form.querySelector("button[formaction]").formAction;
    const PAUSE_MS = 1500, RETRY_MS = 5000, PATIENCE_MS = 15000;
    let timer, typed = 0, saved = 0, sending = null, done = false, refused = false, under_way = null;
    const say = (text, lost) => ((state.textContent = text), state.toggleAttribute("data-lost", lost));
    /* Logged in anew in another tab: the forms of this page need that session's token. */
    const renew = async () => {
        const page = new DOMParser().parseFromString(await (await fetch(form.action)).text(), "text/html");
        const token = page.querySelector("form[data-draft] [name=csrf]")?.value;
        if (!token || token === form.elements.csrf.value) return false;
        form.elements.csrf.value = token;
        return true;
    };
    const post = () => {
        const body = new FormData(form);
        body.delete("files"); /* they go with the form itself, or with the save button */
        return fetch(address, { method: "POST", body, headers: { "HX-Request": "true" }, signal: AbortSignal.timeout(PATIENCE_MS) });
    };
    const save = async () => {
        clearTimeout(timer);
        const now = typed;
        try {
            let answer = await post();
            if ((answer.status === 403 || answer.status === 401) && (await renew())) answer = await post();
            refused = answer.status === 409; /* sent, or somebody else wrote */
            if (refused) return say(form.dataset.sent, Boolean(form.elements.draft_version)), true;
            if (answer.status === 422) return say(await answer.text(), true), true;
            if (answer.status === 401 || answer.status === 403) return say(form.dataset.out, true), false;
            if (!answer.ok) throw new Error(answer.status);
            const version = answer.headers.get("Gava-Draft-Version"); /* what the next saving goes on from */
            if (version) form.elements.draft_version.value = version;
            saved = now;
            say(await answer.text(), false);
            return true;
        } catch {
            say(form.dataset.offline, true);
            return false;
        }
    };
    const look = async () => {
        under_way ??= save().finally(() => (under_way = null));
        const well = await under_way;
        if (done) return;
        if (well && sending) return send(sending);
        if (!refused && (!well || saved < typed)) timer = setTimeout(look, well ? PAUSE_MS : RETRY_MS);
    };
    const send = (button) => {
        done = true;
        form.requestSubmit(button);
    };
    form.addEventListener("input", () => {
        typed++;
        clearTimeout(timer);
        timer = setTimeout(look, PAUSE_MS);
    });
    form.addEventListener("submit", (event) => {
        if (done || event.submitter?.formNoValidate) return; /* saved, or a button that only shows the page again */
        event.preventDefault();
        sending = event.submitter;
        clearTimeout(timer);
        look();
    });
    window.addEventListener("beforeunload", (event) => typed > saved && !done && state.hasAttribute("data-lost") && event.preventDefault());
    document.addEventListener("visibilitychange", () => document.hidden && typed > saved && !done && look());
    window.addEventListener("online", () => (typed > saved || sending) && look());
    window.addEventListener("pageshow", () => ((done = false), (sending = null)));
}
for (const form of document.querySelectorAll("form[data-draft]")) keepDraft(form);

/* Words chosen from a list go in where one writes (data-insert: the field, data-from: the list). Without script the button sends
 * the form, and they come last. */
for (const button of document.querySelectorAll("button[data-insert]")) {
    button.hidden = false;
    button.addEventListener("click", (event) => {
        const field = document.getElementById(button.dataset.insert);
        const words = document.getElementById(button.dataset.from).selectedOptions[0]?.dataset.words;
        if (!words) return;
        event.preventDefault();
        const begin = field.selectionStart || field.value.length; /* nobody has been in the field: at its end */
        const end = field.selectionEnd || begin, before = field.value.slice(0, begin), after = field.value.slice(end);
        const gap = (there) => (there ? " " : "");
        field.setRangeText(gap(/[^\s{]$/.test(before)) + words + gap(/^[\p{L}\p{N}]/u.test(after)), begin, end, "end");
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.focus();
    });
}

/* A second click on "send" is harmless (the form carries a token), but looks alarming: say that it is under way. */
document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || event.defaultPrevented) return;
    if (event.target.dataset.sending) return event.preventDefault();
    if (button.name) return; /* a button that chooses something, such as "calculate again", may be pressed again */
    event.target.dataset.sending = "1";
    button.setAttribute("aria-busy", "true");
});
window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sending]")) {
        delete form.dataset.sending;
        form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
    }
});
