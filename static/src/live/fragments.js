/* Fragments that changed are read again and swapped, unless somebody is at work in them. */
import { hold } from "./anchoring.js";

const FEWEST_MS = 900; // between two readings; a first one goes at once
const MOST_AT_ONCE = 40;
const SHOWN_MS = 8000;

/** @type {Set<string>} */
const stale = new Set();
/** @type {Map<string, string>} by fragment, who changed it, as far as that is known */
const authors = new Map();
let whole = false;
let last = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */ let timer;
let reading = false;
let marks = 0;

/** How often something was marked: what was asked for before the last time may be older than what is known. */
export const countMarks = () => marks;

/** @typedef {{names: string[], added: number}} Shown */
/** @type {(shown: Shown) => void} */
let tell = () => {};

/**
 * Calls `teller` with what was swapped, each time something was.
 * @param {(shown: Shown) => void} teller
 */
export function onSwap(teller) {
  tell = teller;
}

/**
 * Marks the fragments around `elements` as changed.
 * @param {Iterable<Element>} elements
 * @param {string} [by] who changed them, as far as that is known
 */
export function refresh(elements, by = "") {
  marks += 1;
  for (const element of elements) {
    const name = element.closest("[data-fragment]")?.getAttribute("data-fragment");
    if (!name) continue;
    stale.add(name);
    authors.set(name, by);
  }
  if (stale.size) schedule();
}

/** Reads the whole page again: something is on it that was not there, or is there no more. */
export function refreshAll() {
  whole = true;
  schedule();
}

function schedule() {
  if (reading || timer) return;
  timer = setTimeout(read, Math.max(20 + Math.random() * 60, last + FEWEST_MS - Date.now()));
}

async function read() {
  timer = undefined;
  reading = true;
  last = Date.now();
  const all = whole;
  const asked = all ? [...stale] : [...stale].slice(0, MOST_AT_ONCE);
  whole = false;
  for (const name of asked) stale.delete(name);
  try {
    swap(await fetchPage(address(asked, all)), asked, all);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // the line is down: what is stale stays so
    for (const name of asked) stale.add(name);
    whole ||= all;
  } finally {
    reading = false;
    if (stale.size || whole) schedule();
  }
}

/**
 * @param {string[]} asked
 * @param {boolean} all
 */
function address(asked, all) {
  const door = document.body.dataset.fragments;
  if (!door || all) return location.href;
  return `${door}?${new URLSearchParams(asked.map((name) => ["f", name]))}`;
}

/** @param {string} url */
async function fetchPage(url) {
  const answer = await fetch(url, { headers: { "X-Fragment": "1" }, credentials: "same-origin" });
  if (answer.status >= 500) throw new TypeError(`the server answered ${answer.status}`);
  return new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
}

/**
 * @param {Document} page
 * @param {string[]} asked
 * @param {boolean} all
 */
function swap(page, asked, all) {
  /** @type {string[]} */ const swapped = [];
  let added = 0;
  const there = new Set(fragmentNames(page));
  hold(() => {
    for (const name of all ? fragmentNames(document) : asked) {
      const old = find(document, name);
      const fresh = find(page, name);
      if (old && fresh && differ(old, fresh) && put(old, fresh)) swapped.push(name);
      else if (old && all && !there.has(name) && !inUse(old)) old.remove();
    }
    if (all) added = addMissing(page);
  });
  if (swapped.length || added) tell({ names: swapped, added });
}

/** @param {Document} page */
function fragmentNames(page) {
  return [...page.querySelectorAll("[data-fragment]")].map((element) => element.getAttribute("data-fragment") ?? "");
}

/**
 * Tells whether two fragments say different things; what we added, what the reader opened or closed and the masks of
 * forms' tokens do not count.
 * @param {Element} old
 * @param {Element} fresh
 */
function differ(old, fresh) {
  const [one, other] = [old, fresh].map((element) => {
    const copy = /** @type {Element} */ (element.cloneNode(true));
    copy.classList.remove("changed", "focus");
    copy.removeAttribute("style");
    copy.querySelector(":scope > .held-change")?.remove();
    for (const token of copy.querySelectorAll("[name=csrfmiddlewaretoken]")) token.remove();
    for (const details of copy.querySelectorAll("details[id]")) details.removeAttribute("open");
    return copy.outerHTML.replace(' class=""', "");
  });
  return one !== other;
}

/**
 * @param {ParentNode} root
 * @param {string} name
 */
function find(root, name) {
  return root.querySelector(`[data-fragment="${CSS.escape(name)}"]`);
}

/**
 * Puts `fresh` in the place of `old`, or offers to; tells whether it did.
 * @param {Element} old
 * @param {Element} fresh
 */
function put(old, fresh) {
  if (inUse(old)) {
    if (old.getAttribute("data-held") !== "pen") offer(old, fresh); // whoever types in it sees every change already
    return false;
  }
  replace(old, document.adoptNode(fresh));
  return true;
}

