/* Triage by hand: one row at a time, ticked and decided from the keyboard; what comes in meanwhile waits. */
import { start } from "./live/start.js";
import { count } from "./pages/arrivals.js";
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

/** @param {string} key */
function press(key) {
  const button = document.querySelector(`#bulk button[data-key="${key}"]`);
  if (!(button instanceof HTMLButtonElement) || !document.querySelector("#bulk input[name=place]:checked")) return false;
  const reason = document.querySelector("#id_reason");
  if (key === "d" && reason instanceof HTMLInputElement && !reason.value.trim()) return void reason.focus();
  button.click();
}

function tick() {
  const box = rows[at]?.querySelector("input");
  if (!box) return false;
  box.checked = !box.checked;
}

function tickAll() {
  const boxes = [...document.querySelectorAll("#bulk input[name=place]")];
  const on = boxes.some((box) => box instanceof HTMLInputElement && !box.checked);
  for (const box of boxes) if (box instanceof HTMLInputElement) box.checked = on;
}

document.querySelector("#bulk")?.addEventListener("keydown", (event) => {
  if (event instanceof KeyboardEvent && event.key === "Escape") go(0);
});
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
  o: () => void rows[at]?.querySelector("a")?.click(),
  r: () => location.reload(),
});
