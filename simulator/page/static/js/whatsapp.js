/** A phone with WhatsApp: one customer, talking to the company. */

import { base64, customerSays, get, post } from "./api.js";
import { composer } from "./composer.js";
import { askLine, openFile } from "./dialogs.js";
import { el, entry, icon, menu, refill, showRows, ticks } from "./dom.js";
import { call, follow, onDraft } from "./links.js";
import { chooser, coalesced, frame, keepFoot, PAGE, plainRow, toFoot, withDays } from "./phone.js";
import { whatsappText } from "./rich.js";
import { hour, onLanguage, text } from "./texts.js";
import { customerName, now, on, world, zone } from "./world.js";

const TICKS = { sent: "one", delivered: "two", read: "two", failed: "failed", undelivered: "failed", canceled: "failed" };
const HOUR = 3_600_000;

export class WhatsAppPhone {
  constructor(slot, onChoice) {
    this.slot = slot;
    this.onChoice = onChoice;
    this.number = null;
    this.messages = [];
    this.limit = PAGE;
    this.letter = null;
    this.windowUntil = null;
    this.frame = frame(slot, "whatsapp");
    this.window = el("p", { class: "window" });
    this.frame.head.after(this.window);
    this.composer = composer({
      say: (words) => this.say(words), file: (blob, name) => this.sendFile(blob, name),
      place: (latitude, longitude) => customerSays(this.number, { location: { latitude, longitude } }),
    });
    this.frame.foot.append(this.composer.form);
    this.refresh = coalesced(() => this.read());
    on("world", () => this.draw());
    on("customer", ({ phone }) => phone === this.number && this.refresh());
    on("clock", () => this.drawWindow());
    onDraft((letter) => this.takeDraft(letter));
    onLanguage(() => {
      this.composer.relabel();
      this.draw(true);
    });
    setInterval(() => world.clock.factor && this.drawWindow(), 250);
  }

  get root() {
    return this.frame.root;
  }

  get customer() {
    return world.customers.get(this.number);
  }

  /** Show a customer's conversation. */
  choose(number) {
    if (this.number === number) return;
    Object.assign(this, { number, messages: [], limit: PAGE, letter: null, windowUntil: null });
    this.frame.log.replaceChildren();
    this.onChoice(this);
    this.draw();
    this.refresh();
  }

  async read() {
    const { number } = this;
    if (!number || !world.customers.has(number)) return;
    const told = await get(`/sim/customers/${encodeURIComponent(number)}/messages?last=${this.limit + 1}`);
    if (!told || this.number !== number) return;
    this.messages = told.messages;
    this.windowUntil = told.window_until ? Date.parse(told.window_until) : null;
    world.customers.set(number, { ...this.customer, blocked: told.blocked, reads: told.reads, on_whatsapp: told.on_whatsapp });
    this.draw();
  }

  async takeDraft(letter) {
    if (!world.customers.has(letter.phone)) await this.addCustomer(letter.phone);
    this.choose(letter.phone);
    this.letter = letter;
    this.drawNote();
    this.composer.fill(letter.words);
  }

  async addCustomer(phone) {
    const made = await post("/sim/customers", { phone });
    if (!made) return;
    world.customers.set(phone, made);
    this.choose(phone);
  }

  async say(words) {
    const { letter } = this;
    this.letter = null;
    this.drawNote();
    if (letter) await post(`/sim/customers/${encodeURIComponent(this.number)}/by_hand`, { name: letter.from, text: words });
    else await customerSays(this.number, { text: words });
    toFoot(this.frame.log);
  }

  async sendFile(blob) {
    await customerSays(this.number, { photo: await base64(blob), content_type: blob.type || "application/octet-stream" });
  }

  // Drawing

  draw(anew = false) {
    this.drawChooser();
    this.drawHead();
    this.drawWindow();
    this.drawLog(anew);
    this.drawNote();
    this.composer.enabled(Boolean(this.number));
  }

  drawChooser() {
    const options = [...world.customers.values()].map((customer) => [customer.phone, customer.name === customer.phone ? customer.phone : `${customer.name} · ${customer.phone}`]);
    const groups = [...(this.number ? [] : [{ options: [["", text("nobody")]] }]), { options }, { options: [["new", text("customer.new")]] }];
    const choose = (value) => (value === "new" ? askLine(text("customer.new"), text("customer.new.prompt"), (phone) => phone && this.addCustomer(phone)) : this.choose(value));
    const stamp = JSON.stringify([groups, this.number, text("customer.choose")]);
    refill(this.frame.choosers, stamp, () => [chooser(text("customer.choose"), groups, this.number ?? "", choose)]);
  }

  drawHead() {
    const company = world.stage.company.name ?? world.bot.first_name;
    this.frame.log.setAttribute("aria-label", text("messages", { name: this.number ? customerName(this.number) : "" }));
    refill(this.frame.head, JSON.stringify([company, text("more"), text("whatsapp.business")]), () => [
      el("span", { class: "avatar", "aria-hidden": "true", text: company.replace(/^(PT|CV|UD)\.? /, "").slice(0, 1) }),
      el("div", { class: "head-words" }, el("p", { class: "head-title", text: company }), el("p", { class: "head-below", text: text("whatsapp.business") })),
      menu({ label: text("more"), drawn: "more", entries: () => this.deeds() }),
    ]);
  }

