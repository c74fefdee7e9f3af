/** Behind the scenes: the newest stories first, each step with its raw JSON. */

import { openRaw } from "./dialogs.js";
import { el, showRows } from "./dom.js";
import { KINDS, Stories } from "./stories.js";
import { hour, onLanguage, shortDay, text } from "./texts.js";
import { customerName, nameOf, on, phoneOf, zone } from "./world.js";

const SHORT = 80;
const root = document.getElementById("timeline");
const list = el("ol", { class: "stories" });
const stories = new Stories();
let onlyFaults = false;
let waiting = false;

/** What a story is about, in words. */
function title({ first }) {
  const request = first.request ?? {};
  if (first.kind === "update") return updateTitle(request);
  if (first.kind === "inbound_message") return text("timeline.customer", { name: customerName(phoneOf(request.From)), text: short(request.Body) });
  const address = first.to ?? request.To;
  if (first.channel === "twilio" && address) return text("timeline.to_customer", { name: customerName(phoneOf(address)) });
  if (request.chat_id) return text("timeline.to_person", { name: nameOf(Number(request.chat_id)) });
  if (first.kind === "fault") return `${text("step.fault")}: ${first.fault} · ${first.method}`;
  return first.kind === "trace" ? request.text ?? "" : text("timeline.other", { method: first.method ?? first.kind });
}

function updateTitle(update) {
  const { callback_query: query, message } = update;
  if (query) return text("timeline.presses", { name: query.from.first_name, label: labelOf(query) });
  if (!message) return text("timeline.standing", { name: Object.values(update).find((part) => part.from)?.from.first_name ?? "" });
  const words = message.text ?? message.caption;
  const name = message.from.first_name;
  if (words) return text("timeline.says", { name, text: short(words) });
  return text("timeline.sends", { name, what: text(message.photo ? "photo" : message.location ? "place" : message.contact ? "contact" : "compose").toLowerCase() });
}

function labelOf({ data, message }) {
  const keys = message.reply_markup?.inline_keyboard?.flat() ?? [];
  return keys.find((key) => key.callback_data === data)?.text ?? data;
}

const short = (words = "") => (words.length > SHORT ? `${words.slice(0, SHORT - 1)}…` : words);

/** Sids show their kind and their end. */
const shortId = (id) => (typeof id === "string" ? `${id.slice(0, 2)}…${id.slice(-6)}` : `#${id}`);

/** What a step says. */
function words({ kind, entry }) {
  if (entry.kind === "trace") return short(entry.request.text ?? "");
  if (kind === "call") return `${entry.method ?? entry.kind} ${entry.status ?? ""}`.trim();
  if (kind === "fault") return `${entry.fault} · ${entry.method}`;
  if (entry.kind === "message_status") return [text(`status.${entry.status}`), entry.error_code].filter(Boolean).join(" ");
  if (kind === "callback") return [entry.request?.MessageStatus, entry.error ? "×" : `→ ${entry.status}`].filter(Boolean).join(" ");
  return entry.update_id ? String(entry.update_id) : "WhatsApp";
}

function bad(entry) {
  return entry.status >= 400 || Boolean(entry.error) || Boolean(entry.error_code) || entry.kind === "fault";
}

function story(row) {
  const at = Date.parse(row.first.at);
  return el("li", { class: `story${row.faulty ? " faulty" : ""}` },
    el("p", { class: "story-head" }, el("time", { text: `${shortDay(at, zone())} ${hour(at, zone())}` }), el("strong", { text: title(row) }), el("code", { text: shortId(row.id) })),
    el("p", { class: "story-steps" }, row.entries.map((step) => el("button", {
      type: "button", class: `story-step ${step.kind}${bad(step.entry) ? " bad" : ""}`, data: { focus: String(step.entry.seq) },
      on: { click: () => openRaw(`${text("raw.title")} · ${words(step)}`, step.entry) },
    }, el("span", { class: "step-kind", text: text(`step.${step.kind}`) }), words(step)))));
}

function drawRows() {
  waiting = false;
  const rows = stories.rows.filter((row) => !onlyFaults || row.faulty).sort((a, b) => b.first.seq - a.first.seq);
  list.querySelector(".quiet")?.remove();
  showRows(list, rows, {
    key: (row) => row.first.seq,
    stamp: (row) => [row.entries.length, row.faulty, text("step.call"), zone(), title(row)].join("|"),
    make: story,
  });
  if (!rows.length) list.append(el("li", { class: "quiet", text: text("timeline.none") }));
}

/** Draw once for all that comes within one frame. */
function drawSoon() {
  if (waiting) return;
  waiting = true;
  setTimeout(drawRows, 60);
}

function draw() {
  const filter = el("input", { type: "checkbox", checked: onlyFaults, on: { change: (event) => {
    onlyFaults = event.target.checked;
    drawRows();
  } } });
  const clear = el("button", { type: "button", class: "button small", on: { click: () => {
    stories.clear();
    drawRows();
  } } }, text("timeline.clear"));
  root.replaceChildren(
    el("div", { class: "timeline-head" },
      el("div", {}, el("h2", { id: "timeline-title", text: text("timeline.title") }), el("p", { class: "quiet", text: text("timeline.about") })),
      el("label", { class: "check" }, filter, text("timeline.only_faults")), clear),
    el("p", { class: "legend", "aria-hidden": "true" }, KINDS.map((kind) => el("span", { class: `story-step ${kind}`, text: text(`step.${kind}`) }))),
    list,
  );
  drawRows();
}

/** Put the timeline into the page. */
export function startTimeline() {
  draw();
  onLanguage(draw);
  on("entry", (entry) => stories.add(entry) && drawSoon());
  on("world", drawSoon);
  on("again", () => {
    stories.clear();
    drawSoon();
  });
}
