/** A phone with Telegram: one person, one of his chats. */

import { base64, deed, get, post } from "./api.js";
import { composer } from "./composer.js";
import { askLine } from "./dialogs.js";
import { el, entry, menu, refill, showRows } from "./dom.js";
import { call, follow } from "./links.js";
import { chooser, coalesced, frame, keepFoot, PAGE, plainRow, toFoot, withDays } from "./phone.js";
import { asksAnswer, bubble, keyboardOf, stampOf } from "./telegram_message.js";
import { presses } from "./presses.js";
import { onLanguage, text } from "./texts.js";
import { nameOf, on, world } from "./world.js";

const ROLES = ["collector", "manager", "finance", "sales", "admin"];
const IN_GROUP = new Set(["member", "administrator"]);

export class TelegramPhone {
  constructor(slot, onChoice) {
    this.slot = slot;
    this.onChoice = onChoice;
    this.person = null;
    this.chatId = null;
    this.messages = [];
    this.limit = PAGE;
    this.reply = null;
    this.dropped = new Set();
    this.frame = frame(slot, "telegram");
    this.composer = composer({
      say: (words) => this.say(words), file: (blob, name) => this.sendFile(blob, name),
      place: (latitude, longitude) => this.do("location", { latitude, longitude }),
    });
    this.notice = el("div", { class: "foot-notice", hidden: true });
    this.keys = el("div", { class: "reply-keys", hidden: true });
    this.frame.foot.append(this.notice, this.composer.form, this.keys);
    this.refresh = coalesced(() => this.read());
    on("world", () => this.draw());
    on("chat", ({ id }) => id === this.chatId && this.refresh());
    onLanguage(() => {
      this.composer.relabel();
      this.draw(true);
    });
  }

  get root() {
    return this.frame.root;
  }

  get chat() {
    return world.chats.get(this.chatId);
  }

  /** Show a person's chat (the private one when none is named). */
  choose(person, chatId = person) {
    if (this.person === person && this.chatId === chatId) return;
    Object.assign(this, { person, chatId, messages: [], limit: PAGE, reply: null });
    this.frame.log.replaceChildren();
    this.onChoice(this);
    this.draw();
    this.refresh();
  }

  async read() {
    const { chatId } = this;
    const told = chatId === null ? null : await get(`/sim/chats/${chatId}/messages?last=${this.limit + 1}`);
    if (!told || this.chatId !== chatId) return;
    if (told.chat.id !== chatId) this.chatId = told.chat.id; // it has become a supergroup
    world.chats.set(told.chat.id, told.chat);
    this.messages = told.messages;
    this.draw();
  }

  do(name, body = {}) {
    const reply = this.reply?.id;
    this.setReply(null);
    return deed(this.person, name, { chat_id: this.chatId, ...(reply ? { reply_to: reply } : {}), ...body });
  }

  async say(text) {
    await this.do("say", { text });
    toFoot(this.frame.log);
  }

  async sendFile(blob, name) {
    const kind = blob.type.startsWith("image/") ? "photo" : "document";
    await this.do(kind, { content: await base64(blob), filename: name });
  }

  setReply(message) {
    if (this.reply && !message) this.dropped.add(this.reply.id);
    this.reply = message;
    this.drawNote();
  }

  // Drawing

  draw(anew = false) {
    this.drawChoosers();
    this.drawHead();
    this.drawLog(anew);
    this.takeUpQuestion();
    this.drawFoot();
    this.drawNote();
  }

  drawChoosers() {
    const people = [...world.people.values()];
    const named = (role) => ({
      label: text(`role.${role}`),
      options: people.filter((person) => (ROLES.includes(person.role) ? person.role : "stranger") === role)
        .map((person) => [person.id, nameOf(person.id)]),
    });
    const fresh = { options: [["new", text("person.new")]] };
    const groups = [...(this.person ? [] : [{ options: [["", text("nobody")]] }]), ...[...ROLES, "stranger"].map(named), fresh];
    const chats = [...world.chats.values()].filter((chat) => chat.members.includes(this.person));
    const options = chats.map((chat) => [chat.id, chat.id > 0 ? text("chat.private") : chat.title]);
    refill(this.frame.choosers, JSON.stringify([groups, options, this.person, this.chatId, text("person.choose")]), () => [
      chooser(text("person.choose"), groups, this.person ?? "", (value) => (value === "new" ? this.addPerson() : this.choose(Number(value)))),
      chats.length > 1
        ? chooser(text("chat.choose"), [{ options }], this.chatId, (value) => this.choose(this.person, Number(value)))
        : "",
    ]);
  }

  async addPerson() {
    const made = await post("/sim/users", { first_name: text("person.new.name"), language_code: "id" });
    if (!made) return;
    world.people.set(made.id, { ...made, role: null });
    world.chats.set(made.id, { id: made.id, type: "private", title: made.first_name, members: [made.id], bot_status: "member" });
    this.choose(made.id);
  }

