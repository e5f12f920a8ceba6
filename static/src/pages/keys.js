/* Single-letter keys: one listener, many small maps. They rest while somebody types and can be switched off. */

/** @typedef {Record<string, (event: KeyboardEvent) => boolean | void>} Keys */

/** @type {Keys[]} */
const maps = [];

/**
 * Adds keys; a later map wins. A key whose act returns false was not meant for it, and goes on to the browser.
 * @param {Keys} keys
 */
export function listen(keys) {
  if (!maps.length) document.addEventListener("keydown", press);
  maps.unshift(keys);
}

/** @param {KeyboardEvent} event */
function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (isTyping(event.target) || (isLetter(event.key) && document.documentElement.dataset.keys === "off")) return;
  for (const keys of maps) {
    const act = keys[event.key] ?? keys[event.key.toLowerCase()];
    if (act && act(event) !== false) {
      event.preventDefault();
      return;
    }
  }
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["radio", "checkbox", "button", "submit"].includes(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** @param {string} key */
function isLetter(key) {
  return key.length === 1;
}
