/** The simulator's control API. */

import { text } from "./texts.js";
import { toast } from "./toasts.js";

/** Ask; gives null (and says why) when the simulator refuses or is away. */
export async function ask(method, path, body) {
  try {
    const answer = await fetch(path, { method, body: body === undefined ? undefined : JSON.stringify(body) });
    const told = await answer.json();
    if (answer.ok) return told;
    toast(text("refused", { reason: told.error ?? answer.status }));
  } catch {
    // the stream says that the simulator is away
  }
  return null;
}

export const get = (path) => ask("GET", path);
export const post = (path, body = {}) => ask("POST", path, body);
export const remove = (path) => ask("DELETE", path);

/** What a person in Telegram does. */
export const deed = (person, name, body = {}) => post(`/sim/users/${person}/${name}`, body);
/** What a customer in WhatsApp does. */
export const customerSays = (phone, body) => post(`/sim/customers/${encodeURIComponent(phone)}/say`, body);

/** A file as the control API wants it. */
export async function base64(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}
