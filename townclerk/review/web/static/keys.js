// Keys press the buttons that carry them (data-key), so that whatever a key does can also be seen and clicked.
"use strict";
(function () {
  const SWITCH = "townclerk-single-keys";
  let shownAt = performance.now();
  let hiddenFor = 0;
  let hiddenAt = null;

  const singleKeys = () => localStorage.getItem(SWITCH) !== "off";
  const isTyping = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  const find = (key) => [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key && one.offsetParent !== null);

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return;
    if (event.key === "Escape") {
      const leave = document.querySelector("[data-leave]");
      if (leave && !document.querySelector("dialog[open]")) { leave.click(); event.preventDefault(); }
      return;
    }
    if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
    if (!singleKeys() && event.key !== "?") return;
    const key = event.key === "=" ? "+" : event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const button = find(key);
    if (!button || event.repeat) return;
    event.preventDefault();
    button.click();
  });

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.open);
      dialog.querySelector("#single-keys").checked = singleKeys();
      dialog.showModal();
    }
    for (const open of document.querySelectorAll("details.popover[open]")) {
      if (!open.contains(event.target)) open.open = false;
    }
  });
  document.addEventListener("change", (event) => {
    if (event.target.id === "single-keys") localStorage.setItem(SWITCH, event.target.checked ? "on" : "off");
  });

  // How long the figure was looked at: from its showing to the decision, without the time the window was hidden.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) hiddenAt = performance.now();
    else if (hiddenAt !== null) { hiddenFor += performance.now() - hiddenAt; hiddenAt = null; }
  });
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb === "post") event.detail.parameters.seconds = ((performance.now() - shownAt - hiddenFor) / 1000).toFixed(1);
  });
  // A second press while the first decision is on its way would fall on the same figure: it is let go.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const box = document.getElementById("workspace");
    if (event.detail.requestConfig.verb !== "post" || !box) return;
    if (box.dataset.busy) event.preventDefault();
    else box.dataset.busy = "1";
  });
  document.addEventListener("htmx:afterRequest", () => {
    const box = document.getElementById("workspace");
    if (box) delete box.dataset.busy;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const fault = document.getElementById("fault");
    fault.hidden = true;
    if (event.detail.target.id === "workspace" || event.detail.elt.id === "workspace") {
      shownAt = performance.now();
      hiddenFor = 0;
      // The region that screen readers follow stays where it is; only its words change.
      document.getElementById("said").textContent = document.getElementById("workspace").dataset.said;
      const heading = document.querySelector("#workspace h1");
      if (heading) { heading.setAttribute("tabindex", "-1"); heading.focus({ preventScroll: true }); }
      const title = document.querySelector("#reading-title");
      if (title) document.title = title.textContent.trim() + " · Townclerk";
    }
    const first = event.detail.target.querySelector && event.detail.target.querySelector("[data-first]");
    if (first) { first.focus(); if (first.select) first.select(); }
  });
  function complain(words) {
    const fault = document.getElementById("fault");
    fault.textContent = words;
    fault.hidden = false;
  }
  document.addEventListener("htmx:sendError", () => complain("The server does not answer. Is townclerk review still running? Nothing was changed."));
  document.addEventListener("htmx:responseError", (event) => complain("Nothing was changed: " + (event.detail.xhr.responseText.slice(0, 300) || "the server said " + event.detail.xhr.status)));
})();
