/* What: every page a person meets, and how to get there in a browser: for pictures.mjs and axe.test.mjs.
 * A new page gets a row here; then it is checked for accessibility in three looks and can have its picture taken. */

export async function logIn(gava, page, { user, password }) {
    await page.goto(`${gava.url}/logga-in`);
    await page.fill("[name=user]", user);
    await page.fill("[name=password]", password);
    await Promise.all([page.waitForNavigation(), page.press("[name=password]", "Enter")]);
}

const send = (page, field) => Promise.all([page.waitForNavigation(), page.locator(`form:has([name=${field}]) button[type=submit]:not([name])`).last().click()]);

/* Writes a case in the form; ends on the receipt. */
export async function submitCase(gava, page, story = STORY, unit = "maltider") {
    await page.goto(`${gava.url}/synpunkter`);
    await page.check("[name=type][value=complaint]");
    await page.selectOption("select[name=unit]", unit);
    await page.fill("[name=story]", story);
    await page.check("[name=reply][value=code]");
    await send(page, "story");
}
const STORY = "Maten på Solgläntan har varit kall flera dagar i rad, och mamma äter nästan inget till kvällen. " +
    "Personalen är jättefin, men köket verkar inte hinna med.";

/* Staff take in what somebody says; ends on the receipt. */
async function takeIn(gava, page) {
    await page.goto(`${gava.url}/ta-emot?unit=maltider`);
    await page.check("[name=channel][value=visit]");
    await page.fill("#story", STORY);
    await page.check("[name=reply][value=none]");
    await Promise.all([page.waitForNavigation({ url: /kvitto/ }), page.locator("form[data-draft] button[type=submit]").first().click()]);
}

/* Somebody wrote a letter: its acknowledgement waits to be posted; ends on the list. */
export async function letterToPost(gava, page, unit = "maltider") {
    await page.goto(`${gava.url}/ta-emot?unit=${unit}`);
    await page.check("[name=channel][value=letter]", { force: true });
    await page.fill("#story", STORY);
    await page.check("[name=reply][value=letter]", { force: true });
    await page.fill("[name=name]", "Åsa Örnsköldsdotter-Ängström");
    await page.fill("[name=address]", "Räksmörgåsgränd 17 B\n999 10 Ekhamn");
    await Promise.all([page.waitForNavigation({ url: /kvitto/ }), page.locator("form[data-draft] button[type=submit]").first().click()]);
    await page.goto(`${gava.url}/brev`);
}

/* From the receipt to the follow-up page of the same case. */
export async function followCase(gava, page) {
    const [number, code] = [await page.textContent("#case-number"), await page.textContent("#case-code")];
    await page.goto(`${gava.url}/folj`);
    await page.fill("[name=number]", number.trim());
    await page.fill("[name=code]", code.trim());
    await send(page, "code");
}

/* The first case of a list for which there is such a page below the case; those that wait for an answer come first. */
async function firstCase(gava, page, list, below = "") {
    await page.goto(gava.url + list);
    const cases = await page.locator('a[href*="/arende/"]').evaluateAll((links) => {
        const waits = (a) => /Svara/.test(a.closest("li, tr, article")?.innerText ?? "");
        return [...new Set([...links.filter(waits), ...links].map((a) => a.href))];
    });
    for (const one of cases) {
        const answer = await page.goto(one + below);
        if (answer.status() === 200 && (below === "" || page.url().includes(below))) return;
    }
    throw new Error(`no case on ${list} has ${below}`);
}

