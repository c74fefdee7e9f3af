/** Where links lead in a simulation: to another phone of this page, never out of this machine. */

import { deed } from "./api.js";
import { nameOf, world } from "./world.js";
import { text } from "./texts.js";
import { toast } from "./toasts.js";

const writers = [];

/** `act({phone, words, from})` opens a customer's WhatsApp with a draft. */
export function onDraft(act) {
  writers.push(act);
}

/** Follow a link on the phone of `person`. */
export function follow(url, person) {
  const address = parsed(url);
  if (address?.hostname === "wa.me" || address?.hostname === "api.whatsapp.com") return draft(address, person);
  if (address?.hostname === "t.me" && address.pathname === `/${world.bot.username}` && address.searchParams.has("start")) {
    return deed(person, "start", { payload: address.searchParams.get("start") });
  }
  return toast(text("link.out", { url }));
}

function parsed(url) {
  try {
    return new URL(url);
  } catch {
    return null;
  }
}

function draft(address, person) {
  const digits = (address.searchParams.get("phone") ?? address.pathname).replace(/\D/g, "");
  const letter = { phone: `+${digits}`, words: address.searchParams.get("text") ?? "", from: nameOf(person) };
  for (const write of writers) write(letter);
  return null;
}

/** A number in a text was tapped. */
export function call(number) {
  toast(text("phone.call", { number }));
}
