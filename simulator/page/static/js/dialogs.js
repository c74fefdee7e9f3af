/** Dialogs: a file opened, raw JSON, a place to send, a bot's alert. */

import { el, icon } from "./dom.js";
import { text } from "./texts.js";

/** Open a dialog; it leaves the page when closed, and focus returns to where it was. */
export function dialog(title, className, ...children) {
  const close = el("button", { type: "button", class: "icon-button", "aria-label": text("close"), on: { click: () => box.close() } }, icon("close"));
  const box = el("dialog", { class: `dialog ${className}`, "aria-label": title },
    el("div", { class: "dialog-head" }, el("h2", { text: title }), close),
    el("div", { class: "dialog-body" }, children));
  const before = document.activeElement;
  box.addEventListener("close", () => {
    box.remove();
    if (before?.isConnected) before.focus();
  });
  box.addEventListener("click", (event) => event.target === box && box.close());
  document.body.append(box);
  box.showModal();
  return box;
}

/** Show a photo or document; `kind` is its content type as far as it is known. */
export function openFile(address, name, kind = "") {
  const pdf = kind === "application/pdf" || /\.pdf$/i.test(name);
  const picture = kind.startsWith("image/") || /\.(png|jpe?g|gif|webp)$/i.test(name);
  const plain = kind.startsWith("text/") || /\.(txt|csv|json)$/i.test(name);
  const shown = picture ? el("img", { src: address, alt: name })
    : pdf ? el("iframe", { src: address, title: name })
      : plain ? plainText(address) : el("p", { text: text("viewer.none") });
  const link = el("a", { class: "button", href: address, download: name }, text("download"));
  dialog(name, "viewer", shown, el("p", { class: "dialog-foot" }, link));
}

function plainText(address) {
  const shown = el("pre", { tabindex: "0" });
  fetch(address).then((answer) => answer.text()).then((words) => shown.append(words));
  return shown;
}

/** Raw JSON of both sides of what happened. */
export function openRaw(title, entry) {
  const { request, response, ...rest } = entry;
  const parts = [["", rest], [text("raw.request"), request], [text("raw.response"), response]].filter(([, told]) => told !== undefined);
  const copy = el("button", { type: "button", class: "button" }, text("raw.copy"));
  copy.addEventListener("click", async () => {
    await navigator.clipboard?.writeText(JSON.stringify(entry, null, 2));
    copy.textContent = text("raw.copied");
  });
  dialog(title, "raw", parts.map(([name, told]) => el("section", {}, name && el("h3", { text: name }), el("pre", { tabindex: "0", text: JSON.stringify(told, null, 2) }))),
    el("p", { class: "dialog-foot" }, copy));
}

/** The modal answer of a bot to a press. */
export function openAlert(words) {
  const box = dialog("Santun", "alert", el("p", { text: words }),
    el("p", { class: "dialog-foot" }, el("button", { type: "button", class: "button primary", on: { click: () => box.close() } }, text("telegram.alert.ok"))));
  box.querySelector(".primary").focus();
}

const PLACES = [
  ["Jakarta, Glodok", -6.1449, 106.8156],
  ["Surabaya, Pasar Atom", -7.2415, 112.7447],
  ["Makassar, Pasar Sentral", -5.1313, 119.4125],
  ["Jayapura, Entrop", -2.5663, 140.7007],
];

/** Ask for a place; `take(latitude, longitude)`. */
export function askPlace(take) {
  const number = (label, value) => el("input", { type: "number", step: "any", value, "aria-label": label });
  const latitude = number(text("place.latitude"), PLACES[0][1]);
  const longitude = number(text("place.longitude"), PLACES[0][2]);
  const near = el("select", { "aria-label": text("place.near") }, PLACES.map(([name], place) => el("option", { value: place, text: name })));
  near.addEventListener("change", () => [latitude.value, longitude.value] = PLACES[near.value].slice(1));
  const form = el("form", { method: "dialog", class: "place-form" }, near, latitude, longitude,
    el("button", { class: "button primary" }, text("send")));
  form.addEventListener("submit", () => take(Number(latitude.value), Number(longitude.value)));
  dialog(text("place.title"), "place", form);
}

/** Ask for one line; `take(words)`. */
export function askLine(title, hint, take) {
  const input = el("input", { type: "text", "aria-label": title, placeholder: hint });
  const form = el("form", { method: "dialog", class: "line-form" }, input, el("button", { class: "button primary" }, text("clock.go.submit")));
  form.addEventListener("submit", () => take(input.value.trim()));
  dialog(title, "line", form);
  input.focus();
}
