// The page: as wide as there is room, larger and smaller, dragged about, and the figure brought into sight.
"use strict";
(function () {
  const zooms = new Map();
  const LEAST = 0.5, MOST = 6, STEP = 1.25;

  const viewer = () => document.querySelector(".viewer[data-viewer]");

  function apply(box, zoom, keepCentre) {
    const paper = box.querySelector(".paper");
    if (!paper) return;
    const x = (box.scrollLeft + box.clientWidth / 2) / box.scrollWidth;
    const y = (box.scrollTop + box.clientHeight / 2) / box.scrollHeight;
    zooms.set(box.dataset.viewer, zoom);
    paper.style.width = (zoom * 100).toFixed(2) + "%";
    // The picture is asked for in the resolution it is shown at.
    paper.querySelector("img").sizes = Math.round(paper.clientWidth) + "px";
    if (keepCentre) {
      box.scrollLeft = x * box.scrollWidth - box.clientWidth / 2;
      box.scrollTop = y * box.scrollHeight - box.clientHeight / 2;
    }
  }

  function showFigure(box) {
    const mark = box.querySelector(".mark.figure, mark.figure");
    if (!mark) return;
    const at = mark.getBoundingClientRect(), frame = box.getBoundingClientRect();
    const above = at.top < frame.top + 40, below = at.bottom > frame.bottom - 40;
    if (above || below) box.scrollTop += at.top - frame.top - frame.height * 0.4;
    if (at.left < frame.left || at.right > frame.right) box.scrollLeft += at.left - frame.left - frame.width * 0.4;
  }

  function prepare() {
    const box = viewer();
    if (!box) return;
    if (!box.dataset.ready) {
      box.dataset.ready = "1";
      apply(box, zooms.get(box.dataset.viewer) || 1, false);
    }
    showFigure(box);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    const box = viewer();
    if (!button || !box) return;
    const now = zooms.get(box.dataset.viewer) || 1;
    const next = { in: now * STEP, out: now / STEP, fit: 1 }[button.dataset.zoom];
    apply(box, Math.min(MOST, Math.max(LEAST, next)), true);
  });
  document.addEventListener("wheel", (event) => {
    const box = event.target.closest && event.target.closest(".viewer[data-viewer]");
    if (!box || !event.ctrlKey || !box.querySelector(".paper")) return;
    event.preventDefault();
    const now = zooms.get(box.dataset.viewer) || 1;
    apply(box, Math.min(MOST, Math.max(LEAST, now * (event.deltaY < 0 ? 1.12 : 1 / 1.12))), true);
  }, { passive: false });

  let grabbed = null;
  document.addEventListener("pointerdown", (event) => {
    const box = event.target.closest(".viewer[data-viewer]");
    if (!box || event.button !== 0 || !box.querySelector(".paper") || document.body.classList.contains("selecting")) return;
    if (event.target.closest("a")) return;
    grabbed = { box, x: event.clientX, y: event.clientY, left: box.scrollLeft, top: box.scrollTop };
    box.classList.add("grabbed");
  });
  document.addEventListener("pointermove", (event) => {
    if (!grabbed) return;
    grabbed.box.scrollLeft = grabbed.left - (event.clientX - grabbed.x);
    grabbed.box.scrollTop = grabbed.top - (event.clientY - grabbed.y);
  });
  document.addEventListener("pointerup", () => {
    if (grabbed) grabbed.box.classList.remove("grabbed");
    grabbed = null;
  });

  document.addEventListener("DOMContentLoaded", prepare);
  document.addEventListener("htmx:afterSwap", prepare);
  document.addEventListener("htmx:afterSettle", prepare);
})();
