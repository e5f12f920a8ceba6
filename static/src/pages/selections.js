/* Selected words of a provision become the words to bracket (B) or to agree on (Y). */
import { listen } from "./keys.js";

/** Leads to the page that brackets or gavels the selected words, where the reader's seat may. */
export function watchSelections() {
  if (!document.querySelector("#sheet")) return;
  listen({ b: () => take("bracket"), y: () => take("agreement") });
}

/** @param {"bracket" | "agreement"} page */
function take(page) {
  const selection = getSelection();
  if (!selection || selection.isCollapsed) return false;
  const range = selection.getRangeAt(0);
  const words = closest(range.startContainer);
  const door = document.querySelector(`#panel a[href$="/${page}/"]`);
  if (!words || words !== closest(range.endContainer) || !(door instanceof HTMLAnchorElement)) return false;
  const provision = /** @type {HTMLElement} */ (words.closest(".pv"));
  const url = new URL(door.href.replace(/[^/]+\/[^/]+\/$/, `${encodeURIComponent(provision.id)}/${page}/`));
  const start = offset(words, range.startContainer, range.startOffset);
  const end = offset(words, range.endContainer, range.endOffset);
  url.search = new URLSearchParams({ start: `${start}`, end: `${end}`, rev: provision.dataset.rev ?? "" }).toString();
  location.assign(url);
}

/** @param {Node} node */
function closest(node) {
  const element = node instanceof Element ? node : node.parentElement;
  return element?.closest(".tx") ?? null;
}

/**
 * Returns a place as the server counts it: code points from the start of the provision's words.
 * @param {Element} words
 * @param {Node} node
 * @param {number} at
 */
function offset(words, node, at) {
  const range = document.createRange();
  range.selectNodeContents(words);
  range.setEnd(node, at);
  return [...range.toString()].length;
}
