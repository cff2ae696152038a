/* What: Swedish working days and deadlines, computed without any of Gåva's code, to compare with. Days are counted as UTC dates; the
 * wall clock of Stockholm comes from Intl. Easter by Gauss with Lichtenberg's correction (Gåva uses Meeus).
 * Source: lag (1989:253), lag (2004:1320), semesterlagen 7 §, lag (1930:173) 2 §. */
const DAY = 86_400_000;

export const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);
export const dayOf = (text) => Date.parse(`${text}T00:00:00Z`) / DAY;
const dayNumber = (year, month, date) => Date.UTC(year, month - 1, date) / DAY;
const weekday = (day) => new Date(day * DAY).getUTCDay(); /* Sunday 0 */

function easter(year) {
    const a = year % 19, k = Math.floor(year / 100);
    const m = 15 + Math.floor((3 * k + 3) / 4) - Math.floor((8 * k + 13) / 25);
    const s = 2 - Math.floor((3 * k + 3) / 4);
    const d = (19 * a + m) % 30;
    const r = Math.floor((d + Math.floor(a / 11)) / 29);
    const og = 21 + d - r;
    const sz = 7 - ((((year + Math.floor(year / 4) + s) % 7) + 7) % 7);
    const oe = 7 - ((((og - sz) % 7) + 7) % 7);
    return dayNumber(year, 3, 1) + og + oe - 1;
}

const firstFrom = (day, wanted) => day + ((wanted - weekday(day) + 7) % 7);

/* [{date, name, kind}] by date; two of one date in no fixed order. */
export function feasts(year) {
    const e = easter(year);
    const list = [
        [dayNumber(year, 1, 1), "Nyårsdagen", "red"],
        [dayNumber(year, 1, 6), "Trettondedag jul", "red"],
        [e - 2, "Långfredagen", "red"],
        [e, "Påskdagen", "red"],
        [e + 1, "Annandag påsk", "red"],
        [dayNumber(year, 5, 1), "Första maj", "red"],
        [e + 39, "Kristi himmelsfärdsdag", "red"],
        [e + 49, "Pingstdagen", "red"],
        year < 2005 ? [e + 50, "Annandag pingst", "red"] : [dayNumber(year, 6, 6), "Nationaldagen", "red"],
        [firstFrom(dayNumber(year, 6, 20), 6) - 1, "Midsommarafton", "eve"],
        [firstFrom(dayNumber(year, 6, 20), 6), "Midsommardagen", "red"],
        [firstFrom(dayNumber(year, 10, 31), 6), "Alla helgons dag", "red"],
        [dayNumber(year, 12, 24), "Julafton", "eve"],
        [dayNumber(year, 12, 25), "Juldagen", "red"],
        [dayNumber(year, 12, 26), "Annandag jul", "red"],
        [dayNumber(year, 12, 31), "Nyårsafton", "eve"],
    ];
    return list.sort((x, y) => x[0] - y[0]).map(([day, name, kind]) => ({ date: iso(day), name, kind }));
}

const freeOf = new Map();
export function isWorking(day) {
    const year = new Date(day * DAY).getUTCFullYear();
    if (!freeOf.has(year)) freeOf.set(year, new Set(feasts(year).map((feast) => feast.date)));
    return weekday(day) % 6 !== 0 && !freeOf.get(year).has(iso(day));
}

export function addWorking(day, n) {
    for (; n > 0; n--) do day++; while (!isWorking(day));
    return day;
}

export const roll = (day) => (isWorking(day) ? day : addWorking(day, 1));

/* Minutes east of UTC in Stockholm at a moment (milliseconds). */
export function offset(ms) {
    const parts = Object.fromEntries(
        new Intl.DateTimeFormat("en-GB", {
            timeZone: "Europe/Stockholm", hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
        }).formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
    const wall = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
    return Math.round((wall - Math.floor(ms / 1000) * 1000) / 60_000);
}

export const localDay = (ms) => Math.floor((ms + offset(ms) * 60_000) / DAY);

export function written(ms) {
    const minutes = offset(ms);
    const two = (n) => String(n).padStart(2, "0");
    return `${new Date(ms + minutes * 60_000).toISOString().slice(0, 19)}+${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/* The last second of a day in Stockholm (the clock never changes within an hour of midnight). */
export function endOf(day) {
    const wall = day * DAY + DAY - 1000;
    return wall - offset(wall - 3_600_000) * 60_000;
}
