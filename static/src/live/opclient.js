/* What this browser typed and the server has not confirmed: one op under way, one buffer behind it, for each text.

   Rows of the server are mapped one by one through both, never composed: `x.map(a).map(b)` differs from
   `x.map(a.compose(b))`. The stock collab module knows no refusal and trusts positions in a list; here a refusal takes
   the text back to the server's and hands the words to whoever asked. Nothing here knows of sockets or editors. */
import { ChangeSet, Text } from "@codemirror/state";

/** @typedef {{text: string, base_rev: number, changes: any}} Part */
/** @typedef {{t: "op", client: string, epoch: number, n: number, parts: Part[]}} Op */
/** @typedef {{seq: number, text: string, rev: number, changes: any}} Row */
/** @typedef {{n: number, revs: Record<string, number>}} Ack */
/** @typedef {{n: number, epoch: number, code: string, message: string, place?: {text: string, offset: number} | null}} Nack */
/** @typedef {{text: string, words: string[], changes: any, on: string, code: string, message: string}} Refused */
/** @typedef {{rev: number, doc: string, sent: any, rest: any, ties: string[]}} KeptSheet */
/** @typedef {{client: string, n: number, epoch: number, under: Op | null, sheets: Record<string, KeptSheet>}} Kept */

/**
 * @typedef {object} Hands what an owner does for the client
 * @property {(op: Op) => void} send
 * @property {(text: string, changes: ChangeSet) => void} show a change of the displayed text that the user did not type
 * @property {(refused: Refused[]) => void} refuse words that came back
 * @property {(text: string, rev: number) => void} ask for the rows after a revision
 */

class Sheet {
  /** @type {ChangeSet | null} */ sent = null;
  /** @type {ChangeSet | null} */ rest = null;
  /** @type {Row[]} */ waiting = [];
  /** @type {Set<string>} texts whose unsent changes go with this one's or not at all */ ties = new Set();

  /**
   * @param {Text} doc the server's words at `rev`
   * @param {number} rev
   */
  constructor(doc, rev) {
    this.doc = doc;
    this.rev = rev;
  }

  get pending() {
    return this.sent && this.rest ? this.sent.compose(this.rest) : (this.sent ?? this.rest);
  }

  /** The words as they are displayed. */
  get shown() {
    return this.pending?.apply(this.doc) ?? this.doc;
  }
}

export class OpClient {
  /** @type {Map<string, Sheet>} */ sheets = new Map();
  /** @type {Op | null} */ under = null;
  n = 0;
  epoch = 0;

  /**
   * @param {string} client a random name
   * @param {Hands} hands
   */
  constructor(client, hands) {
    this.client = client;
    this.hands = hands;
  }

  /** How many texts hold changes the server has not confirmed. */
  get unsent() {
    return [...this.sheets.values()].filter((sheet) => sheet.sent || sheet.rest).length;
  }

  /**
   * Takes a text as the server says it stands. Words typed on another version of it are handed back.
   * @param {string} text
   * @param {string} content
   * @param {number} rev
   */
  open(text, content, rev) {
    const old = this.sheets.get(text);
    if (old && old.rev === rev) return;
    if (old?.pending) this.#takeBack([text], "stale", "The text has moved too far; your words are kept beside it.");
    const doc = Text.of(content.split("\n"));
    const before = this.sheets.get(text)?.doc;
    this.sheets.set(text, new Sheet(doc, rev));
    if (before) this.hands.show(text, ChangeSet.of({ from: 0, to: before.length, insert: doc }, before.length));
  }

  /**
   * Takes what the user typed: changes of texts as they are displayed, all or none of which may be stored.
   * @param {Record<string, ChangeSet>} changes
   */
  type(changes) {
    const texts = Object.keys(changes);
    for (const text of texts) {
      const sheet = this.#sheet(text);
      const rest = sheet.rest ? sheet.rest.compose(changes[text]) : changes[text];
      sheet.rest = rest.empty ? null : rest;
      for (const other of texts) if (other !== text) sheet.ties.add(other);
    }
  }

