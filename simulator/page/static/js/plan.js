/** The strip under the clock: what the program will do when, as it reports it. */

import { el, showRows } from "./dom.js";
import { travel } from "./clock.js";
import { dayKey, hour, onLanguage, shortDay, spoken, text } from "./texts.js";
import { now, on, world, zone } from "./world.js";

const root = document.getElementById("strip");
const list = el("ol", { class: "plan" });
const words = el("p", { class: "plan-words" });

/** Entries of the day the clock shows; when none is left, those of the next day that has some. */
function upcoming(plan) {
  const today = dayKey(now(), zone());
  const ofToday = plan.filter((row) => dayKey(row.at, zone()) === today);
  if (ofToday.some((row) => row.at > now())) return ofToday;
  const next = plan.find((row) => row.at > now());
  return next ? [...ofToday, ...plan.filter((row) => dayKey(row.at, zone()) === dayKey(next.at, zone()))] : ofToday;
}

const moment = (at) => (dayKey(at, zone()) === dayKey(now(), zone()) ? hour(at, zone()) : `${shortDay(at, zone())} ${hour(at, zone())}`);

function sentence({ running, next_at: next, at }, empty) {
  const { state, to } = world.stage.travel;
  if (state === "stuck") return text("clock.stuck");
  if (state === "travelling") return text("clock.travelling", { at: moment(Date.parse(to)) });
  if (!running) return text(at === null && !world.stage.controls.length ? "plan.unknown" : "plan.absent");
  if (!empty) return "";
  if (!next) return text("plan.none");
  return text("plan.next", { at: moment(Date.parse(next)) });
}

function draw() {
  const { agenda } = world.stage;
  const rows = upcoming(agenda.plan.map((row) => ({ ...row, at: Date.parse(row.at) })));
  const first = rows.find((row) => row.at > now());
  words.textContent = sentence(agenda, !rows.length);
  words.classList.toggle("stuck", world.stage.travel.state === "stuck");
  words.hidden = !words.textContent;
  list.hidden = !rows.length;
  showRows(list, rows.map((row, place) => ({ ...row, place, past: row.at <= now(), next: row === first })), {
    key: (row) => `${row.at}-${row.place}`,
    stamp: (row) => JSON.stringify([row, text("plan.to"), zone()]),
    make: step,
  });
  const next = list.querySelector(".next");
  if (next && list.dataset.next !== next.dataset.key) {
    list.dataset.next = next.dataset.key;
    list.scrollTo({ left: next.offsetLeft - list.clientWidth / 3 });
  }
}

function step(row) {
  const when = hour(row.at, zone());
  const other = dayKey(row.at, zone()) !== dayKey(now(), zone());
  const title = spoken(row.title);
  const inside = [el("time", { text: other ? `${shortDay(row.at, zone())} ${when}` : when }), el("span", { text: title })];
  const label = text("plan.to", { at: when, title });
  const shown = row.past ? el("span", { class: "step" }, inside)
    : el("button", { type: "button", class: "step", data: { focus: "step" }, "aria-label": label, title: label, on: { click: () => travel({ to: new Date(row.at).toISOString() }) } }, inside);
  return el("li", { class: `${row.past ? "past" : ""}${row.next ? " next" : ""}` }, shown);
}

/** Put the strip into the page. */
export function startPlan() {
  root.append(words, list);
  for (const kind of ["clock", "stage", "world"]) on(kind, draw);
  onLanguage(draw);
  setInterval(() => world.clock.factor && draw(), 1000);
}
