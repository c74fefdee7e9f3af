/** Short lines that go by themselves. */

import { el } from "./dom.js";

const SECONDS = 5;

/** Show a line at the foot of the page, or of a phone. */
export function toast(words, place = document.getElementById("toasts")) {
  const line = el("p", { class: "toast", text: words });
  place.append(line);
  setTimeout(() => line.remove(), SECONDS * 1000);
}
