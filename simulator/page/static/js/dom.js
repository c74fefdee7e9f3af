/** Building and updating the page without a framework. */

/**
 * An element. In `props`, `on` holds listeners, `data` the data attributes, `text` the text; false and null are left
 * out, true is an empty attribute.
 */
export function el(tag, props = {}, ...children) {
  const node = tag === "svg" || tag === "path" ? document.createElementNS("http://www.w3.org/2000/svg", tag)
    : document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "text") node.textContent = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A drawing of one path on a 24 by 24 grid. */
export function icon(name) {
  const drawn = el("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" });
  drawn.append(el("path", { d: ICONS[name] }));
  return drawn;
}

const ICONS = {
  send: "M3 20.5 21.500 12 3 3.500l2.200 7L14 12l-8.800 1.500z",
  attach: "M16.500 6.500v9.700a4.500 4.500 0 0 1-9 0V5.800a3 3 0 0 1 6 0v9.400a1.500 1.500 0 0 1-3 0V6.500H9v8.700a3 3 0 0 0 6 0V5.800a4.500 4.500 0 0 0-9 0v10.400a6 6 0 0 0 12 0V6.500z",
  more: "M12 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4m0 2a2 2 0 1 0 0 4 2 2 0 0 0 0-4m0 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4",
  reply: "M10 9V5l-7 7 7 7v-4.100c5 0 8.500 1.600 11 5.100-1-5-4-10-11-11",
  close: "M19 6.400 17.600 5 12 10.600 6.400 5 5 6.400 10.600 12 5 17.600 6.400 19 12 13.400 17.600 19 19 17.600 13.400 12z",
  play: "M8 5v14l11-7z",
  pause: "M6 5h4v14H6zm8 0h4v14h-4z",
  next: "M6 5v14l9-7zm10 0h2.500v14H16z",
  stop: "M6 6h12v12H6z",
  place: "M12 2a7 7 0 0 0-7 7c0 5.200 7 13 7 13s7-7.800 7-13a7 7 0 0 0-7-7m0 9.500a2.500 2.500 0 1 1 0-5 2.500 2.500 0 0 1 0 5",
  file: "M14 2H6a2 2 0 0 0-2 2v16a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V8zm-1 7V3.500L18.500 9z",
  moon: "M12 3a9 9 0 1 0 9 9 7 7 0 0 1-9-9",
  link: "M14 4v2h2.600l-7.500 7.500 1.400 1.400L18 7.400V10h2V4zM6 6h4V4H5a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-5h-2v4H6z",
  down: "M7.400 8.600 12 13.200l4.600-4.600L18 10l-6 6-6-6z",
  clock: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20m1 10.600 4.200 2.500-.9 1.500L11.300 13.500V6.500H13z",
};

/** The ticks of a message; `seen` in colour, `kind` is clock, one, two or failed. */
export function ticks(kind, seen, label) {
  const drawn = el("svg", {
    class: `ticks${seen ? " seen" : ""}${kind === "failed" ? " failed" : ""}`, viewBox: "0 0 20 12", role: "img", "aria-label": label,
  });
  drawn.append(el("path", { d: TICKS[kind] }));
  return drawn;
}

const TICKS = {
  clock: "M10 1.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9M10 3.500V6l1.800 1.200",
  one: "M4.500 6.300 8 9.800 15 2.300",
  two: "M1 6.300l3.500 3.500 7-7.500M9 8.800l1 1L17.500 2.300",
  failed: "M10 1.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9M10 3.300V6.500M10 8.200V8.700",
};

/**
 * Let `parent` show `rows`: nodes are made once per key and again only when their stamp changes, so that nothing
 * jumps. Focus inside a remade node goes to the same place (`data-focus`) in the new one, or to its first control.
 */
export function showRows(parent, rows, { key, stamp, make }) {
  const known = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const wanted = rows.map((row) => {
    const identity = String(key(row));
    const sign = stamp(row);
    const old = known.get(identity);
    known.delete(identity);
    if (old && old.dataset.stamp === sign) return old;
    const made = make(row);
    made.dataset.key = identity;
    made.dataset.stamp = sign;
    if (old) takeOver(old, made);
    return made;
  });
  for (const gone of known.values()) gone.remove();
  wanted.forEach((node, place) => {
    if (parent.children[place] !== node) parent.insertBefore(node, parent.children[place] ?? null);
  });
}

function takeOver(old, made) {
  const focused = old.contains(document.activeElement) ? document.activeElement.dataset.focus ?? "" : null;
  old.replaceWith(made);
  if (focused === null) return;
  const same = [...made.querySelectorAll("[data-focus]")].find((node) => node.dataset.focus === focused);
  (same ?? made.querySelector("[data-first]") ?? made.querySelector("button, a"))?.focus({ preventScroll: true });
}

/**
 * Fill `parent` anew when `stamp` says that something is different; focus stays on the control of the same name, and an
 * open menu or list is not disturbed by news that do not concern it.
 */
export function refill(parent, stamp, make) {
  if (parent.dataset.stamp === stamp) return;
  const focused = parent.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
  parent.dataset.stamp = stamp;
  parent.replaceChildren(...make());
  if (focused) [...parent.querySelectorAll("[aria-label]")].find((node) => node.getAttribute("aria-label") === focused)?.focus();
}

/** A menu that opens under its button; closes by Escape, by a choice, and when focus leaves. */
export function menu({ label, drawn, className = "", entries }) {
  const list = el("div", { class: "menu-list", hidden: true });
  const button = el("button", {
    type: "button", class: "icon-button", "aria-label": label, title: label, "aria-expanded": "false",
  }, icon(drawn));
  const open = (wanted) => {
    if (wanted) list.replaceChildren(...entries().filter(Boolean));
    list.hidden = !wanted;
    button.setAttribute("aria-expanded", String(wanted));
    if (wanted) list.querySelector("button")?.focus();
  };
  button.addEventListener("click", () => open(list.hidden));
  const root = el("div", { class: `menu ${className}` }, button, list);
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || list.hidden) return;
    open(false);
    button.focus();
  });
  root.addEventListener("focusout", (event) => !root.contains(event.relatedTarget) && open(false));
  list.addEventListener("click", (event) => {
    if (!event.target.closest("button")) return;
    open(false);
    if (document.activeElement === document.body) button.focus();
  });
  return root;
}

/** One entry of a menu. */
export function entry(label, act, pressed = null) {
  return el("button", { type: "button", "aria-pressed": pressed === null ? null : String(pressed), on: { click: act } }, label);
}
