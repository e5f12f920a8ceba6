/* The desk by hand: one key a choice, Enter decides; nothing is sent by a choice alone. */
import { start } from "./live/start.js";
import { count } from "./pages/arrivals.js";
import { listen } from "./pages/keys.js";

count(start());

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("#decision"));

/** @type {import("./pages/keys.js").Keys} */
const keys = {
  j: () => go(1),
  n: () => go(1),
  p: () => go(-1),
  a: () => accept(),
  b: () => choose("B"),
  g: () => choose("G"),
  l: () => follow("[data-linked]"),
  t: () => follow(".doors a"),
  r: () => location.reload(),
  y: () => redo(),
  k: () => choose("K"),
  w: () => {
    if (choose("W") === false) return false;
    document.querySelector("#id_words")?.dispatchEvent(new Event("focus"));
    /** @type {HTMLElement | null} */ (document.querySelector("#id_words"))?.focus();
  },
  m: () => onOne("M"),
  s: () => onOne("S"),
  d: () => drop(),
  u: () => undo(),
  Enter: () => decide(),
};
for (let digit = 1; digit <= 9; digit += 1) keys[`${digit}`] = () => choose(`${digit}`);
listen(keys);

/* In a field letters are words: Escape leads back to the choices, and Ctrl+Enter decides from where one is. */
form?.addEventListener("keydown", (event) => {
  const chosen = form.querySelector("input[name=choice]:checked");
  if (event.key === "Escape" && chosen instanceof HTMLElement) chosen.focus({ preventScroll: true });
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) decide();
});

/** @param {string} key */
function choose(key) {
  const input = form?.querySelector(`.choice[data-key="${key}"] input`);
  if (!(input instanceof HTMLInputElement)) return false;
  input.checked = true;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  input.focus({ preventScroll: true });
  input.closest(".choice")?.scrollIntoView({ block: "nearest" });
}

/** Merges into, or splits, the proposal whose wording was chosen before. @param {string} key */
function onOne(key) {
  const chosen = form?.querySelector('input[value^="accept:"]:checked');
  const which = document.querySelector("#id_into");
  if (chosen instanceof HTMLInputElement && which instanceof HTMLSelectElement) {
    which.value = chosen.value.slice("accept:".length).split(",")[0] ?? which.value;
  }
  return choose(key);
}

/** Drops what is proposed here, or the words of the bracket: the reason comes first. */
function drop() {
  const input = form?.querySelector('input[value^="drop-hunk:"], input[value^="drop:"]');
  if (!(input instanceof HTMLInputElement)) return false;
  input.checked = true;
  input.dispatchEvent(new Event("change", { bubbles: true }));
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

/** Ticks the first proposal of the place, or takes the brackets off. */
function accept() {
  const input = form?.querySelector('input[value^="accept:"], input[value^="lift:"], input[value^="pick:"]');
  if (!(input instanceof HTMLInputElement)) return false;
  input.checked = true;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  input.focus({ preventScroll: true });
}

/** @param {string} link */
function follow(link) {
  const found = document.querySelector(link);
  if (!(found instanceof HTMLAnchorElement)) return false;
  location.assign(found.href);
}

function redo() {
  const button = document.querySelector("[data-redo]");
  if (!(button instanceof HTMLButtonElement)) return false;
  button.click();
}

/* The place at hand is seen in the list, however far down it stands. */
const shown = document.querySelector("a.cluster[aria-current]");
const list = shown?.closest(".triage");
if (shown instanceof HTMLElement && list && list.scrollHeight > list.clientHeight) {
  list.scrollTop += shown.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 3;
}

/* What the choice would do, said before Enter. */
const effect = document.querySelector("#effect");
/** @type {AbortController | undefined} */ let asking;

async function foresee() {
  const chosen = form?.querySelector("input[name=choice]:checked");
  if (!form || !(effect instanceof HTMLElement) || !(chosen instanceof HTMLInputElement)) return;
  asking?.abort();
  asking = new AbortController();
  const data = new FormData(form);
  const query = new URLSearchParams();
  for (const name of ["choice", "authority", "words", "into"]) query.set(name, String(data.get(name) ?? ""));
  try {
    const answer = await fetch(`${effect.dataset.effectUrl}?${query}`, { signal: asking.signal });
    if (answer.ok) effect.innerHTML = await answer.text();
  } catch (error) {
    if (!(error instanceof DOMException)) effect.textContent = "What it would do cannot be said: the line is down.";
  }
}

/** What was filled in for a choice, to be taken out again when another is made. */
let filled = "";

void foresee();
form?.addEventListener("change", (event) => {
  const forum = document.querySelector("#id_forum");
  if (event.target instanceof HTMLInputElement && event.target.name === "choice" && forum instanceof HTMLInputElement) {
    if (filled && forum.value === filled) forum.value = "";
    filled = forum.value ? "" : (event.target.dataset.forum ?? "");
    forum.value ||= filled;
  }
  void foresee();
});
