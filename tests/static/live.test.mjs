import assert from "node:assert/strict";
import { test } from "node:test";
import { names } from "../../static/src/live/items.js";
import { backOff } from "../../static/src/live/socket.js";

test("an item names every object it is about, and its kind", () => {
  const item = { seq: 4, kind: "decided", provision: [3, 5], decision: [9], act: "accept" };
  assert.deepEqual(names(item), ["any", "kind:decided", "provision:3", "provision:5", "decision:9"]);
});

test("an object named alone is one object", () => {
  assert.deepEqual(names({ kind: "progress", consolidation: "c-1" }).slice(2), ["consolidation:c-1"]);
});

test("the wait before coming back doubles, is spread and has an end", () => {
  assert.equal(backOff(0, 0.5), 400);
  assert.equal(backOff(3, 0.5), 3200);
  assert.equal(backOff(30, 0.5), 15000);
  assert.ok(backOff(2, 0) < backOff(2, 1));
});
