/** The clock: what it shows, travelling, playing slowly. */

import { post, remove } from "./api.js";
import { dialog } from "./dialogs.js";
import { el, icon } from "./dom.js";
import { hour, onLanguage, shortDay, text, zoneName } from "./texts.js";
import { now, on, world, zone } from "./world.js";

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 86400;
const SLOWLY = 60;

const root = document.getElementById("clock");
const face = el("button", { type: "button", class: "face", on: { click: askWhen } });
const buttons = el("div", { class: "clock-buttons" });
const travelling = () => world.stage.travel.state === "travelling";

/** Set out for an instant (ISO), or by seconds. */
export const travel = (wanted) => post("/sim/travel", wanted);

function drawFace() {
  const at = now();
  const whole = `${shortDay(at, zone())} ${hour(at, zone())} ${zoneName(zone())}`;
  if (face.dataset.whole === whole + text("clock.go")) return;
  face.dataset.whole = whole + text("clock.go");
  face.setAttribute("aria-label", `${whole}. ${text("clock.go")}`);
  face.title = text("clock.go");
  face.replaceChildren(
    el("span", { class: "face-day", text: shortDay(at, zone()) }),
    el("span", { class: "face-hour", text: hour(at, zone()) }),
    el("span", { class: "face-zone", text: zoneName(zone()) }),
  );
}

function drawButtons() {
  const playing = world.clock.factor > 0;
  const kind = travelling() ? "travelling" : playing ? "playing" : "still";
  const sign = kind + text("clock.hour");
  if (buttons.dataset.sign === sign) return;
  const focused = buttons.contains(document.activeElement);
  buttons.dataset.sign = sign;
  buttons.replaceChildren(...(kind === "travelling" ? [stopButton()] : [
    button("clock.hour", null, () => travel({ seconds: HOUR_SECONDS })),
    button("clock.day", null, () => travel({ seconds: DAY_SECONDS })),
    button("clock.next", "next", () => travel({ to: "next" }), "primary"),
    button(playing ? "clock.pause" : "clock.play", playing ? "pause" : "play", () => post("/sim/clock", { run: playing ? 0 : SLOWLY }), playing ? "on" : ""),
  ]));
  if (focused) buttons.querySelector("button").focus();
}

function button(key, drawn, act, className = "") {
  const title = key === "clock.play" || key === "clock.pause" ? text("clock.playing") : null;
  return el("button", { type: "button", class: `button ${className}`, title, data: { clock: key }, on: { click: act } }, drawn && icon(drawn), el("span", { text: text(key) }));
}

function stopButton() {
  return button("clock.stop", "stop", () => remove("/sim/travel"), "on");
}

function drawState() {
  root.classList.toggle("stuck", world.stage.travel.state === "stuck");
  face.classList.toggle("running", world.clock.factor > 0 || travelling());
  root.dataset.state = travelling() ? "travelling" : world.stage.travel.state ?? "";
}

function askWhen() {
  const local = new Intl.DateTimeFormat("sv-SE", { timeZone: zone(), dateStyle: "short", timeStyle: "short" }).format(now());
  const input = el("input", { type: "datetime-local", value: local.replace(" ", "T"), "aria-label": text("clock.go.at") });
  const form = el("form", { method: "dialog", class: "line-form" }, input, el("button", { class: "button primary" }, text("clock.go.submit")));
  form.addEventListener("submit", () => input.value && travel({ to: instant(input.value) }));
  dialog(text("clock.go.at"), "line", form);
  input.focus();
}

/** The instant that `local` (2026-11-23T09:00) is in the shown zone. */
function instant(local) {
  const guess = new Date(`${local}Z`);
  const shown = new Date(`${new Intl.DateTimeFormat("sv-SE", { timeZone: zone(), dateStyle: "short", timeStyle: "medium" }).format(guess).replace(" ", "T")}Z`);
  return new Date(2 * guess - shown).toISOString();
}

function draw() {
  drawFace();
  drawButtons();
  drawState();
}

/** Put the clock into the page. */
export function startClock() {
  root.append(face, buttons);
  for (const kind of ["clock", "stage", "world"]) on(kind, draw);
  onLanguage(draw);
  setInterval(() => world.clock.factor && drawFace(), 200);
  draw();
}
