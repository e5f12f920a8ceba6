/* The floor's line: one thing said in the room, typed as it is said, one line after the other. Each is told back while
   it is typed, recorded in its turn, and stays in sight until the server has it; a refused one comes back with why. */
import { lowerPanel, stepProvision } from "./focus.js";
import { listen } from "./keys.js";

const PEEK_MS = 180;
const SHOWN = 6; // lines kept in sight

/** @typedef {{line: string, at: string, row: HTMLLIElement, sent: number}} Said */

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("#floor-line"));
const field = /** @type {HTMLInputElement | null} */ (form?.querySelector("input[name=line]") ?? null);
const reads = form?.querySelector(".reads") ?? null;
const hint = reads?.innerHTML ?? "";

/** @type {Said[]} */ const waiting = [];
let sending = false;
let last = "";
/** @type {ReturnType<typeof setTimeout> | undefined} */ let peeking;
let asked = 0;

/** Opens the line by ":" wherever the seat may record. */
export function watchFloorLine() {
  if (!form || !field) return;
  form.classList.add("scripted");
  listen({ ":": () => open() });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-open-line]")) open();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    say();
  });
  field.addEventListener("input", () => {
    clearTimeout(peeking);
    peeking = setTimeout(peek, PEEK_MS);
  });
  field.addEventListener("focus", showPlace); // another provision may have been clicked meanwhile
  field.addEventListener("keydown", (event) => press(event));
  addEventListener("beforeunload", (event) => {
    if (field.value.trim() || waiting.length) event.preventDefault();
  });
}

function open() {
  lowerPanel(); // what is said is read in the text above the line
  form?.classList.add("open");
  showPlace();
  field?.focus();
}

/** @param {KeyboardEvent} event */
function press(event) {
  if (event.isComposing) return;
  if (event.key === "Escape") close();
  else if (event.key === "ArrowDown") move(1);
  else if (event.key === "ArrowUp") move(-1);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function close() {
  if (waiting.length) return;
  form?.classList.remove("open");
  field?.blur();
  /** @type {HTMLElement | null} */ (document.querySelector(".pv.focus"))?.focus({ preventScroll: true });
}

/** @param {number} by */
function move(by) {
  stepProvision(by);
  field?.focus();
  showPlace();
  peek();
}

/** The address of the provision in focus, else of the first. */
function place() {
  return document.querySelector(".pv.focus")?.id ?? document.querySelector(".pv[id]")?.id ?? "";
}

function showPlace() {
  const sign = form?.querySelector("[data-at]");
  if (sign) sign.textContent = place();
  const who = /** @type {HTMLElement | null} */ (form?.querySelector("[data-last]") ?? null);
  if (!who) return;
  who.hidden = !last;
  who.textContent = last;
  who.title = "Goes on for whoever spoke last, unless you name somebody else";
}

function say() {
  const line = field?.value.trim();
  const at = place();
  if (!field || !line || !at) return;
  const row = document.createElement("li");
  row.textContent = line;
  row.dataset.state = "waiting";
  form?.querySelector(".heard")?.append(row);
  field.value = "";
  clearTimeout(peeking);
  asked += 1; // what is told back of this line comes too late: a refusal may stand there by then
  tell("");
  waiting.push({ line, at, row, sent: 0 });
  void sendNext();
}

/** Sends one line at a time: the next may be about what this one proposes. */
async function sendNext() {
  const next = waiting[0];
  if (sending || !next) return;
  sending = true;
  next.sent = performance.now();
  const answer = await ask(next.line, next.at, false);
  sending = false;
  waiting.shift();
  if (answer?.ok) settle(next, answer.body);
  else refuse(next, answer?.body.message ?? "The line went down: look whether it was recorded before you send it again.");
  void sendNext();
}

/**
 * @param {Said} said
 * @param {{said: string, speakers: string[]}} body
 */
function settle(said, body) {
  last = body.speakers.join(" ");
  said.row.textContent = body.said;
  said.row.dataset.state = "recorded";
  said.row.dataset.ms = String(Math.round(performance.now() - said.sent));
  const rows = [...(form?.querySelectorAll(".heard li[data-state=recorded]") ?? [])];
  for (const row of rows.slice(0, -SHOWN)) row.remove();
  showPlace();
}

/**
 * @param {Said} said
 * @param {string} why
 */
function refuse(said, why) {
  said.row.dataset.state = "refused";
  const words = document.createElement("b");
  words.textContent = said.line;
  const again = document.createElement("button");
  Object.assign(again, { type: "button", className: "btn", textContent: "Take it up again" });
  again.addEventListener("click", () => {
    if (field) field.value = said.line;
    said.row.remove();
    field?.focus();
    peek();
  });
  said.row.replaceChildren(words, ` ${why} `, again);
  if (!field || field.value) return;
  field.value = said.line;
  field.select();
  tell(why, true);
}

/** Tells back what the line would do. */
async function peek() {
  clearTimeout(peeking);
  const line = field?.value.trim() ?? "";
  const mine = ++asked;
  if (!line) {
    tell("");
    return;
  }
  const answer = await ask(line, place(), true);
  if (mine === asked && field?.value.trim() === line && answer) tell(answer.ok ? answer.body.said : answer.body.message, !answer.ok);
}

/**
 * @param {string} words
 * @param {boolean} [wrong]
 */
function tell(words, wrong = false) {
  if (!reads) return;
  if (words) reads.textContent = words;
  else reads.innerHTML = hint;
  reads.classList.toggle("wrong", wrong);
}

/**
 * @param {string} line
 * @param {string} at
 * @param {boolean} peeks
 * @returns {Promise<{ok: boolean, body: any} | null>} null where nobody answered
 */
async function ask(line, at, peeks) {
  const body = new FormData(form ?? undefined);
  body.set("line", line);
  body.set("last", last);
  if (peeks) body.set("peek", "1");
  const address = (form?.dataset.say ?? "").replace(/0\/said\/$/, `${encodeURIComponent(at)}/said/`);
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin" });
    return { ok: answer.ok, body: await answer.json() };
  } catch {
    return null;
  }
}
