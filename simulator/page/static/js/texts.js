/** What the page says, in the chosen language, and how it writes times. */

const LANGUAGES = ["id", "en"];
let language = "id";
let words = {};
const watchers = [];

const LOCALES = { id: "id-ID", en: "en-GB" };

/** The words for a key, with `{names}` filled in. */
export function text(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** A text that came in several languages, or in one. */
export function spoken(told) {
  return typeof told === "object" && told !== null ? told[language] ?? Object.values(told)[0] ?? "" : told ?? "";
}

export const currentLanguage = () => language;
export const languages = () => LANGUAGES;

/** The language asked for in the address, chosen earlier, or Bahasa Indonesia. */
export function preferredLanguage() {
  const asked = new URLSearchParams(location.search).get("lang") ?? localStorage.getItem("language");
  return LANGUAGES.includes(asked) ? asked : "id";
}

/** Load a language and say everything anew in it. */
export async function speak(wanted) {
  words = await (await fetch(`/page/texts/${wanted}.json`)).json();
  language = wanted;
  localStorage.setItem("language", wanted);
  document.documentElement.lang = wanted;
  document.title = text("title");
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = text(node.dataset.text);
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", text(node.dataset.label));
  for (const watcher of watchers) watcher();
}

/** Call `act` whenever the language has changed. */
export function onLanguage(act) {
  watchers.push(act);
}

const formats = new Map();

function formatted(at, zone, options) {
  const key = JSON.stringify([language, zone, options]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(LOCALES[language], { timeZone: zone, ...options }));
  return formats.get(key).format(at);
}

/** 09.00 or 09:00. */
export const hour = (at, zone) => formatted(at, zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
/** Senin, 23 November. */
export const day = (at, zone) => formatted(at, zone, { weekday: "long", day: "numeric", month: "long" });
/** Sen, 23 Nov 2026. */
export const shortDay = (at, zone) =>
  formatted(at, zone, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
/** 2026-11-23: tells days apart. */
export const dayKey = (at, zone) => new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format(at);
/** WIB, or GMT+7. */
export const zoneName = (zone) => ZONES[zone] ?? zone;

const ZONES = { "Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT" };
