/** One message in Telegram. */

import { openFile } from "./dialogs.js";
import { el, icon, ticks } from "./dom.js";
import { telegramText } from "./rich.js";
import { toast } from "./toasts.js";
import { hour, text } from "./texts.js";
import { nameOf, zone } from "./world.js";

const COLOURS = 7;

/** Everything that a bubble depends on: when it changes, the bubble is made anew. */
export function stampOf(message, { phone, byId }) {
  const reply = message.reply_to ? byId.get(message.reply_to)?.text : "";
  return JSON.stringify([message, reply, phone.person, zone()]);
}

/** Whether a message wants an answer of the person who looks at it. */
export function asksAnswer(message, phone) {
  if (!message.force_reply) return false;
  if (phone.chatId === phone.person || !message.reply_markup.selective) return true;
  const asked = phone.messages.find((one) => one.id === message.reply_to);
  return asked?.from_id === phone.person || message.html.includes(`tg://user?id=${phone.person}`);
}

/** Rows of the reply keyboard that is open. */
export function keyboardOf(messages) {
  const last = messages.findLast((message) => message.reply_markup?.keyboard || message.reply_markup?.remove_keyboard);
  return (last?.reply_markup?.keyboard ?? []).map((row) => row.map((key) => (typeof key === "string" ? { text: key } : key)));
}

/** The row of a log with a message in it. */
export function bubble(message, parts) {
  if (message.service) return el("p", { class: "day service", text: serviceWords(message) });
  const { phone } = parts;
  const mine = message.from_id === phone.person;
  const inGroup = phone.chatId !== phone.person;
  const body = el("div", { class: "bubble" },
    inGroup && !mine && el("p", { class: `sender colour-${message.from_id % COLOURS}`, text: message.from_name }),
    message.reply_to && quoted(parts.byId.get(message.reply_to)),
    message.file && file(message.file),
    message.location && place(message.location),
    message.contact && el("p", { class: "attached" }, icon("file"), `${text("contact")}: +${message.contact.phone_number}`),
    message.html && el("div", { class: "words" }, telegramText(message.html, phone)),
    message.file && !message.html && message.text && el("div", { class: "words" }, telegramText(message.text.replace(/[<&]/g, (c) => ({ "<": "&lt;", "&": "&amp;" })[c]), phone)),
    meta(message, mine));
  const answer = el("button", { type: "button", class: "answer icon-button", "aria-label": text("reply"), title: text("reply"), data: { focus: "reply" },
    on: { click: () => phone.answer(message) } }, icon("reply"));
  return el("div", { class: `row ${mine ? "mine" : "theirs"}${message.buttons.length ? " keyed" : ""}` },
    el("div", { class: "line" }, body, answer),
    message.buttons.length ? keyboard(message, phone) : null);
}

function serviceWords(message) {
  const { new_chat_members: joined, left_chat_member: left } = message.service;
  if (joined) return joined.map((member) => text("telegram.joined", { name: member.first_name })).join(" · ");
  return left ? text("telegram.left", { name: left.first_name }) : text("telegram.migrated");
}

function quoted(original) {
  if (!original) return null;
  return el("div", { class: "quoted" }, el("strong", { text: nameOf(original.from_id) }), el("span", { text: original.text.split("\n")[0] || text("photo") }));
}

function file({ kind, file_id: id, name }) {
  const address = `/sim/files/${id}`;
  if (kind !== "photo") {
    return el("button", { type: "button", class: "document", data: { focus: "file" }, "aria-label": text("open.file", { name }),
      on: { click: () => openFile(address, name) } }, el("span", { class: "document-icon" }, icon("file")), el("span", { text: name }));
  }
  return el("button", { type: "button", class: "photo", data: { focus: "file" }, "aria-label": text("open.photo"),
    on: { click: () => openFile(address, text("photo"), "image/png") } }, el("img", { src: address, alt: text("photo") }));
}

const place = (point) => el("p", { class: "attached" }, icon("place"), `${text("place")}: ${point.latitude}, ${point.longitude}`);

function meta(message, mine) {
  const words = [message.edited && text("telegram.edited"), hour(message.date * 1000, zone())].filter(Boolean).join(" ");
  return el("p", { class: "meta" }, words, mine && ticks("two", true, text("status.read")));
}

function copy(words, phone) {
  navigator.clipboard?.writeText(words);
  toast(text("link.copied", { text: words }), phone.frame.toasts);
}

function keyboard(message, phone) {
  return el("div", { class: "keys" }, message.buttons.map((row) => el("div", { class: "key-row" }, row.map((button) => key(message, button, phone)))));
}

function key(message, button, phone) {
  const press = (event) => {
    if (button.data !== null) return phone.press(message, button, event.currentTarget);
    if (button.url) return phone.link(button.url);
    return copy(button.wire.copy_text?.text ?? "", phone);
  };
  const style = button.wire.style ? ` ${button.wire.style}` : "";
  return el("button", { type: "button", class: `key${style}`, data: { focus: `key-${button.label}`, first: "" }, on: { click: press } },
    el("span", { text: button.label }), button.url && icon("link"));
}