/**
 * @param {Element} old
 * @param {Element} fresh
 */
function replace(old, fresh) {
  const active = /** @type {HTMLElement | null} */ (document.activeElement);
  const focused = active && old.contains(active) ? counterpart(active, old, fresh) : null;
  for (const own of /** @type {NodeListOf<HTMLDetailsElement>} */ (old.querySelectorAll("details[id]"))) {
    fresh.querySelector(`details#${CSS.escape(own.id)}`)?.toggleAttribute("open", own.open);
  }
  if (old.classList.contains("focus")) fresh.classList.add("focus");
  measure(/** @type {HTMLElement} */ (fresh));
  old.replaceWith(fresh);
  if (focused) focusOn(focused);
  fresh.classList.add("changed");
  setTimeout(() => fresh.classList.remove("changed"), SHOWN_MS);
  fresh.dispatchEvent(new CustomEvent("swapped", { bubbles: true }));
}

/**
 * Has a fragment laid out at its true size at once, also out of view: a size guessed now and mended when it comes near
 * would move the line that is read.
 * @param {HTMLElement} fresh
 */
function measure(fresh) {
  fresh.style.contentVisibility = "visible";
  requestAnimationFrame(() => requestAnimationFrame(() => (fresh.style.contentVisibility = "")));
}

/**
 * Finds in the fresh fragment what has the focus in the old one: by its id, by its place among what its form or its
 * details hold, by where it leads.
 * @param {HTMLElement} active
 * @param {Element} old
 * @param {Element} fresh
 * @returns {HTMLElement | null}
 */
function counterpart(active, old, fresh) {
  if (active.id) return fresh.querySelector(`#${CSS.escape(active.id)}`);
  const details = active.closest("details[id]");
  if (details && active.matches("summary")) return fresh.querySelector(`#${CSS.escape(details.id)} > summary`);
  const form = active.closest("form[action]");
  if (form) return inForm(active, form, old, fresh);
  for (const name of ["href", "name", "value"]) {
    const value = active.getAttribute(name);
    if (value) return fresh.querySelector(`${active.localName}[${name}="${CSS.escape(value)}"]`);
  }
  return null;
}

/**
 * @param {HTMLElement} active
 * @param {Element} form
 * @param {Element} old
 * @param {Element} fresh
 * @returns {HTMLElement | null}
 */
function inForm(active, form, old, fresh) {
  const alike = `form[action="${CSS.escape(form.getAttribute("action") ?? "")}"]`;
  const again = fresh.querySelectorAll(alike)[[...old.querySelectorAll(alike)].indexOf(form)];
  const fields = /** @type {HTMLElement[]} */ ([...(again?.querySelectorAll(active.localName) ?? [])]);
  const said = active.textContent?.trim();
  return fields.find((field) => field.textContent?.trim() === said) ?? fields[0] ?? null;
}

/** Gives the focus to an element or, where that is folded away, to what unfolds it. @param {HTMLElement} element */
function focusOn(element) {
  const folded = element.checkVisibility() ? null : element.closest("details:not([open])")?.querySelector("summary");
  (folded ?? element).focus({ preventScroll: true });
}

/**
 * Tells whether the reader types or selects in a fragment.
 * @param {Element} fragment
 */
export function inUse(fragment) {
  if (fragment.matches("[data-held]") || fragment.querySelector("[data-held]")) return true;
  const active = document.activeElement;
  if (active && fragment.contains(active) && active.matches("input:not([type=hidden]), textarea, select, [contenteditable=true]"))
    return true;
  const selection = getSelection();
  return Boolean(selection && !selection.isCollapsed && selection.containsNode(fragment, true));
}

/**
 * @param {Element} old
 * @param {Element} fresh
 */
function offer(old, fresh) {
  old.querySelector(":scope > .held-change")?.remove();
  const line = document.createElement("p");
  line.className = "held-change";
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = document.body.dataset.show ?? "Show";
  button.addEventListener("click", () => hold(() => replace(old, document.adoptNode(fresh))));
  const by = authors.get(old.getAttribute("data-fragment") ?? "");
  line.append(`${document.body.dataset.changed ?? "Changed meanwhile"}${by ? ` by ${by}` : ""} · `, button);
  hold(() => old.append(line));
}

/**
 * Puts in the fragments of `page` that are not on ours, after the one they follow there.
 * @param {Document} page
 */
function addMissing(page) {
  let added = 0;
  /** @type {Element | null} */ let before = null;
  for (const fresh of page.querySelectorAll("[data-fragment]")) {
    const own = find(document, fresh.getAttribute("data-fragment") ?? "");
    if (own) {
      before = own;
      continue;
    }
    const sibling = fresh.previousElementSibling?.getAttribute("data-fragment");
    if (before && sibling && before.getAttribute("data-fragment") === sibling) {
      const copy = document.importNode(fresh, true);
      before.after(copy);
      before = copy;
      added += 1;
    }
  }
  return added;
}
