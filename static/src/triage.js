/* Triage by hand: one key says what an act would do to the row at hand, or to all that are ticked; Enter decides. */
import { start } from "./live/start.js";
import { count } from "./pages/arrivals.js";
import { decide, leave, weigh } from "./pages/effects.js";
import { listen } from "./pages/keys.js";

const live = start();
count(live);

const rows = [...document.querySelectorAll("[data-row]")];
let at = -1;

/** @param {number} by */
function go(by) {
  at = Math.min(rows.length - 1, Math.max(0, at + by));
  const box = rows[at]?.querySelector("input");
  box?.focus({ preventScroll: true });
  rows[at]?.scrollIntoView({ block: "nearest" });
}

/** The box that an act ticked by itself, to be cleared where the act is left. @type {HTMLInputElement | null} */
let lent = null;

/** Chooses an act on all that are ticked, on the row at hand where none is. @param {string} key */
function press(key) {
  const button = document.querySelector(`#bulk button[data-key="${key}"]`);
  if (!(button instanceof HTMLButtonElement)) return false;
  if (!document.querySelector("#bulk input[name=place]:checked")) {
    if (!tick()) return false;
    lent = rows[at]?.querySelector("input") ?? null;
  }
  if (!button.hasAttribute("aria-pressed")) button.click();
  const reason = document.querySelector("#id_reason");
  if (key === "d" && reason instanceof HTMLInputElement && !reason.value.trim()) reason.focus();
}

/** Leaves the act that was chosen, and the row as it was before. */
function unchoose() {
  if (leave() === false) return false;
  if (lent) lent.checked = false;
  lent = null;
}

/** Decides what was chosen, unless a button or a link has the focus: then Enter is for that. @param {Event} event */
function enter(event) {
  if (event.target instanceof HTMLElement && event.target.closest("a, button, summary")) return false;
  decide();
}

function tick() {
  const box = rows[at]?.querySelector("input");
  if (!box) return false;
  box.checked = !box.checked;
  return true;
}

function tickAll() {
  const boxes = [...document.querySelectorAll("#bulk input[name=place]")];
  const on = boxes.some((box) => box instanceof HTMLInputElement && !box.checked);
  for (const box of boxes) if (box instanceof HTMLInputElement) box.checked = on;
}

for (const found of document.querySelectorAll("form:has([data-effects])")) {
  if (found instanceof HTMLFormElement) weigh(found);
}

/* In a field letters are words: Escape leads back to the rows, Enter decides what was chosen before. */
const form = document.querySelector("#bulk");
document.querySelector("main")?.addEventListener("keydown", (event) => {
  if (!(event.target instanceof HTMLInputElement) || event.target.type !== "text") return;
  if (event.key === "Escape") {
    unchoose();
    go(0);
  }
  if (event.key !== "Enter") return;
  event.preventDefault();
  decide();
});

/* Whatever leads to a row, a key, a tab or a click: it is the one at hand. */
form?.addEventListener("focusin", (event) => {
  const reached = rows.findIndex((row) => event.target instanceof Node && row.contains(event.target));
  if (reached >= 0) at = reached;
});

/* After an act the row that moved up to its place is at hand: the next decision is one key away. */
const place = `at ${location.pathname}`;
form?.addEventListener("submit", () => sessionStorage.setItem(place, `${Math.max(0, at)}`));
const left = sessionStorage.getItem(place);
sessionStorage.removeItem(place);
if (left !== null && rows.length) go(Number(left) + 1);

function undo() {
  const button = document.querySelector("[data-undo]");
  if (!(button instanceof HTMLButtonElement)) return false;
  button.click();
}

document.querySelector("[data-all]")?.addEventListener("click", tickAll);
listen({
  j: () => go(1),
  p: () => go(-1),
  x: tick,
  "*": tickAll,
  a: () => press("a"),
  b: () => press("b"),
  m: () => press("m"),
  k: () => press("k"),
  d: () => press("d"),
  u: () => undo(),
  Enter: (event) => enter(event),
  Escape: () => unchoose(),
  o: () => void rows[at]?.querySelector("a")?.click(),
  r: () => location.reload(),
});
