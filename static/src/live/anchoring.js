/* The first visible line stays where it is while the page changes above or around it. */

/** Where reading begins: below the bar, if it stays in view. */
function readingTop() {
  const bar = document.querySelector("body > header, .bar");
  const fixed = bar && /^(sticky|fixed)$/.test(getComputedStyle(bar).position);
  return fixed ? Math.max(0, bar.getBoundingClientRect().bottom) : 0;
}

/** @typedef {{fragment: Element, name: string, before: string, after: string, top: number}} Mark */

/** The part of a pixel by which the page stands off, since it scrolls by whole ones; it must not add up. */
let owed = 0;
let left = -1; // where the page stood when it was left so

/**
 * Does `change` and scrolls so that the line at the top of the view has not moved by a pixel.
 * @param {() => void} change
 */
export function hold(change) {
  const root = document.documentElement;
  const mark = findMark();
  root.style.overflowAnchor = "none"; // the browser's own anchoring would move the page a second time
  change();
  if (mark) {
    settle(mark);
  }
  requestAnimationFrame(() => requestAnimationFrame(() => (root.style.overflowAnchor = "")));
}

/** @param {Mark} mark */
function settle(mark) {
  const now = findTop(mark);
  if (now === null) return;
  const wanted = mark.top - (scrollY === left ? owed : 0);
  if (now !== wanted) scrollBy({ top: now - wanted, behavior: "instant" });
  owed = (findTop(mark) ?? wanted) - wanted;
  left = scrollY;
}

/** @returns {Mark | null} */
function findMark() {
  if (scrollY === 0) return null;
  const top = readingTop();
  for (const fragment of document.querySelectorAll("[data-fragment]")) {
    const box = fragment.getBoundingClientRect();
    if (box.height === 0 || box.bottom <= top + 1 || fragment.querySelector("[data-fragment]")) continue;
    if (!movesWithPage(fragment)) continue;
    const line = firstLine(fragment, top);
    const name = fragment.getAttribute("data-fragment") ?? "";
    const text = fragment.textContent ?? "";
    const at = line?.offset ?? 0;
    return { fragment, name, before: text.slice(0, at), after: text.slice(at), top: line?.top ?? box.top };
  }
  return null;
}

/**
 * Tells whether an element goes along when the page is scrolled: an outline or a panel beside the text stays where it is.
 * @param {Element} element
 */
function movesWithPage(element) {
  for (let each = /** @type {Element | null} */ (element); each && each !== document.body; each = each.parentElement) {
    const { position, overflowY } = getComputedStyle(each);
    if (/^(sticky|fixed)$/.test(position) || /^(auto|scroll)$/.test(overflowY)) return false;
  }
  return true;
}

/**
 * Returns the character of the fragment with which its first visible line begins.
 * @param {Element} fragment
 * @param {number} top
 */
function firstLine(fragment, top) {
  const walker = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let offset = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.nodeValue?.length ?? 0;
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.height > 0 && box.bottom > top) {
      const within = firstVisible(node, length, top);
      range.setStart(node, within);
      range.setEnd(node, Math.min(length, within + 1));
      return { offset: offset + within, top: range.getBoundingClientRect().top };
    }
    offset += length;
  }
  return null;
}

/**
 * @param {Node} node
 * @param {number} length
 * @param {number} top
 */
function firstVisible(node, length, top) {
  const range = document.createRange();
  let low = 0;
  let high = Math.max(0, length - 1);
  while (low < high) {
    const middle = (low + high) >> 1;
    range.setStart(node, middle);
    range.setEnd(node, middle + 1);
    if (range.getBoundingClientRect().bottom > top) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Returns where the marked line stands now; in a changed fragment it is found by the words before or after it.
 * @param {Mark} mark
 * @returns {number | null}
 */
function findTop(mark) {
  const fragment = mark.fragment.isConnected
    ? mark.fragment
    : document.querySelector(`[data-fragment="${CSS.escape(mark.name)}"]`);
  if (!fragment) return null;
  const text = fragment.textContent ?? "";
  const at = text.endsWith(mark.after) ? text.length - mark.after.length : Math.min(mark.before.length, text.length);
  const walker = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
  let offset = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.nodeValue?.length ?? 0;
    if (at < offset + length) {
      const range = document.createRange();
      range.setStart(node, at - offset);
      range.setEnd(node, at - offset + 1);
      const box = range.getBoundingClientRect();
      return box.height ? box.top : fragment.getBoundingClientRect().top;
    }
    offset += length;
  }
  return fragment.getBoundingClientRect().top;
}
