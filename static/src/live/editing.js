/* The editor of one open provision: CodeMirror with our brackets, our undo, and other people's carets. */
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { Annotation, ChangeSet, EditorState, StateEffect, StateField, Transaction } from "@codemirror/state";
import { Decoration, EditorView, WidgetType, keymap } from "@codemirror/view";
import { keeps, mend, pair } from "./pairs.js";

/** Marks a transaction as the server's: it is shown and neither sent nor undone. */
export const remote = Annotation.define();

/** @typedef {{id: string, name: string, anchor: number, head: number}} Person */
/** @typedef {{edits: import("./pairs.js").Edit[], at: number}} Elsewhere */

/**
 * @typedef {object} Owner
 * @property {(changes: ChangeSet, partners: number[]) => void} typed partners are unpaired brackets that left with it
 * @property {() => void} leave
 * @property {(sentence: string) => void} say
 * @property {() => void} moved
 * @property {() => void} [changed] the words are others now, whoever changed them
 */

/**
 * Opens an editor in `parent` on the words of a text.
 * @param {HTMLElement} parent
 * @param {string} words
 * @param {{direction: string, label: string}} look
 * @param {Owner} owner
 */
export function openEditor(parent, words, look, owner) {
  const state = EditorState.create({
    doc: words,
    extensions: [
      EditorState.lineSeparator.of("\n"),
      EditorView.lineWrapping,
      EditorView.cspNonce.of(document.body.dataset.nonce ?? ""), // its style sheet is an inline one
      EditorView.contentAttributes.of({ "aria-label": look.label, dir: look.direction, spellcheck: "true" }),
      history(),
      keymap.of([
        { key: "Escape", run: () => (owner.leave(), true) },
        { key: "Mod-Enter", run: () => (owner.leave(), true) },
        ...historyKeymap,
        ...defaultKeymap,
      ]),
      EditorState.transactionFilter.of((transaction) => filter(transaction, owner)),
      pairMarks,
      people,
      EditorView.updateListener.of((update) => listen(update, owner)),
    ],
  });
  return new EditorView({ state, parent });
}

/**
 * Shows a change of the server's.
 * @param {EditorView} view
 * @param {ChangeSet} changes
 */
export function show(view, changes) {
  view.dispatch({ changes, annotations: [remote.of(true), Transaction.addToHistory.of(false)] });
}

/**
 * Tells whether what was typed since `words` keeps every pair, so that it may be sent.
 * @param {string} words
 * @param {ChangeSet | null} changes
 * @param {string} after
 */
export function isWhole(words, changes, after) {
  return !changes || keeps(words, changes, after);
}

/**
 * @param {Transaction} transaction
 * @param {Owner} owner
 */
function filter(transaction, owner) {
  if (!transaction.docChanged || transaction.annotation(remote)) return transaction;
  if (transaction.isUserEvent("input.type.compose") || transaction.isUserEvent("undo") || transaction.isUserEvent("redo"))
    return transaction; // an input method at work is never disturbed: what it leaves open is held back, not refused
  const text = transaction.startState.doc.toString();
  if (keeps(text, transaction.changes, transaction.newDoc.toString())) return transaction;
  /** @type {import("./pairs.js").Edit[]} */ const edits = [];
  transaction.changes.iterChanges((from, to, _start, _end, words) => edits.push({ from, to, insert: words.toString() }), true);
  const mended = edits.length === 1 ? mend(text, edits[0], transaction.isUserEvent("input.paste")) : null;
  if (!mended) {
    owner.say("That would part a bracket from its partner: take both, or neither.");
    return [];
  }
  if (mended.lost) owner.say("Pasted without the brackets that had no partner.");
  return {
    changes: mended.edits,
    selection: mended.caret === null ? undefined : { anchor: mended.caret },
    userEvent: "input.type",
    scrollIntoView: true,
  };
}

/**
 * @param {import("@codemirror/view").ViewUpdate} update
 * @param {Owner} owner
 */
function listen(update, owner) {
  for (const transaction of update.transactions) {
    if (!transaction.docChanged || transaction.annotation(remote)) continue;
    owner.typed(transaction.changes, lonelyStruck(transaction));
  }
  if (update.docChanged) owner.changed?.();
  if (update.selectionSet || (update.docChanged && update.view.hasFocus)) owner.moved();
}

/**
 * Returns the brackets a transaction deleted that had no partner in this text.
 * @param {Transaction} transaction
 */
function lonelyStruck(transaction) {
  const text = transaction.startState.doc.toString();
  const alone = new Set(pair(text).alone);
  /** @type {number[]} */ const struck = [];
  transaction.changes.iterChangedRanges((from, to) => {
    for (let at = from; at < to; at++) if (alone.has(at)) struck.push(at);
  });
  return struck;
}

const bracketMark = Decoration.mark({ class: "cm-pair" });
const loneMark = Decoration.mark({ class: "cm-provisional", attributes: { title: "Not sent until it has its partner" } });

/** Brackets are drawn as such; one without a partner shows that it is provisional. */
const pairMarks = EditorView.decorations.compute(["doc"], (state) => {
  const text = state.doc.toString();
  const { partners, alone } = pair(text);
  const marks = [
    ...[...partners.keys()].map((at) => bracketMark.range(at, at + 1)),
    ...alone.map((at) => loneMark.range(at, at + 1)),
  ];
  return Decoration.set(marks, true);
});

class Caret extends WidgetType {
  /** @param {string} name */
  constructor(name) {
    super();
    this.name = name;
  }

  /** @param {Caret} other */
  eq(other) {
    return other.name === this.name;
  }

  toDOM() {
    const caret = document.createElement("span");
    caret.className = "cm-other";
    caret.dataset.name = this.name;
    caret.setAttribute("aria-hidden", "true");
    return caret;
  }
}

/** @type {import("@codemirror/state").StateEffectType<Person[]>} */
const setPeople = StateEffect.define();

const people = StateField.define({
  create: () => Decoration.none,
  update: (shown, transaction) => {
    for (const effect of transaction.effects) if (effect.is(setPeople)) return draw(effect.value, transaction.newDoc.length);
    return shown.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/**
 * @param {Person[]} others
 * @param {number} length
 */
function draw(others, length) {
  const ranges = others.flatMap(({ name, anchor, head }) => {
    const at = Math.min(head, length);
    const [from, to] = [Math.min(anchor, head, length), Math.min(Math.max(anchor, head), length)];
    const caret = Decoration.widget({ widget: new Caret(name), side: 1 }).range(at);
    return from < to ? [Decoration.mark({ class: "cm-other-selection" }).range(from, to), caret] : [caret];
  });
  return Decoration.set(ranges, true);
}

/**
 * Shows where the others who type in this text are.
 * @param {EditorView} view
 * @param {Person[]} others
 */
export function showPeople(view, others) {
  view.dispatch({ effects: setPeople.of(others) });
}
