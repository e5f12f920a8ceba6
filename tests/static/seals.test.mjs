/* Sealed notes: what is sealed opens for who has the key, and for nobody else. */
import assert from "node:assert/strict";
import { test } from "node:test";

import * as seals from "../../static/src/notes/seals.js";

const NOTE = { sort: "Red line", at: "9.2", words: "Hold “shall”. حافظوا على الكلمة", by: "Kari", when: "2026-11-22T02:00:00Z" };
const raw = seals.makeKey();
const key = await seals.hold(raw);

test("a note opens as it was sealed", async () => {
  assert.deepEqual(await seals.open(key, "a", 1, await seals.seal(key, "a", 1, NOTE)), NOTE);
});

test("no word of it stands in what is sent, and its length tells nothing", async () => {
  const short = await seals.seal(key, "a", 1, { ...NOTE, words: "no" });
  const long = await seals.seal(key, "a", 1, { ...NOTE, words: "no".repeat(100) });
  assert.equal(short.length, long.length);
  assert.ok(!atob(long).includes("no".repeat(4)));
});

test("a seal holds for one note and one wording", async () => {
  const sealed = await seals.seal(key, "a", 1, NOTE);
  await assert.rejects(seals.open(key, "b", 1, sealed));
  await assert.rejects(seals.open(key, "a", 2, sealed));
  await assert.rejects(seals.open(await seals.hold(seals.makeKey()), "a", 1, sealed));
});

test("a changed seal does not open", async () => {
  const bytes = seals.fromBase64(await seals.seal(key, "a", 1, NOTE));
  bytes[40] ^= 1;
  await assert.rejects(seals.open(key, "a", 1, seals.toBase64(bytes)));
});

test("the key is wrapped for one seat, whose passphrase alone opens its part", async () => {
  const pair = await seals.makePair();
  const locked = await seals.lock(pair.private, "seven words of a song");
  const wrapped = await seals.wrapFor(pair.public, raw);
  assert.deepEqual(await seals.unwrap(await seals.unlock(locked, "seven words of a song"), wrapped), raw);
  await assert.rejects(seals.unlock(locked, "eight words of a song"));
});

test("the key this device keeps cannot be read out", async () => {
  assert.equal(key.extractable, false);
  await assert.rejects(crypto.subtle.exportKey("raw", key));
});

test("the printed code opens the key however it is typed", async () => {
  const code = seals.makeCode();
  assert.match(code, /^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/);
  const typed = code.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l");
  assert.deepEqual(await seals.unlock(await seals.lock(raw, code), seals.readCode(typed)), raw);
});

test("two keys have two numbers", async () => {
  const [one, other] = [await seals.makePair(), await seals.makePair()];
  assert.match(await seals.number(one.public), /^(\d{5} ){5}\d{5}$/);
  assert.notEqual(await seals.number(one.public), await seals.number(other.public));
});
