import assert from "node:assert/strict";
import { test } from "node:test";
import { ChangeSet, Text } from "@codemirror/state";
import { OpClient } from "../../static/src/live/opclient.js";

/* A server in fifty lines: it stores rows, refuses at random, answers what it has answered before; the lines to it
   lose, double, delay and group what they carry. */

let seed = 1;
const roll = (n) => ((seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 8) % n;

const START = { a: "abcdefgh", b: "ijkl\nmnop" };

class Server {
  constructor() {
    this.docs = Object.fromEntries(Object.entries(START).map(([text, words]) => [text, Text.of(words.split("\n"))]));
    this.log = { a: [], b: [] };
    this.cursors = new Map();
    this.refusals = 0;
  }

  take(op) {
    const cursor = this.cursors.get(op.client) ?? { n: 0, epoch: 0, acks: {} };
    this.cursors.set(op.client, cursor);
    if (op.n <= cursor.n) return cursor.acks[op.n] ?? { t: "nack", n: op.n, epoch: cursor.epoch, code: "answered", message: "" };
    if (op.epoch !== cursor.epoch) return { t: "nack", n: op.n, epoch: cursor.epoch, code: "old-epoch", message: "" };
    if (roll(12) === 0) {
      this.refusals += 1;
      cursor.epoch += 1;
      return { t: "nack", n: op.n, epoch: cursor.epoch, code: "agreed", message: "agreed" };
    }
    const revs = {};
    for (const { text, base_rev, changes } of op.parts) {
      let change = ChangeSet.fromJSON(changes);
      for (const row of this.log[text].slice(base_rev)) change = change.map(ChangeSet.fromJSON(row.changes));
      change = this.rewrite(change, this.docs[text]);
      this.docs[text] = change.apply(this.docs[text]);
      this.log[text].push({ text, rev: this.log[text].length + 1, changes: change.toJSON() });
      revs[text] = this.log[text].length;
    }
    cursor.n = op.n;
    return (cursor.acks[op.n] = { t: "ack", n: op.n, revs });
  }

  rewrite(change) {
    return change;
  }
}

/** A server that stores an insertion in brackets, as it does where the pen is held for a delegation. */
class Marking extends Server {
  rewrite(change, doc) {
    const specs = [];
    change.iterChanges((from, to, _start, _end, words) => {
      specs.push({ from, to, insert: words.length ? `[${words}]` : "" });
    });
    return ChangeSet.of(specs, doc.length);
  }
}

function open(server, name) {
  const browser = { shown: {}, typed: new Map(), back: [], sent: [], heard: [], asked: 0 };
  const hands = {
    send: (op) => browser.sent.push(structuredClone(op)),
    show: (text, changes) => (browser.shown[text] = changes.apply(browser.shown[text])),
    refuse: (refused) => browser.back.push(...refused),
    ask: (text, rev) => ((browser.asked += 1), browser.heard.push(...server.log[text].slice(rev))),
  };
  browser.client = new OpClient(name, hands);
  browser.hands = hands;
  browser.told = { a: 0, b: 0 };
  for (const [text, words] of Object.entries(START)) {
    browser.client.open(text, words, 0);
    browser.shown[text] = Text.of(words.split("\n"));
  }
  return browser;
}

let word = 0;
function edit(browser) {
  const texts = roll(4) ? [roll(2) ? "a" : "b"] : ["a", "b"];
  const changes = {};
  for (const text of texts) {
    const length = browser.shown[text].length;
    const from = roll(length + 1);
    const to = Math.min(length, from + (roll(3) ? 0 : roll(6)));
    const insert = roll(4) ? `<${++word}>` : "";
    changes[text] = ChangeSet.of({ from, to, insert }, length);
    browser.shown[text] = changes[text].apply(browser.shown[text]);
  }
  browser.client.type(changes);
}

let character = 0xe000;

/** Puts in one character that is nowhere else, and deletes nothing. */
function insertOne(browser) {
  const text = roll(2) ? "a" : "b";
  const { length } = browser.shown[text];
  const change = ChangeSet.of({ from: roll(length + 1), insert: String.fromCharCode(character++) }, length);
  browser.shown[text] = change.apply(browser.shown[text]);
  browser.client.type({ [text]: change });
}

function listen(server, browser, everything = false) {
  for (const text of ["a", "b"]) {
    const rows = server.log[text].slice(browser.told[text]);
    const some = everything ? rows : rows.slice(0, roll(rows.length + 1));
    browser.told[text] += some.length;
    browser.heard.push(...some);
  }
  if (!everything && roll(6) === 0) browser.heard.sort(() => roll(3) - 1);
  while (browser.heard.length) {
    const message = browser.heard.shift();
    if (!everything && message.rev && roll(20) === 0) continue; // lost
    if (message.t === "ack") browser.client.acknowledge(message);
    else if (message.t === "nack") browser.client.refuse(message);
    else for (let times = roll(10) ? 1 : 2; times; times--) browser.client.receive(message);
  }
}

function serve(server, browser) {
  const op = browser.sent[0];
  if (!op) return;
  const answer = server.take(op);
  if (roll(8)) browser.sent.shift(); // else the line fails after it was stored, and it is sent again
  if (roll(10)) browser.heard.push(answer);
  else browser.client.resend();
}

function finish(server, browsers) {
  for (let round = 0; round < 60; round++) {
    for (const browser of browsers) {
      browser.client.flush();
      browser.client.resend();
      for (const op of browser.sent.splice(0)) browser.heard.push(server.take(op));
      for (const text of ["a", "b"]) browser.told[text] = Math.min(browser.told[text], browser.client.sheets.get(text).rev);
      listen(server, browser, true);
    }
  }
}

function play(server, moves = 60, act = edit) {
  const browsers = ["one", "two", "three"].map((name) => open(server, name));
  for (let move = 0; move < moves; move++) {
    const browser = browsers[roll(3)];
    [() => act(browser), () => browser.client.flush(), () => serve(server, browser), () => listen(server, browser)][roll(4)]();
    if (roll(40) === 0) reload(browser);
  }
  finish(server, browsers);
  return browsers;
}

/** The tab dies and the next one adopts what it had kept. */
function reload(browser) {
  const kept = JSON.parse(JSON.stringify(browser.client.keep()));
  const old = browser.client;
  browser.client = OpClient.adopt(kept, browser.hands);
  for (const [text, sheet] of old.sheets) {
    if (!browser.client.sheets.has(text)) browser.client.open(text, sheet.doc.toString(), sheet.rev);
    browser.told[text] = Math.min(browser.told[text], sheet.rev);
  }
}

for (const [what, Kind] of [["stores what it is sent", Server], ["stores something else", Marking]]) {
  test(`everybody ends with the server's text where it ${what}`, () => {
    let refusals = 0;
    for (let run = 1; run <= 600; run++) {
      seed = run;
      const server = new Kind();
      const browsers = play(server);
      for (const browser of browsers) {
        for (const text of ["a", "b"]) {
          assert.equal(browser.shown[text].toString(), server.docs[text].toString(), `seed ${run}, text ${text}`);
        }
        assert.equal(browser.client.unsent, 0, `seed ${run}`);
      }
      refusals += server.refusals;
    }
    assert.ok(refusals > 100);
  });
}

test("no character of a refused op is lost: it stands in the text or has come back", () => {
  for (let run = 1; run <= 300; run++) {
    seed = run + 5000;
    const server = new Server();
    character = 0xe000;
    const browsers = play(server, 60, insertOne);
    const stored = Object.values(server.docs).join("");
    const back = browsers.flatMap((browser) => browser.back.flatMap((refused) => refused.words)).join("");
    for (let code = 0xe000; code < character; code++) {
      const typed = String.fromCharCode(code);
      assert.equal(stored.split(typed).length + back.split(typed).length, 3, `seed ${run}: ${code - 0xe000} is gone or doubled`);
    }
  }
});

test("an op under way is sent again as it was, and its answer counts once", () => {
  const server = new Server();
  seed = 77;
  const browser = open(server, "one");
  browser.client.type({ a: ChangeSet.of({ from: 0, insert: "x" }, 8) });
  browser.client.flush();
  browser.client.resend();
  const [first, again] = browser.sent;
  assert.deepEqual(first, again);
});

test("an answer that comes before its row confirms it all the same", () => {
  const server = new Server();
  seed = 77;
  const browser = open(server, "one");
  browser.client.type({ a: ChangeSet.of({ from: 0, insert: "x" }, 8) });
  browser.client.flush();
  browser.client.acknowledge(server.take(browser.sent[0]));
  browser.client.receive(server.log.a[0]);
  assert.equal(browser.client.under, null);
  assert.equal(browser.client.unsent, 0);
});

for (const [what, edit, stored, rest, expected] of [
  ["put in", { from: 2, insert: "x" }, { from: 2, insert: "[x]" }, { from: 3, insert: "yz" }, "ab[xyz]cdefgh"],
  ["replaced", { from: 2, to: 4, insert: "x" }, [{ from: 2, insert: "[" }, { from: 4, insert: "][x]" }], { from: 3, insert: "yz" }, "ab[cd][xyz]efgh"],
  ["struck out", { from: 2, to: 4 }, [{ from: 2, insert: "[" }, { from: 4, insert: "]" }], { from: 2, insert: "yz" }, "ab[cd]yzefgh"],
]) {
  test(`what is typed on while words ${what} for a delegation get their brackets stays with them`, () => {
    const browser = open(new Server(), "one");
    for (const change of [edit, rest]) {
      const set = ChangeSet.of(change, browser.shown.a.length);
      browser.shown.a = set.apply(browser.shown.a);
      browser.client.type({ a: set });
      browser.client.flush();
    }
    browser.client.acknowledge({ n: 1, revs: { a: 1 } });
    browser.client.receive({ text: "a", rev: 1, changes: ChangeSet.of(stored, 8).toJSON() });
    assert.equal(browser.shown.a.toString(), expected);
    assert.equal(browser.client.sheets.get("a").shown.toString(), expected);
  });
}

test("changes of two texts made at once are sent in one op", () => {
  const browser = open(new Server(), "one");
  browser.client.type({ a: ChangeSet.of({ from: 0, insert: "[" }, 8), b: ChangeSet.of({ from: 9, insert: "]" }, 9) });
  browser.client.type({ a: ChangeSet.of({ from: 1, insert: "x" }, 9) });
  browser.client.flush();
  assert.deepEqual(browser.sent[0].parts.map((part) => part.text), ["a", "b"]);
});

test("a text that is held is not sent, nor what is tied to it", () => {
  const browser = open(new Server(), "one");
  browser.client.type({ a: ChangeSet.of({ from: 0, insert: "[" }, 8), b: ChangeSet.of({ from: 9, insert: "]" }, 9) });
  browser.client.flush((text) => text === "b");
  assert.equal(browser.sent.length, 0);
  assert.equal(browser.client.unsent, 2);
});

test("a text that moved too far hands the words back", () => {
  const browser = open(new Server(), "one");
  const mine = ChangeSet.of({ from: 8, insert: "mine" }, 8);
  browser.shown.a = mine.apply(browser.shown.a);
  browser.client.type({ a: mine });
  browser.client.open("a", "quite another", 900);
  assert.deepEqual(browser.back[0].words, ["mine"]);
  assert.equal(browser.client.sheets.get("a").shown.toString(), "quite another");
});
