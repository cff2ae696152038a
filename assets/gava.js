/* Gåva's own script: small helps on pages that work without it. */
"use strict";

/* An error summary is read first (it also has tabindex -1). */
document.querySelector("[data-focus]")?.focus();

/* Buttons that only make sense with script: shown here, hidden without. */
for (const button of document.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
}

/* A second click on "send" is harmless (the form carries a token), but looks alarming: say that it is under way. */
document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || event.defaultPrevented) return;
    if (event.target.dataset.sent) return event.preventDefault();
    if (button.name) return; /* a button that chooses something, such as "calculate again", may be pressed again */
    event.target.dataset.sent = "1";
    button.setAttribute("aria-busy", "true");
});
window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
        delete form.dataset.sent;
        form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
    }
});
