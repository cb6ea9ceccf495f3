// The theme that was chosen, before anything is painted; without a choice, the system's own.
"use strict";
(function () {
  const KEY = "townclerk-theme";
  const names = ["system", "light", "dark"];
  function apply(name) {
    if (name === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = name;
    const button = document.querySelector("[data-theme-toggle]");
    if (!button) return;
    button.textContent = { system: "◐", light: "☼", dark: "☾" }[name];
    button.title = "Theme: " + name;
    button.setAttribute("aria-label", button.title);
  }
  function chosen() {
    const kept = localStorage.getItem(KEY);
    return names.includes(kept) ? kept : "system";
  }
  apply(chosen());
  document.addEventListener("DOMContentLoaded", () => apply(chosen()));
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-toggle]")) return;
    const next = names[(names.indexOf(chosen()) + 1) % names.length];
    localStorage.setItem(KEY, next);
    apply(next);
  });
})();