  /**
   * Sends what was typed, if nothing is under way; `held` names texts that are not to be sent yet.
   * @param {(text: string) => boolean} held
   */
  flush(held = () => false) {
    if (this.under) return;
    for (const [text, sheet] of this.sheets) {
      if (!sheet.rest) continue;
      const texts = this.#tied(text);
      if (texts.some(held)) continue;
      const parts = texts.flatMap((each) => this.#part(each));
      this.under = { t: "op", client: this.client, epoch: this.epoch, n: ++this.n, parts };
      this.hands.send(this.under);
      return;
    }
  }

  /** Sends again what is under way, after the line was lost. */
  resend() {
    if (this.under) this.hands.send(this.under);
  }

  /**
   * Takes a row of a watched text. While an op on the text is under way rows wait for its answer: it alone tells which
   * row is our own.
   * @param {Row} row
   */
  receive(row) {
    const sheet = this.sheets.get(row.text);
    if (!sheet || row.rev <= sheet.rev || sheet.waiting.some((other) => other.rev === row.rev)) return;
    sheet.waiting.push(row);
    sheet.waiting.sort((one, other) => one.rev - other.rev);
    if (!sheet.sent) this.#advance(row.text, null);
    else if (row.text in this.#own) this.#advance(row.text, this.#own[row.text]);
  }

  /** @param {Ack} ack */
  acknowledge(ack) {
    if (ack.n !== this.under?.n) return;
    this.#own = ack.revs;
    this.#settle();
  }

  /**
   * Returns the words of the refused op and of all typed since on its texts.
   * @param {Nack} nack
   */
  refuse(nack) {
    if (nack.n !== this.under?.n) return;
    this.epoch = nack.epoch;
    const texts = this.under.parts.map((part) => part.text);
    this.under = null;
    this.#takeBack(texts, nack.code, nack.message);
    for (const text of texts) this.#advance(text, null);
  }

  /** @returns {Kept} what must outlive the page */
  keep() {
    /** @type {Record<string, KeptSheet>} */ const sheets = {};
    for (const [text, { rev, doc, sent, rest, ties }] of this.sheets) {
      if (!sent && !rest) continue;
      sheets[text] = { rev, doc: doc.toString(), sent: sent?.toJSON(), rest: rest?.toJSON(), ties: [...ties] };
    }
    return { client: this.client, n: this.n, epoch: this.epoch, under: this.under, sheets };
  }

  /**
   * @param {Kept} kept
   * @param {Hands} hands
   */
  static adopt(kept, hands) {
    const self = new OpClient(kept.client, hands);
    Object.assign(self, { n: kept.n, epoch: kept.epoch, under: kept.under });
    for (const [text, { rev, doc, sent, rest, ties }] of Object.entries(kept.sheets)) {
      const sheet = new Sheet(Text.of(doc.split("\n")), rev);
      sheet.sent = sent ? ChangeSet.fromJSON(sent) : null;
      sheet.rest = rest ? ChangeSet.fromJSON(rest) : null;
      sheet.ties = new Set(ties);
      self.sheets.set(text, sheet);
    }
    return self;
  }

  /** @type {Record<string, number>} the revisions our op made, once we know them */ #own = {};

  /** @param {string} text */
  #sheet(text) {
    const sheet = this.sheets.get(text);
    if (!sheet) throw new RangeError(`text ${text} is not open`);
    return sheet;
  }

  /**
   * Returns the texts whose changes go together with those of `text`.
   * @param {string} text
   */
  #tied(text) {
    const found = new Set([text]);
    for (const each of found) for (const other of this.sheets.get(each)?.ties ?? []) found.add(other);
    return [...found];
  }