  drawHead() {
    const group = this.chat && this.chat.type !== "private";
    const title = group ? this.chat.title : world.bot.first_name;
    const below = group ? text("telegram.members", { count: this.chat.members.length }) : text("telegram.bot");
    this.frame.log.setAttribute("aria-label", text("messages", { name: this.person ? nameOf(this.person) : "" }));
    refill(this.frame.head, JSON.stringify([title, below, text("more")]), () => [
      el("span", { class: "avatar", "aria-hidden": "true", text: title.slice(0, 1) }),
      el("div", { class: "head-words" }, el("p", { class: "head-title", text: title }), el("p", { class: "head-below", text: below })),
      menu({ label: text("more"), drawn: "more", entries: () => this.deeds() }),
    ]);
  }

  deeds() {
    if (!this.person) return [];
    const blocked = world.people.get(this.person)?.blocked;
    return [
      entry(text("telegram.start"), () => askLine(text("telegram.start"), text("telegram.start.payload"), (payload) => deed(this.person, "start", { payload }))),
      entry(text(blocked ? "telegram.unblock" : "telegram.block"), () => deed(this.person, blocked ? "unblock" : "block")),
    ];
  }

  drawLog(anew) {
    const { log } = this.frame;
    const shown = this.messages.slice(-this.limit);
    const rows = withDays(shown, (message) => message.date * 1000, this.messages.length > this.limit);
    const parts = { phone: this, byId: new Map(this.messages.map((message) => [message.id, message])) };
    keepFoot(log, () => {
      if (anew) log.replaceChildren();
      log.querySelector(".empty")?.remove();
      showRows(log, rows, {
        key: (row) => row.key,
        stamp: (row) => (row.kind === "message" ? stampOf(row.message, parts) : row.words ?? ""),
        make: (row) => (row.kind === "message" ? bubble(row.message, parts) : plainRow(row, () => this.more())),
      });
      if (!rows.length) log.append(el("p", { class: "empty", text: text(this.person ? "telegram.empty" : "nobody") }));
    });
  }

  more() {
    this.limit += PAGE;
    this.refresh();
  }

  /** The newest message that asks for an answer opens the reply line by itself, once. */
  takeUpQuestion() {
    const asking = this.messages.findLast((message) => message.from_bot);
    if (!asking || this.reply?.id === asking.id || this.dropped.has(asking.id)) return;
    const answered = this.messages.some((message) => message.reply_to === asking.id && message.from_id === this.person);
    if (!answered && asksAnswer(asking, this)) this.reply = asking;
  }

  drawNote() {
    if (!this.reply) return this.composer.noted(null);
    return this.composer.noted({
      title: text("reply.to", { name: nameOf(this.reply.from_id) }), words: this.reply.text.split("\n")[0],
      hint: this.reply.reply_markup?.input_field_placeholder, label: text("reply.cancel"), drop: () => this.setReply(null),
    });
  }

  drawFoot() {
    const blocked = world.people.get(this.person)?.blocked;
    const outside = this.chat && this.chat.type !== "private" && !IN_GROUP.has(this.chat.bot_status);
    const fresh = this.person && this.chatId === this.person && !this.messages.length;
    const said = blocked ? ["telegram.blocked", "telegram.unblock", () => deed(this.person, "unblock")]
      : outside ? ["telegram.bot_out", "telegram.add_bot", () => post(`/sim/groups/${this.chatId}/add_bot`, { by: this.person, payload: "" })]
        : fresh ? ["", "telegram.start", () => deed(this.person, "start")] : null;
    this.composer.enabled(Boolean(this.person) && !blocked);
    this.notice.hidden = !said;
    if (said && this.notice.dataset.said !== said[0] + said[1] + text(said[1])) {
      const [words, label, act] = said;
      this.notice.dataset.said = words + label + text(label);
      this.notice.replaceChildren(words && el("span", { text: text(words) }), el("button", { type: "button", class: "button primary", on: { click: act } }, text(label)));
    }
    const keys = keyboardOf(this.messages);
    this.keys.hidden = !keys.length || blocked;
    this.keys.replaceChildren(...keys.map((row) => el("div", {}, row.map((key) => el("button", { type: "button", on: { click: () => this.do("press", { label: key.text }) } }, key.text)))));
  }

  /** Acts of a bubble. */
  press(message, button, place) {
    presses.press({ person: this.person, chat: this.chatId, message: message.id, data: button.data, place, toasts: this.frame.toasts });
  }

  link(url) {
    follow(url, this.person);
  }

  phone(number) {
    call(number);
  }

  command(words) {
    this.say(words);
  }

  answer(message) {
    this.setReply(message);
    this.composer.focus();
  }
}

