/* One provision has the focus: by key, click, tap or address; never by scrolling. The panel tells about it. */
import { countMarks, refresh } from "../live/fragments.js";
import { listen } from "./keys.js";

const column = document.querySelector("#sheet");
const panel = /** @type {HTMLElement | null} */ (document.querySelector("#panel"));
/** @type {HTMLElement | null} */ let focused = null;
/** @type {HTMLElement | null} */ let bracket = null;
let asked = "";

/** Makes provisions and brackets reachable by key, click and address. */
export function watchFocus() {
  if (!column) return;
  listen({
    j: () => stepProvision(1),
    k: () => stepProvision(-1),
    "]": () => stepBracket(1),
    "[": () => stepBracket(-1),
    "}": () => stepBracket(1, isMine),
    "{": () => stepBracket(-1, isMine),
    c: () => stepChange(),
    e: () => follow("propose/"),
    t: () => follow("record/"),
    Escape: () => leave(),
  });
  column.addEventListener("click", (event) => onClick(/** @type {MouseEvent} */ (event)));
  column.addEventListener("swapped", (event) => onSwapped(event.target));
  panel?.addEventListener("swapped", () => showBracket());
  addEventListener("hashchange", () => focusAddress());
  focusAddress() || focusPanelled();
}

/** @returns {HTMLElement[]} */
function provisions() {
  const all = /** @type {HTMLElement[]} */ ([...(column?.querySelectorAll(".pv") ?? [])]);
  return all.filter((element) => element.checkVisibility());
}

/** The provision an address names, `#9.2`, or the one in which its bracket stands, `#9-b7`. */
function focusAddress() {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id ? document.getElementById(id) : null;
  const provision = /** @type {HTMLElement | null} */ (target?.closest(".pv") ?? null);
  if (!provision) return false;
  focus(provision);
  const isBracket = target?.matches(".bk");
  if (isBracket) select(/** @type {HTMLElement} */ (target));
  settle(isBracket ? /** @type {HTMLElement} */ (target) : provision);
  return true;
}

/**
 * Brings what an address names into view and keeps it there while the page takes shape: what stands above it is drawn
 * when it comes near, and only then has its true height. Whoever scrolls meanwhile is left alone.
 * @param {HTMLElement} target
 */
function settle(target) {
  let frames = 20;
  const place = () => target.getBoundingClientRect().top + scrollY; // in the page, whatever is in view of it
  let stood = NaN;
  let left = NaN;
  const look = () => {
    const hasMoved = !(Math.abs(place() - stood) < 1);
    if (frames <= 0 || (!hasMoved && scrollY !== left)) return;
    frames -= 1;
    if (hasMoved && !isInView(target)) target.scrollIntoView({ block: "start" });
    stood = place();
    left = scrollY;
    requestAnimationFrame(look);
  };
  look();
}

/** @param {HTMLElement} target */
function isInView(target) {
  const { top, bottom } = target.getBoundingClientRect();
  const hidden = parseFloat(getComputedStyle(document.documentElement).scrollPaddingBlockStart) || 0;
  return top >= hidden - 1 && (bottom <= innerHeight || top < innerHeight / 2);
}

function focusPanelled() {
  const id = panel?.querySelector("[data-panel]")?.getAttribute("data-panel");
  const provision = id ? column?.querySelector(`.pv[data-p="${id}"]`) : null;
  if (provision) focus(/** @type {HTMLElement} */ (provision), { scrolls: false, fetches: false });
}

/**
 * @param {HTMLElement} provision
 * @param {{scrolls?: boolean, fetches?: boolean, raises?: boolean}} [how]
 */
function focus(provision, { scrolls = false, fetches = true, raises = false } = {}) {
  if (focused !== provision) {
    focused?.classList.remove("focus");
    deselect();
    focused = provision;
    provision.classList.add("focus");
    mark(provision);
    if (fetches) show(provision);
  }
  if (raises) panel?.classList.add("up");
  if (scrolls) provision.scrollIntoView({ block: "nearest" });
}

/**
 * Goes to the next or the previous provision.
 * @param {number} by
 */
export function stepProvision(by) {
  const all = provisions();
  const at = focused ? all.indexOf(focused) : -1;
  const next = all[at < 0 ? nearestTop(all) : at + by];
  if (!next) return;
  focus(next, { scrolls: true });
  next.focus({ preventScroll: true });
  history.replaceState(null, "", `#${next.id}`);
}

/** @param {HTMLElement[]} all */
function nearestTop(all) {
  return Math.max(0, all.findIndex((element) => element.getBoundingClientRect().bottom > 120));
}

/**
 * @param {number} by
 * @param {(element: HTMLElement) => boolean} [wanted]
 */
function stepBracket(by, wanted = () => true) {
  const all = /** @type {HTMLElement[]} */ ([...(column?.querySelectorAll(".bk[id]:not(.note)") ?? [])]).filter(wanted);
  if (!all.length) return;
  const here = bracket ?? focused;
  const after = here
    ? all.findIndex((element) => here.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)
    : 0;
  const at = bracket ? all.indexOf(bracket) + by : by > 0 ? after : after - 1;
  const next = all[at];
  if (!next) return;
  const provision = /** @type {HTMLElement | null} */ (next.closest(".pv"));
  if (provision) focus(provision);
  select(next);
  next.scrollIntoView({ block: "nearest" });
}