/* Rows: name, whose role must be logged in (or null), how to get there. */
export const pages = [
    ["form", null, (gava, page) => page.goto(`${gava.url}/synpunkter`)],
    ["form-faults", null, async (gava, page) => {
        await page.goto(`${gava.url}/synpunkter`);
        await send(page, "story");
    }],
    ["receipt", null, submitCase],
    ["follow-ask", null, (gava, page) => page.goto(`${gava.url}/folj`)],
    ["follow", null, async (gava, page) => {
        await submitCase(gava, page);
        await followCase(gava, page);
    }],
    ["routine", null, (gava, page) => page.goto(`${gava.url}/rutin`)],
    ["accessibility", null, (gava, page) => page.goto(`${gava.url}/tillganglighet`)],
    ["privacy", null, (gava, page) => page.goto(`${gava.url}/personuppgifter`)],
    ["form-english", null, (gava, page) => page.goto(`${gava.url}/synpunkter?lang=en`)],
    ["not-found", null, (gava, page) => page.goto(`${gava.url}/finns-inte`)],
    ["log-in", null, (gava, page) => page.goto(`${gava.url}/logga-in`)],
    ["log-in-wrong", null, async (gava, page) => {
        await page.goto(`${gava.url}/logga-in`);
        await page.fill("[name=user]", "ingen");
        await page.fill("[name=password]", "fel");
        await send(page, "password");
    }],
    ["work-list", /registrar/, (gava, page) => page.goto(`${gava.url}/att-gora`)],
    ["search", /registrar/, (gava, page) => page.goto(`${gava.url}/arenden`)],
    ["case-registrar", /registrar/, (gava, page) => firstCase(gava, page, "/att-gora")],
    ["case", /manager/, (gava, page) => firstCase(gava, page, "/att-gora")],
    ["sort", /registrar/, (gava, page) => firstCase(gava, page, "/att-gora", "/sortera")],
    ["assign", /registrar/, (gava, page) => firstCase(gava, page, "/att-gora", "/tilldela")],
    ["team", /manager/, (gava, page) => firstCase(gava, page, "/att-gora", "/deltagare?q=a")],
    ["exits", /registrar/, (gava, page) => firstCase(gava, page, "/arenden", "/undantag")],
    ["exit", /registrar/, async (gava, page) => {
        await firstCase(gava, page, "/arenden", "/undantag");
        await Promise.all([page.waitForNavigation(), page.locator('a[href*="val=other_body"]').first().click()]);
    }],
    ["exit-faults", /registrar/, async (gava, page) => {
        await firstCase(gava, page, "/arenden", "/undantag");
        await Promise.all([page.waitForNavigation(), page.locator('a[href*="val=other_body"]').first().click()]);
        await page.fill("#text", "");
        await Promise.all([page.waitForNavigation(), page.locator("button[value=take]").click()]);
    }],
    ["exit-numbers", /quality|complaints/, (gava, page) => page.goto(`${gava.url}/undantag`)],
    ["bodies", /admin/, (gava, page) => page.goto(`${gava.url}/admin/instanser`)],
    ["body", /admin/, (gava, page) => page.goto(`${gava.url}/admin/instanser/polisen`)],
    ["letters", /admin/, (gava, page) => page.goto(`${gava.url}/admin/brev?rutin=default`)],
    ["letter-edit", /admin/, (gava, page) => page.goto(`${gava.url}/admin/brev/reply?rutin=default&sprak=sv`)],
    ["phrases", /admin/, (gava, page) => page.goto(`${gava.url}/admin/fraser`)],
    ["phrase", /admin/, (gava, page) => page.goto(`${gava.url}/admin/fraser/ny`)],
    ["absence", /manager/, (gava, page) => page.goto(`${gava.url}/franvaro`)],
    ["take-in", /registrar/, (gava, page) => page.goto(`${gava.url}/ta-emot?unit=hemtjanst-norr`)],
    ["take-in-letter", /registrar/, async (gava, page) => {
        await page.goto(`${gava.url}/ta-emot?unit=hemtjanst-norr`);
        await page.check("[name=channel][value=letter]", { force: true });
    }],
    ["take-in-post", /registrar/, async (gava, page) => {
        await page.goto(`${gava.url}/ta-emot?unit=hemtjanst-norr`);
        await page.check("[name=channel][value=social_media]", { force: true });
    }],
    ["case-to-judge", /kvalitet|quality/, (gava, page) => firstCase(gava, page, "/att-gora?vems=bedoma")],
    ["take-in-faults", /manager/, async (gava, page) => {
        await page.goto(`${gava.url}/ta-emot?unit=maltider`);
        await Promise.all([page.waitForNavigation(), page.locator("form[data-draft] button[type=submit]").first().click()]);
    }],
    ["take-in-receipt", /manager/, takeIn],
    ["case-taken-in", /manager/, async (gava, page) => {
        await takeIn(gava, page);
        await page.locator('main a[href*="/arende/"]').click();
    }],
    ["take-in-begun", /registrar/, async (gava, page) => {
        await page.goto(`${gava.url}/ta-emot?unit=solrosen`);
        await page.fill("#story", STORY);
        await Promise.all([page.waitForNavigation(), page.locator("button[name=save]").click()]);
    }],
    ["letters", /registrar/, (gava, page) => letterToPost(gava, page)],
    ["letter", /registrar/, async (gava, page) => {
        await letterToPost(gava, page);
        await Promise.all([page.waitForNavigation(), page.locator('a[href*="/brev/"]').first().click()]);
    }],
    ["diary", /registrar/, (gava, page) => page.goto(`${gava.url}/diarium?vems=alla`)],
    ["diary-close", /registrar/, (gava, page) => page.goto(`${gava.url}/diarium?vantar=avsluta&vems=alla`)],
    ["public-diary", /registrar/, (gava, page) => page.goto(`${gava.url}/diarium/offentligt`)],
    ["enter", /registrar/, (gava, page) => firstCase(gava, page, "/diarium?vems=alla", "/registrera")],
    ["dossier", /registrar/, (gava, page) => firstCase(gava, page, "/arenden", "/akt")],
    ["paper-new", /registrar/, (gava, page) => firstCase(gava, page, "/arenden", "/ny-handling")],
    ["paper-details", /registrar/, (gava, page) => firstCase(gava, page, "/arenden", "/handling/1/uppgifter")],
    ["stamp", /registrar/, (gava, page) => firstCase(gava, page, "/arenden?vems=avslutade", "/handling/1/stampel")],
    ["statistics", /complaints|manager/, (gava, page) => page.goto(`${gava.url}/statistik/${new Date().getFullYear()}`)],
    ["delay", /manager/, (gava, page) => firstCase(gava, page, "/att-gora", "/forsening")],
    ["delay-faults", /manager/, async (gava, page) => {
        await firstCase(gava, page, "/att-gora", "/forsening");
        await Promise.all([page.waitForNavigation(), page.locator("button[value=check]").click()]);
    }],
    ["delay-check", /manager/, async (gava, page) => {
        await firstCase(gava, page, "/att-gora", "/forsening");
        await page.fill("#reason", "Jag väntar på besked från köket.");
        await page.check("#when-3");
        await Promise.all([page.waitForNavigation(), page.locator("button[value=check]").click()]);
    }],
    ["handling-report", /manager/, (gava, page) => firstCase(gava, page, "/att-gora", "/rapport")],
    ["routine-version", /registrar/, (gava, page) => page.goto(`${gava.url}/rutin/default-1`)],
    ["routine-changes", /admin/, (gava, page) => page.goto(`${gava.url}/rutin/nordanstig-3/andringar`)],
    ["routine-new", /admin/, (gava, page) => page.goto(`${gava.url}/rutin/nacka-socialtjanst-1/ny`)],
    ["routine-try", /admin/, (gava, page) => page.goto(`${gava.url}/rutin/nacka-socialtjanst-utkast/prova`)],
    ["routine-list", /admin/, (gava, page) => page.goto(`${gava.url}/admin/rutiner`)],
    ["help", /registrar/, (gava, page) => page.goto(`${gava.url}/hjalp`)],
    ["directory", null, (gava, page) => page.goto(`${gava.url}/kontakt`)],
    ["directory-staff", /manager/, (gava, page) => page.goto(`${gava.url}/kontakt?omrade=an`)],
    ["password", null, (gava, page) => page.goto(`${gava.url}/losenord`)],
    ["checklists", /manager/, (gava, page) => page.goto(`${gava.url}/checklista?vems=alla`)],
    ["checklist", /manager/, (gava, page) => page.goto(`${gava.url}/checklista/hemtjanst-norr`)],
    ["checklist-write", /manager/, (gava, page) => page.goto(`${gava.url}/checklista/trygghetslarm/skriv`)],
    ["admin", /admin/, (gava, page) => page.goto(`${gava.url}/admin`)],
    ["admin-units", /admin/, (gava, page) => page.goto(`${gava.url}/admin/enheter`)],
    ["admin-unit", /admin/, (gava, page) => page.goto(`${gava.url}/admin/enhet/hemtjanst-norr`)],
    ["admin-unit-new", /admin/, (gava, page) => page.goto(`${gava.url}/admin/ny-enhet`)],
    ["admin-people", /admin/, (gava, page) => page.goto(`${gava.url}/admin/personer`)],
    ["admin-person", /admin/, async (gava, page) => {
        await page.goto(`${gava.url}/admin/personer?q=amir`);
        await Promise.all([page.waitForNavigation(), page.locator('a[href*="/admin/person/"]').first().click()]);
    }],
    ["watch", /complaints_officer/, (gava, page) => page.goto(`${gava.url}/bevakning`)],
    ["watch-admin", /^admin$/, (gava, page) => page.goto(`${gava.url}/bevakning`)],
    ["settings", /registrar/, (gava, page) => page.goto(`${gava.url}/installningar`)],
    ["poster", /manager/, (gava, page) => page.goto(`${gava.url}/affisch?enhet=hemtjanst-norr`)],
    ["poster-places", /manager/, (gava, page) => page.goto(`${gava.url}/affisch/platser`)],
    ["poster-place", /manager/, async (gava, page) => {
        await page.goto(`${gava.url}/affisch/platser?enhet=hemtjanst-norr`);
        await Promise.all([page.waitForNavigation(), page.locator('main a[href*="/affisch/platser/"]').first().click()]);
    }],
    ["close", /manager/, (gava, page) => firstCase(gava, page, "/att-gora", "/avsluta")],
    ["follow-up", /manager/, (gava, page) => firstCase(gava, page, "/arenden?vems=avslutade", "/uppfoljning")],
    ["unit-meeting", /manager/, (gava, page) => page.goto(`${gava.url}/apt`)],
    ["answer", /manager/, (gava, page) => firstCase(gava, page, "/att-gora", "/svar")],
    ["answer-check", /manager/, async (gava, page) => {
        await firstCase(gava, page, "/att-gora", "/samrad");
        await page.goto(page.url().replace("/samrad", "/svar"));
        await page.fill("#text", "Hej!\n\nJag beklagar att det blev fel.");
        await Promise.all([page.waitForNavigation(), page.locator("button[value=check]").click()]);
    }],
    ["consult", /manager/, (gava, page) => firstCase(gava, page, "/att-gora", "/samrad")],
    ["consult-faults", /manager/, async (gava, page) => {
        await firstCase(gava, page, "/att-gora", "/samrad");
        await page.locator("#samtal > summary").click();
        await Promise.all([page.waitForNavigation(), page.locator("button[value=talk]").click()]);
    }],
    ["consult-read", /^employee$/, async (gava, page) => {
        await page.goto(`${gava.url}/att-gora`);
        await Promise.all([page.waitForNavigation(), page.locator('a[href*="/samrad/"]').first().click()]);
    }],
];

/* Goes to the page of a row. Fails when the page answers as if it were not there. */
export async function visit(gava, page, [name, , goThere]) {
    let status = 0;
    page.on("response", (r) => r.request().isNavigationRequest() && r.frame() === page.mainFrame() && (status = r.status()));
    await goThere(gava, page);
    const fine = name === "not-found" ? status === 404 : status < 400 || ["form-faults", "exit-faults", "log-in-wrong", "take-in-faults", "delay-faults", "consult-faults"].includes(name);
    if (!fine) throw new Error(`${page.url()} answered ${status}`);
}

export const accountFor = (gava, role) => gava.accounts.find((a) => role.test(a.role)) ?? gava.accounts[0];
