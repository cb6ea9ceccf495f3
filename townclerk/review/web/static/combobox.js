// Search as you type: the list comes from the server, arrows and Enter choose, the choice goes into the hidden field.
"use strict";
(function () {
  const parts = (input) => {
    const combo = input.closest(".combo");
    return { list: combo.querySelector("[role=listbox]"), kept: combo.querySelector("input[type=hidden]") };
  };
  function close(input) {
    const { list } = parts(input);
    list.hidden = true;
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function light(input, option) {
    for (const other of parts(input).list.querySelectorAll("[role=option]")) other.setAttribute("aria-selected", String(other === option));
    if (!option) return;
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }
  function choose(input, option) {
    const { kept } = parts(input);
    kept.value = option.dataset.value;
    input.value = option.dataset.shown;
    close(input);
    kept.dispatchEvent(new Event("change", { bubbles: true }));
    input.dispatchEvent(new Event("chosen", { bubbles: true }));
  }
  document.addEventListener("htmx:afterSwap", (event) => {
    const list = event.detail.target;
    if (!list.matches || !list.matches("[role=listbox]")) return;
    const input = list.closest(".combo").querySelector("[role=combobox]");
    const options = list.querySelectorAll("[role=option]");
    const open = options.length > 0 && document.activeElement === input;
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (open) light(input, options[0]);
  });
  document.addEventListener("keydown", (event) => {
    const input = event.target.closest && event.target.closest("[role=combobox]");
    if (!input) return;
    const { list } = parts(input);
    const options = [...list.querySelectorAll("[role=option]")];
    if (list.hidden || !options.length) return;
    const at = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown") light(input, options[(at + 1) % options.length]);
    else if (event.key === "ArrowUp") light(input, options[(at - 1 + options.length) % options.length]);
    else if (event.key === "Enter" && at >= 0) choose(input, options[at]);
    else if (event.key === "Escape") { close(input); event.stopPropagation(); }
    else return;
    event.preventDefault();
  }, true);
  document.addEventListener("mousedown", (event) => {
    const option = event.target.closest(".combo [role=option]");
    if (!option) return;
    event.preventDefault();
    choose(option.closest(".combo").querySelector("[role=combobox]"), option);
  });
  document.addEventListener("input", (event) => {
    // Words that were typed and not chosen are no choice; the server says what it makes of them.
    if (event.target.matches("[role=combobox]")) parts(event.target).kept.value = event.target.value.trim() ? "?" + event.target.value.trim() : "";
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.matches && event.target.matches("[role=combobox]")) close(event.target);
  });
})();
