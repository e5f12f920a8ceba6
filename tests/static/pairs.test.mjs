import assert from "node:assert/strict";
import { test } from "node:test";
import { ChangeSet } from "@codemirror/state";
import { apply, balance, keeps, mend, pair, partnerElsewhere } from "../../static/src/live/pairs.js";

/** What typing or pasting makes of a text in which | stands for the caret and «…» for the selection. */
function press(shown, insert, isPaste = insert.length > 1) {
  const from = shown.search(/[|«]/);
  const to = shown.includes("»") ? shown.indexOf("»") - 1 : from;
  const text = shown.replace(/[|«»]/g, "");
  const mended = mend(text, { from, to, insert }, isPaste);
  if (!mended) return null;
  const after = apply(text, mended.edits);
  return `${after.slice(0, mended.caret)}|${after.slice(mended.caret)}`;
}

for (const [shown, insert, expected] of [
  ["a |b", "[", "a [|]b"],
  ["a «b» c", "[", "a [b]| c"],
  ["a [x|] b", "]", "a [x]| b"],
  ["«[»a] b", "", "|a b"],
  ["[a«]» b", "", "a| b"],
  ["x «[a» b] c", "z", "x z| b c"],
  ["x [a «b] c» d", "z", "x a z| d"],
  ["[«a [b] c»]", "q", "[q|]"],
  ["a |b", "x [y] z", "a x [y] z|b"],
  ["a |b", "x] y", "a x y|b"],
  ["a |b", "[x [y] z", "a x [y] z|b"],
]) {
  test(`${shown} + ${JSON.stringify(insert)} → ${expected}`, () => assert.equal(press(shown, insert), expected));
}

test("a selection that cuts a pair is not wrapped", () => assert.equal(press("a «[b» c] d", "["), null));

test("what was left out of a paste is said", () => {
  assert.equal(mend("ab", { from: 1, to: 1, insert: "x] y" }, true)?.lost, "x] y");
});

test("a bracket without a partner may go, and none may come", () => {
  assert.ok(keeps("a] b", ChangeSet.of({ from: 1, to: 2 }, 4), "a b"));
  assert.ok(!keeps("a  b", ChangeSet.of({ from: 0, insert: "[" }, 4), "[a  b"));
});

test("every mended edit keeps the rule, whatever the text and the keys", () => {
  let seed = 9;
  const roll = (n) => ((seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 8) % n;
  let mendable = 0;
  for (let run = 0; run < 4000; run++) {
    let text = "Parties [shall [endeavour to] act][should] now";
    for (let move = 0; move < 12; move++) {
      const from = roll(text.length + 1);
      const to = roll(3) ? from : Math.min(text.length, from + roll(12));
      const insert = ["[", "]", "x", "", "[may]", "] or [", "[a [b", "z"][roll(8)];
      const mended = mend(text, { from, to, insert }, insert.length > 1);
      if (!mended) continue;
      mendable += 1;
      const after = apply(text, mended.edits);
      assert.ok(keeps(text, ChangeSet.of(mended.edits, text.length), after), `${text} ${from}–${to} ${insert}`);
      assert.deepEqual(pair(after).alone, []);
      text = after;
    }
  }
  assert.ok(mendable > 40000);
});

test("words are balanced by leaving out what has no partner", () => {
  assert.equal(balance("]a[b]c["), "a[b]c");
});

test("a partner is found in another provision, before or behind", () => {
  const texts = [{ id: "a", words: "x [y" }, { id: "b", words: "[z]" }, { id: "c", words: "w] v]" }];
  assert.deepEqual(partnerElsewhere(texts, "a", 2), { id: "c", at: 1 });
  assert.deepEqual(partnerElsewhere(texts, "c", 1), { id: "a", at: 2 });
  assert.equal(partnerElsewhere(texts, "c", 4), null);
});