  deeds() {
    if (!this.customer) return [];
    const { blocked, reads, on_whatsapp: there } = this.customer;
    const change = (facts) => post("/sim/customers", { phone: this.number, ...facts }).then(() => this.refresh());
    return [
      entry(text(blocked ? "whatsapp.unblock" : "whatsapp.block"), () => change({ blocked: !blocked })),
      entry(text("whatsapp.reads"), () => change({ reads: !reads }), reads),
      entry(text("whatsapp.off"), () => change({ on_whatsapp: !there }), !there),
    ];
  }

  drawWindow() {
    const left = this.windowUntil === null ? 0 : this.windowUntil - now();
    const open = left > 0;
    this.window.className = `window${open ? " open" : ""}`;
    this.window.textContent = text(open ? "whatsapp.window.open" : "whatsapp.window.closed", { left: spanned(left) });
    this.window.hidden = !this.number;
  }

  drawNote() {
    if (!this.letter) return this.composer.noted(null);
    const drop = () => {
      this.letter = null;
      this.composer.fill("");
      this.drawNote();
    };
    return this.composer.noted({
      title: text("whatsapp.draft", { name: this.letter.from, customer: customerName(this.number) }), label: text("whatsapp.draft.cancel"), drop,
    });
  }

  drawLog(anew) {
    const { log } = this.frame;
    const shown = this.messages.slice(-this.limit);
    const rows = withDays(shown, (message) => Date.parse(message.at), this.messages.length > this.limit);
    const answered = new Set(this.messages.map((message) => message.extra?.OriginalRepliedMessageSid));
    keepFoot(log, () => {
      if (anew) log.replaceChildren();
      log.querySelector(".empty")?.remove();
      showRows(log, rows, {
        key: (row) => row.key,
        stamp: (row) => (row.kind === "message" ? JSON.stringify([row.message, answered.has(row.message.sid), zone()]) : row.words ?? ""),
        make: (row) => (row.kind === "message" ? this.bubble(row.message, answered) : plainRow(row, () => this.more())),
      });
      if (!rows.length) log.append(el("p", { class: "empty", text: text(this.number ? "whatsapp.empty" : "nobody") }));
    });
  }

  more() {
    this.limit += PAGE;
    this.refresh();
  }

  bubble(message, answered) {
    const mine = message.direction === "inbound";
    const acts = { link: (url) => follow(url, null), phone: call };
    const point = message.extra?.Latitude !== undefined && `${text("place")}: ${message.extra.Latitude}, ${message.extra.Longitude}`;
    const body = el("div", { class: "bubble" },
      message.direction === "by_hand" && el("p", { class: "sender", text: text("whatsapp.by_hand", { name: message.from }) }),
      message.media.map((media) => attached(media)),
      point && el("p", { class: "attached" }, icon("place"), point),
      message.body && el("div", { class: "words" }, whatsappText(message.body, acts)),
      el("p", { class: "meta" }, message.content_sid && el("span", { class: "mark", text: text("whatsapp.template") }), hour(Date.parse(message.at), zone()), state(message, mine)));
    const buttons = message.buttons.map((button) => this.choice(button, answered.has(message.sid) || !message.visible));
    return el("div", { class: `row ${mine ? "mine" : "theirs"}${message.visible ? "" : " ghost"}` },
      el("div", { class: "line" }, body), buttons.length ? el("div", { class: "choices" }, buttons) : null);
  }

  choice(button, over) {
    const press = () => (button.url ? follow(button.url, null) : customerSays(this.number, { button: button.label }));
    return el("button", { type: "button", class: "choice", disabled: over, data: { focus: button.label }, on: { click: press } }, icon(button.url ? "link" : "reply"), button.label);
  }
}

function attached(media) {
  const address = `/sim/media/${media.sid}`;
  const picture = media.content_type.startsWith("image/");
  const name = picture ? text("photo") : decodeURIComponent((media.url ?? "").split("/").pop()) || media.content_type;
  const open = { click: () => openFile(address, name, media.content_type) };
  if (picture) return el("button", { type: "button", class: "photo", "aria-label": text("open.photo"), on: open }, el("img", { src: address, alt: text("photo") }));
  return el("button", { type: "button", class: "document", "aria-label": text("open.file", { name }), on: open }, el("span", { class: "document-icon" }, icon("file")), el("span", { text: name }));
}

/** Ticks: of his own messages grey, of the company's as Twilio tells it, in words when they have not arrived. */
function state(message, mine) {
  if (message.direction === "by_hand") return null;
  if (mine) return ticks("two", false, text("status.delivered"));
  const words = text(`status.${message.status}`);
  const whole = message.error_code ? text("status.with_code", { status: words, code: message.error_code }) : words;
  return [ticks(TICKS[message.status] ?? "clock", message.status === "read", whole), !message.visible && el("span", { text: whole })];
}

function spanned(left) {
  const two = (number) => String(Math.floor(number)).padStart(2, "0");
  return `${two(left / HOUR)}:${two((left % HOUR) / 60_000)}:${two((left % 60_000) / 1000)}`;
}
