import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { announce } from "../../static/src/live/signs.js";

/* The place a screen reader listens to, and a clock that stands still until it is told to go on. */

/** @type {{words: string, at: number}[]} */ let heard = [];
const region = {
  set textContent(words) {
    heard.push({ words, at: Date.now() });
  },
};

/** Begins with silence, long after anything that was said before. */
function listen() {
  heard = [];
  globalThis.document = { querySelector: () => region };
  mock.timers.tick(60_000);
}

/** Announces `count` changes, one every `every` ms, and lets the rest be said. */
function change(count, every) {
  for (let n = 1; n <= count; n += 1) {
    announce(`Changed: ${n}`);
    mock.timers.tick(every);
  }
  mock.timers.tick(5000);
}

mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });

test("a sentence after a silence is said at once", () => {
  listen();
  announce("Changed: 9.1");
  mock.timers.tick(1);
  assert.deepEqual(heard.map(({ words }) => words), ["Changed: 9.1"]); // prettier-ignore
});

test("of several that follow the last is said, and the others are counted", () => {
  listen();
  change(4, 100);
  assert.deepEqual(heard.map(({ words }) => words), ["Changed: 1", "Changed: 4 (+2)"]); // prettier-ignore
});

test("however many changes come, a listener hears one sentence in five seconds", () => {
  listen();
  change(600, 100);
  const gaps = heard.slice(1).map(({ at }, n) => at - heard[n].at);
  assert.ok(gaps.length >= 11 && gaps.every((gap) => gap >= 5000), `${gaps}`);
});
