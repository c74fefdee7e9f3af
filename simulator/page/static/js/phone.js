/** What both kinds of phones share: the frame, the log of messages, days, and staying at the foot of it. */

import { el, icon } from "./dom.js";
import { day, dayKey, onLanguage, text } from "./texts.js";
import { zone } from "./world.js";

const NEAR_FOOT = 60;
export const PAGE = 60;

/** Frame of a phone: title, choosers, screen (head, log, foot). */
export function frame(slot, className) {
  const title = el("h2", { class: "phone-title", id: `title-${slot}` });
  const choosers = el("div", { class: "choosers" });
  const head = el("div", { class: "head" });
  const log = el("div", { class: "log", role: "log", tabindex: "0" });
  const foot = el("div", { class: "foot" });
  const down = el("button", { type: "button", class: "to-foot icon-button", hidden: true, on: { click: () => toFoot(log) } }, icon("down"));
  const toasts = el("div", { class: "phone-toasts", role: "status" });
  const screen = el("div", { class: "screen" }, head, el("div", { class: "log-place" }, log, down), toasts, foot);
  const root = el("article", { class: `phone ${className}`, id: `phone-${slot}`, "aria-labelledby": `title-${slot}` },
    el("div", { class: "phone-top" }, title, choosers), screen);
  const name = () => {
    title.textContent = text(`slot.${slot}`);
    down.setAttribute("aria-label", text("newest"));
  };
  watchFoot(log, down);
  onLanguage(name);
  name();
  return { root, title, choosers, head, log, foot, toasts };
}

const nearFoot = (log) => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_FOOT;

/** Show the newest message. */
export function toFoot(log) {
  log.scrollTop = log.scrollHeight;
}

/** Pictures that arrive late and a composer that grows do not push the newest message out of sight. */
function watchFoot(log, down) {
  let near = true;
  log.addEventListener("scroll", () => {
    near = nearFoot(log);
    down.hidden = near;
  });
  const stay = () => near && toFoot(log);
  log.addEventListener("load", stay, true);
  new ResizeObserver(stay).observe(log);
}

/** Keep the foot of a log in sight while `change` redraws it, unless somebody has scrolled up. */
export function keepFoot(log, change) {
  const near = nearFoot(log);
  change();
  if (near) toFoot(log);
}

/** Rows of a log: messages with a line before each new day, and a button for what lies before. */
export function withDays(messages, atOf, earlier) {
  const rows = earlier ? [{ kind: "earlier", key: "earlier" }] : [];
  let last = "";
  for (const message of messages) {
    const key = dayKey(atOf(message), zone());
    if (key !== last) rows.push({ kind: "day", key: `day-${key}`, words: day(atOf(message), zone()) });
    last = key;
    rows.push({ kind: "message", key: message.id ?? message.sid, message });
  }
  return rows;
}

/** The row of a log that is no message. */
export function plainRow(row, more) {
  if (row.kind === "day") return el("p", { class: "day", text: row.words });
  return el("button", { type: "button", class: "earlier", on: { click: more } }, text("earlier"));
}

/** One reading at a time; wishes that come meanwhile cost one more. */
export function coalesced(read) {
  let running = null;
  let again = false;
  return function wish() {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        await read();
      } while (again);
      running = null;
    })();
    return running;
  };
}

/** A labelled select. `groups` are [{label, options: [[value, words]]}]; a group without label stands free. */
export function chooser(label, groups, value, act) {
  const select = el("select", { "aria-label": label, title: label, on: { change: () => act(select.value) } },
    groups.filter((group) => group.options.length).map((group) => {
      const options = group.options.map(([key, words]) => el("option", { value: key, selected: String(key) === String(value), text: words }));
      return group.label ? el("optgroup", { label: group.label }, options) : options;
    }));
  return select;
}
