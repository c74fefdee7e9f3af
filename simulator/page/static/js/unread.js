/** News on phones that are not shown: one press opens them. */

import { el } from "./dom.js";
import { onLanguage, text } from "./texts.js";
import { customerName, nameOf, on, world } from "./world.js";

const MOST = 6;
const counts = new Map();

/** Whether an entry put a new message of the company into a chat. */
const isNews = (entry) => entry.kind === "call" && entry.status < 300 && (entry.method === "messages.create" || /^send(?!ChatAction)/.test(entry.method));

/** Watch; `show(slot)` brings a phone to the front on a narrow screen. */
export function startUnread({ left, middle, right }, show) {
  const root = document.getElementById("unread");
  const shownChats = () => new Set([left.chatId, middle.chatId]);
  const open = (key) => {
    if (typeof key === "string") right.choose(key);
    else if (world.chats.get(key)?.type === "private") left.choose(key);
    else middle.choose(world.chats.get(key)?.members[0], key);
    show(typeof key === "string" ? "right" : key > 0 ? "left" : "middle");
  };
  const draw = () => {
    for (const key of [...shownChats(), right.number]) counts.delete(key);
    const rows = [...counts].slice(-MOST).reverse();
    root.hidden = !rows.length;
    root.replaceChildren(el("span", { class: "quiet", text: text("unread") }), ...rows.map(([key, count]) => {
      const name = typeof key === "string" ? customerName(key) : world.chats.get(key)?.type === "private" ? nameOf(key) : world.chats.get(key)?.title ?? nameOf(key);
      return el("button", { type: "button", class: "unread-name", "aria-label": text("unread.open", { name, count }), on: { click: () => {
        counts.delete(key);
        open(key);
        draw();
      } } }, name, el("span", { class: "count", text: String(count) }));
    }));
  };
  const count = (key) => {
    const before = counts.get(key) ?? 0;
    counts.delete(key); // the newest stands last
    counts.set(key, before + 1);
    draw();
  };
  on("chat", ({ id, entry }) => isNews(entry) && !shownChats().has(id) && count(id));
  on("customer", ({ phone, entry }) => isNews(entry) && phone !== right.number && count(phone));
  on("again", () => {
    counts.clear();
    draw();
  });
  on("world", draw);
  onLanguage(draw);
}
