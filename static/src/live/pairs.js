/* Brackets live and die together: what a keystroke becomes so that no bracket loses its partner.

   Pure: texts and changes in, changes out. `before` and `after` are the words of the other provisions round a text, so
   far as they are known; a partner may stand there. */
import { ChangeSet, MapMode } from "@codemirror/state";

/** @typedef {{from: number, to: number, insert: string}} Edit */
/** @typedef {{partners: Map<number, number>, alone: number[]}} Pairing */
/** @typedef {{edits: Edit[], caret: number | null, lost: string}} Mended */

/**
 * Pairs each "]" with the nearest open "["; `alone` are those without a partner in this text.
 * @param {string} text
 * @returns {Pairing}
 */
export function pair(text) {
  /** @type {Map<number, number>} */ const partners = new Map();
  /** @type {number[]} */ const open = [];
  /** @type {number[]} */ const stray = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "[") open.push(at);
    else if (text[at] === "]") {
      const start = open.pop();
      if (start === undefined) stray.push(at);
      else partners.set(at, start).set(start, at);
    }
  }
  return { partners, alone: [...stray, ...open].sort((one, other) => one - other) };
}

/**
 * Tells whether a change keeps the pair rule within one text: partners that both survive are partners still, none
 * survives alone, and none without a partner came to be.
 * @param {string} text
 * @param {ChangeSet} changes
 * @param {string} after
 */
export function keeps(text, changes, after) {
  const old = pair(text);
  const fresh = pair(after);
  /** @param {number} at */
  const follow = (at) => changes.mapPos(at, 1, MapMode.TrackAfter);
  for (const [at, partner] of old.partners) {
    const here = follow(at);
    if (here === null) continue;
    const there = follow(partner);
    if (there === null || fresh.partners.get(here) !== there) return false;
  }
  const survivors = new Set(old.alone.map(follow));
  return fresh.alone.every((at) => survivors.has(at));
}

/**
 * Returns what a person's edit becomes so that it keeps the pair rule, or null where no such thing can be said.
 * @param {string} text
 * @param {Edit} edit
 * @param {boolean} isPaste
 * @returns {Mended | null}
 */
export function mend(text, edit, isPaste) {
  const { from, to, insert } = edit;
  if (insert === "[" && !isPaste) return open(text, from, to);
  if (insert === "]" && from === to && text[from] === "]") return { edits: [], caret: from + 1, lost: "" };
  const words = balance(insert);
  const edits = [{ from, to, insert: words }, ...partnersOf(text, from, to)].sort((one, other) => one.from - other.from);
  if (!isKept(text, edits)) return null;
  const moved = edits.filter((other) => other.to <= from && other.from < from).length;
  return { edits, caret: from - moved + words.length, lost: words === insert ? "" : insert };
}

/**
 * A "[" becomes a pair, round the selection where that holds whole pairs.
 * @param {string} text
 * @param {number} from
 * @param {number} to
 * @returns {Mended | null}
 */
function open(text, from, to) {
  if (from === to) return { edits: [{ from, to, insert: "[]" }], caret: from + 1, lost: "" };
  const edits = [{ from, to: from, insert: "[" }, { from: to, to, insert: "]" }];
  return isKept(text, edits) ? { edits, caret: to + 2, lost: "" } : null;
}

/**
 * Returns the deletions of those brackets whose partners leave with `from` to `to`.
 * @param {string} text
 * @param {number} from
 * @param {number} to
 */
function partnersOf(text, from, to) {
  const { partners } = pair(text);
  /** @type {Edit[]} */ const found = [];
  for (let at = from; at < to; at++) {
    const partner = partners.get(at);
    if (partner !== undefined && (partner < from || partner >= to)) found.push({ from: partner, to: partner + 1, insert: "" });
  }
  return found;
}

/**
 * Returns words without the brackets that have no partner among them.
 * @param {string} words
 */
export function balance(words) {
  const alone = new Set(pair(words).alone);
  return [...Array(words.length).keys()].filter((at) => !alone.has(at)).map((at) => words[at]).join("");
}

/**
 * @param {string} text
 * @param {Edit[]} edits
 */
function isKept(text, edits) {
  const changes = ChangeSet.of(edits, text.length);
  return keeps(text, changes, apply(text, edits));
}

/**
 * @param {string} text
 * @param {Edit[]} edits in order
 */
export function apply(text, edits) {
  let at = 0;
  let out = "";
  for (const { from, to, insert } of edits) {
    out += text.slice(at, from) + insert;
    at = to;
  }
  return out + text.slice(at);
}

/**
 * Finds the partner of a bracket that has none in its own text, in the texts round it.
 * @param {{id: string, words: string}[]} texts in the order of the document
 * @param {string} id
 * @param {number} at
 * @returns {{id: string, at: number} | null}
 */
export function partnerElsewhere(texts, id, at) {
  /** @type {{id: string, at: number}[]} */ const open = [];
  for (const text of texts) {
    for (let place = 0; place < text.words.length; place++) {
      if (text.words[place] === "[") open.push({ id: text.id, at: place });
      else if (text.words[place] === "]") {
        const start = open.pop();
        if (start?.id === id && start.at === at) return { id: text.id, at: place };
        if (text.id === id && place === at) return start ?? null;
      }
    }
  }
  return null;
}
