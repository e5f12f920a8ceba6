/* Who is behind an item, as far as this page has heard: whoever the pen was opened for, else the chair. */

/** @typedef {import("./items.js").Item} Item */

const OFFICES = /** @type {Record<string, string>} */ ({ chair: "the chair", room: "the room", editorial: "an editor" });

/** Acts by which words change with no pen. */
const CHAIRS = new Set(["decided", "decision-undone", "agreed", "parked", "parking-lifted"]);

/** @type {Map<string, string>} */
const pens = new Map();
/** @type {Map<string, string>} by provision, who changed it last */
const last = new Map();

/**
 * Takes note of an item, and returns who changed what it is about, or "" where that is not known.
 * @param {Item} item
 */
export function author(item) {
  const pen = item.pen?.[0];
  if (item.kind === "pen-opened" && pen) pens.set(pen, item.speakers?.length ? item.speakers.join(", ") : (OFFICES[item.authority] ?? ""));
  const named = (pen && pens.get(pen)) || item.delegation || (CHAIRS.has(item.kind ?? "") ? "the chair" : "");
  if (item.kind === "reopened") return item.delegation ?? ""; // a delegation may have asked for it that is not named
  for (const provision of item.provision ?? []) if (named) last.set(String(provision), named);
  return named || last.get(String(item.provision?.[0])) || "";
}
