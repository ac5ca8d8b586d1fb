// Before the first paint, so that nobody sees the other theme flash by. A classic script: modules come later.
(() => {
  const chosen = localStorage.getItem("sluice.theme");
  const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
