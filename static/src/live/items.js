/* What an item of a tick is about, as selectors of the page. */

/** @typedef {{seq?: number, kind?: string, [name: string]: any}} Item */

const OBJECTS = [
  "provision", "bracket", "group", "amendment", "version", "draft", "decision", "agreement", "revision",
  "consolidation", "hunk", "pen",
]; // prettier-ignore

/** Short forms used inside the words, where every character is sent a thousand times. */
const SHORT = /** @type {Record<string, string>} */ ({ provision: "data-p", bracket: "data-b" });

/**
 * Returns the names of all that an item is about: `provision:12`, `kind:decided`, `any`.
 * @param {Item} item
 * @returns {string[]}
 */
export function names(item) {
  const found = ["any", `kind:${item.kind}`];
  for (const object of OBJECTS) {
    const ids = item[object];
    for (const id of Array.isArray(ids) ? ids : ids == null ? [] : [ids]) found.push(`${object}:${id}`);
  }
  return found;
}

/**
 * Returns the selector of everything on the page that shows something named so.
 * @param {string} name
 */
export function selector(name) {
  const [object, id] = name.split(/:(.*)/s);
  const long = `[data-about~="${CSS.escape(name)}"]`;
  return id && SHORT[object] ? `${long}, [${SHORT[object]}="${CSS.escape(id)}"]` : long;
}
