/* The desk by hand: one key a choice, Enter decides; nothing is sent by a choice alone. */
import { start } from "./live/start.js";
import { listen } from "./pages/keys.js";

start();

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("#decision"));

/** @type {import("./pages/keys.js").Keys} */
const keys = {
  j: () => go(1),
  n: () => go(1),
  p: () => go(-1),
  b: () => choose("B"),
  k: () => choose("K"),
  w: () => {
    if (choose("W") === false) return false;
    document.querySelector("#id_words")?.dispatchEvent(new Event("focus"));
    /** @type {HTMLElement | null} */ (document.querySelector("#id_words"))?.focus();
  },
  d: () => drop(),
  u: () => undo(),
  Enter: () => decide(),
};
for (let digit = 1; digit <= 9; digit += 1) keys[`${digit}`] = () => choose(`${digit}`);
listen(keys);

/** @param {string} key */
function choose(key) {
  const input = form?.querySelector(`.choice[data-key="${key}"] input`);
  if (!(input instanceof HTMLInputElement)) return false;
  input.checked = true;
  input.focus({ preventScroll: true });
  input.closest(".choice")?.scrollIntoView({ block: "nearest" });
}

/** Drops what is proposed here, or the words of the bracket: the reason comes first. */
function drop() {
  const input = form?.querySelector('input[value^="drop-hunk:"], input[value^="drop:"]');
  if (!(input instanceof HTMLInputElement)) return false;
  input.checked = true;
  /** @type {HTMLElement | null} */ (document.querySelector("#id_reason"))?.focus();
}

/** @param {number} by */
function go(by) {
  const rows = [...document.querySelectorAll("a.cluster")];
  const at = rows.findIndex((row) => row.hasAttribute("aria-current"));
  const next = rows[at + by];
  if (next instanceof HTMLAnchorElement) location.assign(next.href);
}

function undo() {
  const button = document.querySelector('form[action*="/undo/"] button');
  if (!(button instanceof HTMLButtonElement)) return false;
  button.click();
}

function decide() {
  if (!form?.querySelector("input[name=choice]:checked")) return false;
  form.requestSubmit();
}
