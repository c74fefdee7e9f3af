/** Language and appearance. */

import { el, icon } from "./dom.js";
import { currentLanguage, languages, onLanguage, speak, text } from "./texts.js";

const root = document.getElementById("settings");

const ofMachine = matchMedia("(prefers-color-scheme: dark)");
const dark = () => document.documentElement.dataset.theme === "dark";

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  localStorage.setItem("theme", theme);
  draw();
}

function draw() {
  root.replaceChildren(
    el("div", { class: "languages", role: "group", "aria-label": text("language") }, languages().map((language) => el("button", {
      type: "button", lang: language, "aria-pressed": String(language === currentLanguage()), on: { click: async () => {
        await speak(language);
        root.querySelector(`[lang=${language}]`).focus();
      } },
    }, language.toUpperCase()))),
    el("button", { type: "button", class: "icon-button", "aria-label": text("theme"), title: text("theme"), "aria-pressed": String(dark()), on: { click: () => {
      setTheme(dark() ? "light" : "dark");
      root.querySelector(".icon-button").focus();
    } } }, icon("moon")),
  );
}

/** Put the settings into the page; the appearance in the address, chosen earlier, or of the machine. */
export function startSettings() {
  const asked = new URLSearchParams(location.search).get("theme") ?? localStorage.getItem("theme");
  document.documentElement.dataset.theme = asked ?? (ofMachine.matches ? "dark" : "light");
  onLanguage(draw);
  draw();
}