/** @param {HTMLElement} element */
function isMine(element) {
  const own = document.querySelector(".pins .chip.mine")?.textContent?.trim();
  return Boolean(own && element.dataset.h?.split(" ").includes(own));
}

function stepChange() {
  const all = provisions().filter((element) => element.matches(".changed, .news"));
  const next = all[(focused ? all.indexOf(focused) : -1) + 1] ?? all[0];
  if (next) focus(next, { scrolls: true });
}

/** @param {string} page */
function follow(page) {
  const door = panel?.querySelector(`a[href$="/${page}"]`);
  if (!(door instanceof HTMLAnchorElement)) return false;
  location.assign(door.href);
}

/** Lets the panel go down again where it comes up over the text: somebody types there. */
export function lowerPanel() {
  panel?.classList.remove("up");
}

function leave() {
  if (panel?.classList.contains("up")) panel.classList.remove("up");
  else if (bracket) deselect();
  else return false;
}

/** @param {MouseEvent} event */
function onClick(event) {
  if (!(event.target instanceof Element) || event.target.closest("a, button, summary, .typing, .pen-strip")) return;
  if (!getSelection()?.isCollapsed) return;
  const provision = /** @type {HTMLElement | null} */ (event.target.closest(".pv"));
  if (!provision) return;
  focus(provision, { raises: true });
  const clicked = /** @type {HTMLElement | null} */ (event.target.closest(".bk:not(.note)"));
  if (clicked) select(clicked);
}

/** @param {HTMLElement} element */
function select(element) {
  deselect();
  bracket = element;
  for (const piece of pieces(element)) piece.classList.add("selected");
  showBracket();
}

function deselect() {
  if (!bracket) return;
  for (const piece of pieces(bracket)) piece.classList.remove("selected");
  bracket = null;
  panel?.querySelector(".bracket-card.selected")?.classList.remove("selected");
}

/** @param {HTMLElement} element */
function pieces(element) {
  return column?.querySelectorAll(`.bk[data-b="${element.dataset.b}"]`) ?? [];
}

function showBracket() {
  const card = bracket && document.getElementById(`bracket-${bracket.dataset.b}`);
  if (!card || !panel) return;
  panel.querySelector(".bracket-card.selected")?.classList.remove("selected");
  card.classList.add("selected");
  card.setAttribute("open", "");
  if (getComputedStyle(panel).overflowY === "auto") panel.scrollTo({ top: card.offsetTop - 60 });
}

/** @param {HTMLElement} provision */
async function show(provision) {
  const base = panel?.dataset.panelUrl;
  if (!panel || !base) return;
  asked = provision.dataset.p ?? "";
  const wanted = asked;
  if (panel.querySelector("[data-panel]")?.getAttribute("data-panel") === wanted) {
    panel.removeAttribute("aria-busy");
    return showBracket();
  }
  panel.setAttribute("aria-busy", "true"); // what it shows is of another provision: nothing in it may be pressed
  const url = new URL(base.replace(/0\/$/, `${wanted}/`), location.href);
  url.search = location.search;
  const before = countMarks();
  const told = await read(url);
  if (asked !== wanted) return; // the focus went on meanwhile
  panel.innerHTML = told;
  if (countMarks() !== before) refresh(panel.querySelectorAll("[data-fragment]")); // it may be older than what came
  panel.removeAttribute("aria-busy");
  panel.scrollTop = 0;
  showBracket();
}

/** @param {URL} url */
async function read(url) {
  const answer = await fetch(url, { credentials: "same-origin" }).catch(() => null);
  return answer?.ok ? answer.text().catch(() => "") : "";
}

/** A fragment was swapped under us. @param {EventTarget | null} target */
function onSwapped(target) {
  if (!(target instanceof HTMLElement) || !target.matches(".pv")) return;
  if (focused && !focused.isConnected && target.dataset.p === focused.dataset.p) {
    focused = target;
    target.classList.add("focus");
  }
  if (bracket && !bracket.isConnected) {
    const again = /** @type {HTMLElement | null} */ (target.querySelector(`.bk[data-b="${bracket.dataset.b}"]`));
    bracket = null;
    if (again) select(again);
  }
}

/** Says in the outline where we are. @param {HTMLElement} provision */
function mark(provision) {
  const rows = [...document.querySelectorAll(".outline a.row")];
  if (!rows.length) return;
  const current = rows.findLast((row) => {
    const id = decodeURIComponent(row.getAttribute("href")?.slice(1) ?? "");
    const start = document.getElementById(id);
    return start && (start === provision || start.compareDocumentPosition(provision) & Node.DOCUMENT_POSITION_FOLLOWING);
  });
  for (const row of rows) row.removeAttribute("aria-current");
  current?.setAttribute("aria-current", "location");
  if (current) reveal(current);
}

/** Draws a row into what is seen of the outline; `scrollIntoView` would have the next Tab begin there. @param {Element} row */
function reveal(row) {
  const outline = row.closest(".outline");
  if (!outline) return;
  const [seen, here] = [outline.getBoundingClientRect(), row.getBoundingClientRect()];
  outline.scrollTop += Math.max(0, here.bottom - seen.bottom) + Math.min(0, here.top - seen.top);
}