  /**
   * @param {string} text
   * @returns {Part[]}
   */
  #part(text) {
    const sheet = this.#sheet(text);
    sheet.ties.clear();
    if (!sheet.rest) return [];
    sheet.sent = sheet.rest;
    sheet.rest = null;
    return [{ text, base_rev: sheet.rev, changes: sheet.sent.toJSON() }];
  }

  /** Confirms our rows as they arrive; the op is done when all its texts have theirs. */
  #settle() {
    for (const text of Object.keys(this.#own)) {
      const sheet = this.sheets.get(text);
      if (!sheet?.sent || sheet.rev >= this.#own[text]) delete this.#own[text];
      else this.#advance(text, this.#own[text]);
    }
  }

  /**
   * Takes the waiting rows that are next; `own` is the revision our op made.
   * @param {string} text
   * @param {number | null} own
   */
  #advance(text, own) {
    const sheet = this.#sheet(text);
    while (sheet.waiting.length && sheet.waiting[0].rev === sheet.rev + 1) {
      const row = /** @type {Row} */ (sheet.waiting.shift());
      const change = ChangeSet.fromJSON(row.changes);
      if (row.rev === own) this.#confirm(text, sheet, change);
      else this.#pass(text, sheet, change);
      sheet.doc = change.apply(sheet.doc);
      sheet.rev = row.rev;
    }
    if (sheet.waiting.length && sheet.waiting[0].rev > sheet.rev + 1) this.hands.ask(text, sheet.rev);
    if (own !== null && sheet.rev >= own) {
      delete this.#own[text];
      if (this.under && !this.under.parts.some((part) => this.sheets.get(part.text)?.sent)) this.under = null;
    }
  }

  /**
   * Maps a foreign row through what is pending, and shows it.
   * @param {string} text
   * @param {Sheet} sheet
   * @param {ChangeSet} row
   */
  #pass(text, sheet, row) {
    for (const part of /** @type {const} */ (["sent", "rest"])) {
      const own = sheet[part];
      if (!own) continue;
      sheet[part] = own.map(row);
      row = row.map(own, true);
    }
    this.hands.show(text, row);
  }

  /**
   * Takes our own row. Where the server stored it otherwise than we sent it, as it does for who speaks through the pen,
   * what is displayed follows, and what was typed since is carried over.
   * @param {string} text
   * @param {Sheet} sheet
   * @param {ChangeSet} row
   */
  #confirm(text, sheet, row) {
    const sent = /** @type {ChangeSet} */ (sheet.sent);
    sheet.sent = null;
    if (JSON.stringify(sent.toJSON()) === JSON.stringify(row.toJSON())) return;
    const wrapped = wrap(sheet.doc, sent, row);
    if (wrapped) {
      for (const [change, first] of /** @type {[ChangeSet, boolean][]} */ ([[wrapped.before, false], [wrapped.behind, true]])) {
        this.hands.show(text, sheet.rest ? change.map(sheet.rest, !first) : change);
        sheet.rest = sheet.rest && sheet.rest.map(change, first);
      }
      return;
    }
    const back = sent.invert(sheet.doc);
    const rest = sheet.rest;
    const written = sent.apply(sheet.doc);
    const undo = rest ? rest.invert(written).compose(back) : back;
    sheet.rest = rest ? rest.map(back).map(row) : null;
    const redo = sheet.rest ? row.compose(sheet.rest) : row;
    this.hands.show(text, undo.compose(redo));
  }

  /**
   * Takes the displayed words back to the server's and hands over what was typed.
   * @param {string[]} texts
   * @param {string} code
   * @param {string} message
   */
  #takeBack(texts, code, message) {
    /** @type {Refused[]} */ const refused = [];
    for (const text of texts) {
      const sheet = this.sheets.get(text);
      const pending = sheet?.pending;
      if (!sheet || !pending) continue;
      sheet.sent = sheet.rest = null;
      sheet.ties.clear();
      this.hands.show(text, pending.invert(sheet.doc));
      refused.push({ text, words: inserted(pending), changes: pending.toJSON(), on: sheet.doc.toString(), code, message });
    }
    if (refused.length) this.hands.refuse(refused);
  }
}

/**
 * Returns how a row differs from what we sent, where all it did is to put words before and a "]" behind what we put in:
 * what is typed meanwhile then stays inside. Null where it did something else.
 * @param {Text} doc
 * @param {ChangeSet} sent
 * @param {ChangeSet} row
 * @returns {{before: ChangeSet, behind: ChangeSet} | null}
 */
function wrap(doc, sent, row) {
  const stored = row.apply(doc);
  /** @type {{from: number, insert: string}[]} */ const before = [];
  /** @type {{from: number, insert: string}[]} */ const behind = [];
  let fits = true;
  let grown = 0;
  sent.iterChanges((from, to, start, end, words) => {
    const put = stored.sliceString(row.mapPos(from, -1), row.mapPos(to, 1));
    const own = words.toString();
    const close = own && put.endsWith(`${own}]`) ? 1 : 0;
    if (!put.endsWith(own) && !close) fits = false;
    const head = put.slice(0, put.length - own.length - close);
    before.push({ from: start, insert: head });
    grown += head.length;
    if (close) behind.push({ from: end + grown, insert: "]" });
  }, true);
  if (!fits) return null;
  const first = ChangeSet.of(before, sent.newLength);
  const second = ChangeSet.of(behind, first.newLength);
  return sent.compose(first).compose(second).apply(doc).eq(stored) ? { before: first, behind: second } : null;
}

/**
 * Returns the words a change puts in, run by run.
 * @param {ChangeSet} change
 */
function inserted(change) {
  /** @type {string[]} */ const words = [];
  change.iterChanges((_from, _to, _start, _end, text) => text.length && words.push(text.toString()));
  return words;
}
