/** The page: three phones, the clock, the tools, the timeline. */

import { startBench } from "./bench.js";
import { startClock } from "./clock.js";
import { el } from "./dom.js";
import { onDraft } from "./links.js";
import { toFoot } from "./phone.js";
import { startPlan } from "./plan.js";
import { startSettings } from "./settings.js";
import { TelegramPhone } from "./telegram.js";
import { onLanguage, preferredLanguage, speak, spoken, text } from "./texts.js";
import { startTimeline } from "./timeline.js";
import { startUnread } from "./unread.js";
import { WhatsAppPhone } from "./whatsapp.js";
import { listen, load, on, world } from "./world.js";

const SLOTS = ["left", "middle", "right"];

function people(role) {
  return [...world.people.values()].filter((person) => person.role === role);
}

/** What the phones showed before the page was loaded again. */
function restore({ left, middle, right }) {
  const [one, two, number] = JSON.parse(sessionStorage.getItem("phones") ?? "[]");
  for (const [phone, kept] of [[left, one], [middle, two]]) {
    if (kept && world.people.has(kept[0]) && world.chats.has(kept[1])) phone.choose(...kept);
  }
  if (world.customers.has(number)) right.choose(number);
}

/** Give every phone that is still nobody's to whom it suits best. */
function settle({ left, middle, right }) {
  if (left.person === null) {
    const first = people("collector")[0] ?? [...world.people.values()][0];
    if (first) left.choose(first.id);
  }
  if (middle.person === null) {
    const group = [...world.chats.values()].find((chat) => chat.type !== "private");
    const first = people("manager")[0] ?? world.people.get(group?.members[0]);
    if (first) middle.choose(first.id, group?.members.includes(first.id) ? group.id : first.id);
  }
  if (right.number === null && world.customers.size) right.choose([...world.customers.keys()][0]);
}

/** Show what the program puts into the light, once each time. */
function spotlight({ left, middle, right }) {
  const caption = document.getElementById("caption");
  let last = "";
  return () => {
    const told = world.stage.spotlight;
    caption.hidden = !told?.caption;
    caption.textContent = spoken(told?.caption);
    const sign = JSON.stringify(told);
    if (sign === last) return;
    last = sign;
    if (told?.user_id && world.people.has(told.user_id)) left.choose(told.user_id);
    const group = world.chats.get(told?.group_id);
    if (group) middle.choose(told.manager_id ?? group.members[0], group.id);
    if (world.customers.has(told?.phone)) right.choose(told.phone);
  };
}

/** On a narrow screen one phone shows at a time. */
function slotSwitch(phones) {
  const root = document.getElementById("slots");
  const show = (slot) => {
    for (const name of SLOTS) {
      phones[name].root.classList.toggle("chosen", name === slot);
      root.querySelector(`[data-slot=${name}]`)?.setAttribute("aria-pressed", String(name === slot));
    }
    for (const phone of Object.values(phones)) toFoot(phone.frame.log);
  };
  const draw = () => {
    const chosen = SLOTS.find((name) => phones[name].root.classList.contains("chosen")) ?? SLOTS[0];
    root.replaceChildren(...SLOTS.map((name) => el("button", { type: "button", data: { slot: name }, on: { click: () => show(name) } }, text(`slot.${name}.short`))));
    show(chosen);
  };
  onLanguage(draw);
  draw();
  return show;
}

async function start() {
  startSettings();
  await speak(preferredLanguage());
  const ready = load();
  let restored = false;
  let stood = true;
  let show = () => {};
  onDraft(() => show("right")); // before the phones listen: what is hidden cannot be focused
  const choices = () => {
    const { left, middle, right } = phones;
    const kept = [[left.person, left.chatId], [middle.person, middle.chatId], right.number];
    if (restored) sessionStorage.setItem("phones", JSON.stringify(kept));
  };
  const phones = { left: new TelegramPhone("left", choices), middle: new TelegramPhone("middle", choices), right: new WhatsAppPhone("right", choices) };
  document.getElementById("phones").append(...SLOTS.map((name) => phones[name].root));
  startClock();
  startPlan();
  startBench();
  startTimeline();
  show = slotSwitch(phones);
  startUnread(phones, show);
  on("world", () => {
    if (!restored) restore(phones);
    restored = true;
    settle(phones);
  });
  const light = spotlight(phones);
  for (const kind of ["stage", "world"]) on(kind, () => {
    document.getElementById("company").textContent = world.stage.company.name ?? "";
    light();
  });
  onLanguage(() => {
    document.getElementById("caption").textContent = spoken(world.stage.spotlight?.caption);
  });
  await ready;
  listen((stands) => {
    document.getElementById("lost").hidden = stands;
    if (stands && !stood) load();
    stood = stands;
  });
  document.documentElement.dataset.ready = "true";
}

start();
