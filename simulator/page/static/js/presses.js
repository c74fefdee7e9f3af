/** Pressed buttons: they wait until the bot has answered, and say what it answered. */

import { deed } from "./api.js";
import { openAlert } from "./dialogs.js";
import { text } from "./texts.js";
import { toast } from "./toasts.js";
import { on } from "./world.js";

const PATIENCE_SECONDS = 10;
const waiting = new Map();
const early = new Map();

export const presses = {
  /** Press; `place` is the button, `toasts` where the phone shows short lines. */
  async press({ person, chat, message, data, place, toasts }) {
    place.classList.add("waiting");
    place.setAttribute("aria-busy", "true");
    const pressed = await deed(person, "press_data", { chat_id: chat, message_id: message, data });
    const end = () => {
      place.classList.remove("waiting");
      place.removeAttribute("aria-busy");
    };
    if (!pressed) return end();
    const press = { end, toasts, timer: setTimeout(() => give(pressed.callback_id, { text: text("telegram.unanswered") }), PATIENCE_SECONDS * 1000) };
    waiting.set(pressed.callback_id, press);
    const answer = early.get(pressed.callback_id);
    return answer ? give(pressed.callback_id, answer) : null;
  },
};

function give(id, answer) {
  const press = waiting.get(id);
  if (!press) return;
  waiting.delete(id);
  early.delete(id);
  clearTimeout(press.timer);
  press.end();
  if (!answer.text) return;
  if (String(answer.show_alert) === "true") openAlert(answer.text);
  else toast(answer.text, press.toasts);
}

on("entry", (entry) => {
  if (entry.method !== "answerCallbackQuery" || entry.kind !== "call" || entry.status !== 200) return;
  const id = String(entry.request.callback_query_id);
  if (waiting.has(id)) give(id, entry.request);
  else if (early.size < 200) early.set(id, entry.request);
});
