/** Texts of both messengers as nodes: Telegram's HTML by a list of what is allowed, WhatsApp's marks by rules. */

import { el } from "./dom.js";
import { text } from "./texts.js";

const PLAIN = { B: "b", STRONG: "b", I: "i", EM: "i", U: "u", INS: "u", S: "s", STRIKE: "s", DEL: "s", CODE: "code", PRE: "pre" };
const FOUND = /(https?:\/\/\S+)|((?<![\w+])\+\d[\d -]{7,17}\d)|((?<!\S)\/[a-z0-9_]{1,32})/gi;

/**
 * Telegram's HTML. `acts` are {link(url), phone(number), command(text)}; anything that Telegram does not know is shown
 * as text only.
 */
export function telegramText(html, acts) {
  const parsed = new DOMParser().parseFromString(`<body>${html}</body>`, "text/html").body;
  return [...parsed.childNodes].flatMap((node) => shown(node, acts));
}

function shown(node, acts) {
  if (node.nodeType === Node.TEXT_NODE) return linked(node.data, acts);
  if (node.nodeType !== Node.ELEMENT_NODE) return [];
  const inner = () => [...node.childNodes].flatMap((child) => shown(child, acts));
  if (node.tagName in PLAIN) return [el(PLAIN[node.tagName], {}, inner())];
  if (node.tagName === "A") return [anchor(node.getAttribute("href") ?? node.textContent, [node.textContent], acts)];
  if (node.tagName === "BLOCKQUOTE") return [quote(inner(), node.hasAttribute("expandable"))];
  if (node.tagName === "TG-SPOILER" || node.className === "tg-spoiler") return [spoiler(inner())];
  return inner();
}

function linked(words, acts) {
  const nodes = [];
  let from = 0;
  for (const found of words.matchAll(FOUND)) {
    nodes.push(words.slice(from, found.index));
    const [whole, url, phone] = found;
    if (url) nodes.push(anchor(url, [url], acts));
    else if (phone) nodes.push(chip(whole, () => acts.phone(whole)));
    else nodes.push(acts.command ? chip(whole, () => acts.command(whole)) : whole);
    from = found.index + whole.length;
  }
  nodes.push(words.slice(from));
  return nodes.filter((node) => node !== "");
}

const chip = (words, act) => el("button", { type: "button", class: "in-text", data: { focus: words }, on: { click: act } }, words);

function anchor(url, children, acts) {
  const follow = (event) => {
    event.preventDefault();
    acts.link(url);
  };
  return el("a", { href: url.startsWith("http") ? url : "#", data: { focus: url }, rel: "noreferrer", on: { click: follow } }, children);
}

function quote(children, expandable) {
  const body = el("div", { class: "quote-body" }, children);
  if (!expandable) return el("blockquote", { class: "quote" }, body);
  const button = el("button", { type: "button", class: "quote-more", "aria-expanded": "false", data: { focus: "quote" } },
    text("telegram.quote.more"));
  const block = el("blockquote", { class: "quote folded" }, body, button);
  button.addEventListener("click", () => {
    const folded = block.classList.toggle("folded");
    button.setAttribute("aria-expanded", String(!folded));
    button.textContent = text(folded ? "telegram.quote.more" : "telegram.quote.less");
  });
  return block;
}

function spoiler(children) {
  const hidden = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": text("telegram.spoiler") }, children);
  const reveal = () => {
    hidden.className = "spoiler open";
    for (const name of ["role", "tabindex", "aria-label"]) hidden.removeAttribute(name);
  };
  hidden.addEventListener("click", reveal);
  hidden.addEventListener("keydown", (event) => ["Enter", " "].includes(event.key) && reveal());
  return hidden;
}

const MARKS = [
  [/```([\s\S]+?)```/, "code"],
  [/(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])/, "b"],
  [/(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])/, "i"],
  [/(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])/, "s"],
];

/** WhatsApp's *bold*, _italic_, ~struck~ and ```code```, with links and numbers. */
export function whatsappText(words, acts) {
  for (const [mark, tag] of MARKS) {
    const found = mark.exec(words);
    if (!found) continue;
    const [whole, inner] = found;
    const after = words.slice(found.index + whole.length);
    const marked = el(tag, {}, tag === "code" ? inner : whatsappText(inner, acts));
    return [...whatsappText(words.slice(0, found.index), acts), marked, ...whatsappText(after, acts)];
  }
  return linked(words, acts);
}
