/** The foot of a phone: writing, answering, attaching. */

import { askPlace } from "./dialogs.js";
import { el, entry, icon, menu } from "./dom.js";
import { sampleSlip } from "./slip.js";
import { text } from "./texts.js";

const BORDERS = 2;
const MOST_HEIGHT = 140;

/**
 * `acts`: say(words), file(blob, name), place(latitude, longitude). The composer keeps what is typed over redrawings;
 * `note` is the line above it (a reply, a draft), with a button to drop it.
 */
export function composer(acts) {
  const input = el("textarea", { rows: 1, class: "compose-input", enterkeyhint: "send" });
  const note = el("div", { class: "compose-note", hidden: true });
  const picker = el("input", { type: "file", hidden: true });
  const send = el("button", { type: "submit", class: "send icon-button" }, icon("send"));
  const holder = el("div", { class: "attach-place" });
  const form = el("form", { class: "composer" }, note, el("div", { class: "compose-row" }, holder, picker, input, send));
  const grow = () => {
    input.style.height = "auto";
    input.style.height = input.scrollHeight ? `${Math.min(input.scrollHeight + BORDERS, MOST_HEIGHT)}px` : "";
  };
  const submit = () => {
    const words = input.value.trim();
    if (!words) return;
    input.value = "";
    grow();
    acts.say(words);
  };
  input.addEventListener("input", grow);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  picker.addEventListener("change", () => {
    const [chosen] = picker.files;
    if (chosen) acts.file(chosen, chosen.name);
    picker.value = "";
  });
  const pick = (accept) => {
    picker.accept = accept;
    picker.click();
  };
  const relabel = () => {
    input.setAttribute("aria-label", text("compose"));
    input.placeholder = text("compose");
    send.setAttribute("aria-label", text("send"));
    holder.replaceChildren(menu({
      label: text("attach"), drawn: "attach", className: "up",
      entries: () => [
        entry(text("attach.photo"), () => pick("image/*")),
        entry(text("attach.sample"), async () => acts.file(await sampleSlip(), "bukti-transfer.png")),
        entry(text("attach.file"), () => pick("")),
        entry(text("attach.place"), () => askPlace(acts.place)),
      ],
    }));
  };
  relabel();
  return {
    form,
    relabel,
    focus: () => input.focus(),
    /** Fill in words, as a wa.me link does. */
    fill(words) {
      input.value = words;
      grow();
      input.focus();
    },
    /** The line above: {title, words, label, drop, hint}, or nothing. */
    noted(told) {
      note.hidden = !told;
      input.placeholder = told?.hint || text(told ? "compose.reply" : "compose");
      if (!told) return;
      note.replaceChildren(
        el("div", { class: "note-body" }, el("strong", { text: told.title }), told.words && el("span", { text: told.words })),
        el("button", { type: "button", class: "icon-button", "aria-label": told.label, on: { click: told.drop } }, icon("close")),
      );
    },
    /** Whether anything may be written. */
    enabled(wanted) {
      form.hidden = !wanted;
    },
  };
}
