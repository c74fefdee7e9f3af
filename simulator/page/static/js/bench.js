/** The tools beside the phones: scenarios, the program's own controls, faults. */

import { post, remove } from "./api.js";
import { el, showRows } from "./dom.js";
import { hour, onLanguage, spoken, text } from "./texts.js";
import { on, world, zone } from "./world.js";

const BOTH = "sendMessage|editMessageText|sendPhoto|sendDocument";
const FAULTS = {
  telegram_429: { target: "telegram", kind: "429", method: BOTH, retry_after: 3 },
  telegram_500: { target: "telegram", kind: "500", method: BOTH },
  telegram_timeout: { target: "telegram", kind: "timeout_after_accept", method: BOTH },
  twilio_429: { target: "twilio", kind: "429", method: "messages.create", retry_after: 3 },
  twilio_500: { target: "twilio", kind: "500", method: "messages.create" },
  twilio_timeout: { target: "twilio", kind: "timeout_after_accept", method: "messages.create" },
  twilio_duplicate: { target: "twilio", kind: "duplicate_callback", method: "status" },
  twilio_reorder: { target: "twilio", kind: "reorder_callbacks", method: "status" },
  twilio_63016: { target: "twilio", kind: "63016", method: "messages.create" },
};
const REPORTED = new Set(["duplicate_callback", "reorder_callbacks", "63016"]);
const KEPT = 8;

const root = document.getElementById("bench");
const scenarios = el("ul", { class: "scenarios" });
const controls = el("div", { class: "fault-buttons controls" });
const faults = el("div", { class: "fault-buttons" });
const log = el("ol", { class: "fault-log" });
const clear = el("button", { type: "button", class: "button small", on: { click: () => remove("/sim/faults") } });
let orders = [];

function orderOf(kind, name) {
  return world.stage.orders.findLast((order) => order.kind === kind && order.name === name);
}

function drawScenarios() {
  const rows = world.stage.scenarios.map((row) => ({ ...row, order: orderOf("scenario", row.name) }));
  showRows(scenarios, rows, { key: (row) => row.name, stamp: (row) => JSON.stringify([row, text("scenarios.start")]), make: scenario });
  if (!rows.length) scenarios.replaceChildren(el("li", { class: "quiet", text: text("scenarios.none") }));
}

function scenario(row) {
  const busy = ["queued", "running"].includes(row.order?.state);
  const told = row.order && [text(`order.${row.order.state}`), spoken(row.order.note)].filter(Boolean).join(" · ");
  return el("li", {}, el("button", {
    type: "button", class: "scenario", disabled: busy, data: { focus: "start", scenario: row.name }, on: { click: () => post(`/sim/scenarios/${row.name}/start`) },
  }, el("span", { class: "scenario-title", text: spoken(row.title) || row.name }), row.about && el("span", { class: "scenario-about", text: spoken(row.about) }),
  told && el("span", { class: `order ${row.order.state}`, text: told })));
}

function drawControls() {
  const rows = world.stage.controls.map((row) => ({ ...row, order: orderOf("control", row.name) }));
  controls.hidden = !rows.length;
  showRows(controls, rows, {
    key: (row) => row.name, stamp: (row) => JSON.stringify([row, text("order.done")]),
    make: (row) => tool(spoken(row.title) || row.name, row.order ? text(`order.${row.order.state}`) : spoken(row.about), () => post(`/sim/controls/${row.name}/press`)),
  });
}

function tool(title, about, act) {
  return el("button", { type: "button", class: "fault", data: { focus: title }, on: { click: act } }, el("strong", { text: title }), about && el("span", { text: about }));
}

function drawFaults() {
  faults.replaceChildren(...Object.entries(FAULTS).map(([name, order]) =>
    tool(text(`faults.${name}`), text(`faults.${name}.about`), async () => {
      const given = await post("/sim/faults", order);
      if (given) orders.push({ number: given.number, name, order, state: "waiting" });
      drawLog();
    })));
}

function drawLog() {
  orders = orders.slice(-KEPT);
  showRows(log, [...orders].reverse(), {
    key: (row) => row.number, stamp: (row) => JSON.stringify([row, text("faults.waiting"), zone()]),
    make: (row) => el("li", { class: row.state }, el("strong", { text: text(`faults.${row.name}`) }),
      el("span", { text: text(`faults.${row.state}`, { method: row.method }) }), row.at && el("time", { text: hour(row.at, zone()) })),
  });
  clear.hidden = !world.faults.length;
}

/** Follow what becomes of the faults that were ordered: struck, and then survived by the next success. */
function follow(entry) {
  for (const row of orders) {
    if (row.state === "waiting" && entry.kind === "fault" && entry.number === row.number) {
      Object.assign(row, { state: "struck", method: entry.method, at: Date.parse(entry.at) });
    } else if (row.state === "struck" && survived(row, entry)) {
      Object.assign(row, { state: REPORTED.has(row.order.kind) ? "told" : "survived", at: Date.parse(entry.at) });
    }
  }
  drawLog();
}

function survived(row, entry) {
  if (entry.channel !== row.order.target) return false;
  if (REPORTED.has(row.order.kind)) return entry.kind === "status" && entry.status >= 200 && entry.status < 300;
  return entry.kind === "call" && entry.status < 300 && row.order.method.split("|").includes(entry.method);
}

function withdraw() {
  const standing = new Set(world.faults.map((fault) => fault.number));
  orders = orders.filter((row) => row.state !== "waiting" || standing.has(row.number));
  drawLog();
}

function draw() {
  const head = (key) => el("h2", { text: text(key) });
  clear.textContent = text("faults.clear");
  root.replaceChildren(
    el("section", { class: "panel" }, head("scenarios.title"), scenarios),
    el("section", { class: "panel" }, head("faults.title"), el("p", { class: "quiet", text: text("faults.about") }), controls, faults, log, clear),
  );
  drawFaults();
  drawScenarios();
  drawControls();
  drawLog();
}

/** Put the tools into the page. */
export function startBench() {
  draw();
  onLanguage(draw);
  for (const kind of ["stage", "world"]) on(kind, () => [drawScenarios(), drawControls()]);
  on("faults", withdraw);
  on("entry", follow);
  on("again", () => {
    orders = [];
    drawLog();
  });
}
