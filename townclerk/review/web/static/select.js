// Selecting words on the page, with the mouse or the arrow keys, to add a figure or to keep a phrase.
"use strict";
(function () {
  let words = [], anchor = -1, cursor = -1, dragging = false;

  const viewer = () => document.querySelector(".viewer[data-viewer]");
  const toggle = () => document.querySelector("[data-select]");
  const range = () => [Math.min(anchor, cursor), Math.max(anchor, cursor)];

  function paint() {
    const [first, last] = range();
    words.forEach((word, index) => {
      word.node.classList.toggle("chosen", anchor >= 0 && index >= first && index <= last);
      word.node.classList.toggle("cursor", index === cursor);
    });
    const bar = document.getElementById("selection");
    if (!bar) return;
    const some = anchor >= 0;
    bar.querySelector("q").textContent = some ? words.slice(first, last + 1).map((word) => word.text).join(" ") : "";
    for (const button of bar.querySelectorAll("[data-use]")) button.disabled = !some;
  }

  function move(to, extend) {
    if (!words.length) return;
    cursor = Math.max(0, Math.min(words.length - 1, to));
    if (!extend || anchor < 0) anchor = cursor;
    words[cursor].node.scrollIntoView({ block: "nearest", inline: "nearest" });
    paint();
  }

  function bar() {
    const made = document.createElement("div");
    made.className = "selection-bar";
    made.id = "selection";
    made.setAttribute("role", "region");
    made.setAttribute("aria-label", "Selection");
    const told = document.createElement("span");
    told.setAttribute("aria-live", "polite");
    told.append("Selected: ", document.createElement("q"));
    made.append(told);
    for (const [use, words, key, shown] of [["add", "Add a figure", "Enter", "↵"], ["phrase", "Means an indicator", "p", "P"]]) {
      const button = document.createElement("button");
      const kbd = document.createElement("kbd");
      kbd.textContent = shown;
      button.type = "button";
      button.className = "button";
      button.dataset.use = use;
      button.dataset.key = key;
      button.disabled = true;
      button.append(words + " ", kbd);
      made.append(button);
    }
    const leave = document.createElement("button");
    leave.type = "button";
    leave.className = "button quiet";
    leave.dataset.leave = "";
    leave.dataset.stop = "";
    leave.textContent = "Leave";
    made.append(leave);
    return made;
  }

  function onText(box) {
    for (const run of box.querySelectorAll("[data-start]")) {
      const text = run.textContent, begin = Number(run.dataset.start), made = document.createDocumentFragment();
      // Offsets are of characters, as the server counts them, not of JavaScript's code units.
      let at = 0;
      for (const piece of text.split(/(\s+)/)) {
        const long = [...piece].length;
        if (/\S/.test(piece)) {
          const node = document.createElement("span");
          node.className = "word";
          node.textContent = piece;
          words.push({ start: begin + at, end: begin + at + long, text: piece, node });
          made.append(node);
        } else made.append(piece);
        at += long;
      }
      run.replaceChildren(made);
    }
  }

  async function onPicture(box) {
    const answer = await fetch(box.dataset.words, { headers: { "HX-Request": "true" } });
    const given = answer.ok ? (await answer.json()).words : [];
    const below = box.querySelector(".overlay");
    const layer = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    layer.setAttribute("class", "overlay words");
    layer.setAttribute("viewBox", below.getAttribute("viewBox"));
    layer.setAttribute("preserveAspectRatio", "none");
    layer.setAttribute("aria-hidden", "true");
    for (const [start, end, text, x0, y0, x1, y1] of given) {
      const node = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      for (const [name, value] of [["x", x0], ["y", y0], ["width", x1 - x0], ["height", y1 - y0]]) node.setAttribute(name, value);
      words.push({ start, end, text, node });
      layer.append(node);
    }
    box.querySelector(".paper").append(layer);
  }

  async function start() {
    const box = viewer();
    if (!box || document.body.classList.contains("selecting")) return;
    words = []; anchor = cursor = -1;
    document.body.classList.add("selecting");
    toggle().setAttribute("aria-pressed", "true");
    box.before(bar());
    const told = document.querySelector("#selection q");
    told.textContent = "reading the page …";
    if (box.querySelector(".paper")) await onPicture(box);
    else onText(box);
    told.textContent = words.length ? "nothing yet" : "this page has no words to select";
    box.focus({ preventScroll: true });
  }

  function stop() {
    document.body.classList.remove("selecting");
    if (toggle()) toggle().setAttribute("aria-pressed", "false");
    document.getElementById("selection")?.remove();
    document.querySelector(".overlay.words")?.remove();
    for (const word of words) word.node.classList.remove("chosen", "cursor");
    words = []; anchor = cursor = -1;
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-select]")) document.body.classList.contains("selecting") ? stop() : start();
    else if (event.target.closest("[data-stop]")) stop();
    const use = event.target.closest("[data-use]");
    if (!use || anchor < 0) return;
    const [first, last] = range(), box = viewer();
    const item = document.getElementById("workspace").dataset.item;
    const address = box.dataset[use.dataset.use] + "?" + new URLSearchParams({ start: words[first].start, end: words[last].end, item });
    htmx.ajax("GET", address, { target: "#panel", swap: "innerHTML" });
  });
  document.addEventListener("keydown", (event) => {
    if (!document.body.classList.contains("selecting") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!event.target.closest(".viewer") && event.target !== document.body) return;
    const line = () => {
      // The nearest word on the line above or below.
      const now = words[Math.max(0, cursor)].node.getBoundingClientRect();
      const down = event.key === "ArrowDown";
      let best = -1, least = Infinity;
      words.forEach((word, index) => {
        const at = word.node.getBoundingClientRect();
        const away = down ? at.top - now.bottom : now.top - at.bottom;
        if (away < -2) return;
        const far = away * 4 + Math.abs(at.left - now.left);
        if (far < least) { least = far; best = index; }
      });
      return best < 0 ? cursor : best;
    };
    if (event.key === "ArrowRight") move(cursor + 1, event.shiftKey);
    else if (event.key === "ArrowLeft") move(cursor - 1, event.shiftKey);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") move(line(), event.shiftKey);
    else if (event.key === "Home") move(0, event.shiftKey);
    else if (event.key === "End") move(words.length - 1, event.shiftKey);
    else return;
    event.preventDefault();
  });
  const under = (event) => words.findIndex((word) => word.node === event.target);
  document.addEventListener("pointerdown", (event) => {
    const at = document.body.classList.contains("selecting") ? under(event) : -1;
    if (at < 0) return;
    event.preventDefault();
    dragging = true;
    move(at, event.shiftKey);
    viewer().focus({ preventScroll: true });
  });
  document.addEventListener("pointerover", (event) => {
    const at = dragging ? under(event) : -1;
    if (at >= 0) move(at, true);
  });
  document.addEventListener("pointerup", () => { dragging = false; });
  document.addEventListener("htmx:afterSwap", (event) => {
    // Another page, or another figure: what was selected is gone.
    if (document.body.classList.contains("selecting") && !document.querySelector("#selection")) stop();
    else if (document.body.classList.contains("selecting") && event.detail.target.id !== "panel" && !event.detail.target.closest(".combo, .field")) stop();
  });
})();
