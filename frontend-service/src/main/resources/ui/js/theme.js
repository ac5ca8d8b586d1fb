// Light or dark: what the system says, until somebody chooses.
import { s } from "./dom.js";

const KEY = "sluice.theme";
const system = matchMedia("(prefers-color-scheme: dark)");

const sun = () =>
  s("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" },
    s("circle", { cx: 12, cy: 12, r: 4 }),
    s("path", { d: "M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M19 5l-1.4 1.4M6.4 17.6 5 19" }));

const moon = () =>
  s("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" },
    s("path", { d: "M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5Z" }));

export function themeButton(button) {
  const show = () => {
    const chosen = localStorage.getItem(KEY);
    const dark = chosen ? chosen === "dark" : system.matches;
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    button.replaceChildren(dark ? sun() : moon());
    button.setAttribute("aria-label", dark ? "Use the light theme" : "Use the dark theme");
    button.title = button.getAttribute("aria-label");
  };
  button.addEventListener("click", () => {
    const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    // What the system wants anyway need not be remembered, and follows it from then on.
    if ((next === "dark") === system.matches) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, next);
    show();
  });
  system.addEventListener("change", show);
  show();
}
