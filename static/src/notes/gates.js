/* The ways in: making the delegation's key, asking to be let in, opening with a passphrase or the printed code. */
import { copy, element, field, find, onSend } from "./elements.js";
import * as keeping from "./keeping.js";
import * as seals from "./seals.js";
import { send } from "./server.js";

/** @typedef {import("./server.js").Ring} Ring */
/** @typedef {{url: string, ring: Ring, place: HTMLElement, say: (message: string) => void, again: () => Promise<void>}} Scene */

const LEAST = 12;

/** Shows what stands between this seat and the notes. @param {Scene} scene */
export function show(scene) {
  const { ring, place } = scene;
  place.replaceChildren();
  if (!ring.key) return founding(scene);
  if (!ring.mine) return asking(scene);
  if (!ring.mine.wrapped) return waiting(scene);
  opening(scene);
}

/** @param {HTMLElement} form */
function chosen(form) {
  const [first, second] = [field(form, "[data-words]").value, field(form, "[data-words-again]").value];
  if (first.length < LEAST) throw new Error(`Take a passphrase of ${LEAST} characters or more: several words are best.`);
  if (first !== second) throw new Error("The two passphrases differ: type them again.");
  return first;
}

/** @param {Scene} scene */
function founding({ url, place, say, again }) {
  const form = copy("found");
  place.append(form);
  onSend(form, async () => {
    const words = chosen(form);
    say("Making the key. This takes a few seconds.");
    const [raw, pair, code] = [seals.makeKey(), await seals.makePair(), seals.makeCode()];
    const body = {
      act: "found",
      recovery: await seals.lock(raw, code),
      public: pair.public,
      locked: await seals.lock(pair.private, words),
      wrapped: await seals.wrapFor(pair.public, raw),
    };
    say("");
    printing(place, say, code, async () => {
      await send(url, body);
      await again();
    });
  }, say);
}

/**
 * Shows the printed code, once; the key is kept when somebody says that it is on paper.
 * @param {HTMLElement} place
 * @param {(message: string) => void} say
 * @param {string} code
 * @param {() => Promise<void>} act
 */
export function printing(place, say, code, act) {
  const form = copy("print");
  find(form, "[data-code]", HTMLElement).textContent = code;
  form.querySelector("[data-do-print]")?.addEventListener("click", () => print());
  place.replaceChildren(form);
  onSend(form, act, say);
}

/** @param {Scene} scene */
function asking(scene) {
  const { url, place, say, again } = scene;
  const form = copy("ask");
  place.append(form);
  onSend(form, async () => {
    const words = chosen(form);
    say("Making your part of the key. This takes a few seconds.");
    const pair = await seals.makePair();
    await send(url, { act: "ask", public: pair.public, locked: await seals.lock(pair.private, words) });
    await again();
  }, say);
  recovering(scene);
}

/** @param {Scene} scene */
function waiting(scene) {
  const { ring, place } = scene;
  const card = copy("wait");
  void seals.number(ring.mine?.public ?? "").then((said) => (find(card, "[data-number]", HTMLElement).textContent = said));
  place.append(card);
  card.querySelector("[data-look]")?.addEventListener("click", () => scene.again());
  recovering(scene);
}

/** @param {Scene} scene */
function opening(scene) {
  const { ring, place, say, again } = scene;
  const form = copy("open");
  place.append(form);
  onSend(form, async () => {
    const raw = await openOwn(ring, field(form, "[data-words]").value);
    await keeping.keep(ring.key?.id ?? "", await seals.hold(raw));
    await again();
  }, say);
  field(form, "[data-words]").focus();
  recovering(scene);
}

/**
 * Returns the delegation's key, opened with this seat's passphrase.
 * @param {Ring} ring
 * @param {string} words
 */
export async function openOwn(ring, words) {
  if (!ring.mine) throw new Error("You have no part of the key yet.");
  const own = await seals.unlock(ring.mine.locked, words).catch(() => null);
  if (!own) throw new Error("That is not your passphrase.");
  const raw = await seals.unwrap(own, ring.mine.wrapped).catch(() => null);
  if (!raw) throw new Error("Your part of the key does not fit. Ask a colleague to let you in anew, or use the printed code.");
  return raw;
}

/** The printed code opens the key, and sets a new passphrase for this seat. @param {Scene} scene */
function recovering({ url, ring, place, say, again }) {
  const box = copy("recover");
  place.append(box);
  onSend(find(box, "form", HTMLFormElement), async () => {
    const words = chosen(box);
    const code = seals.readCode(field(box, "[data-code]").value);
    const raw = ring.key && (await seals.unlock(ring.key.recovery, code).catch(() => null));
    if (!raw) throw new Error("That is not the printed code.");
    await renew(url, ring.key?.id ?? "", raw, words);
    await keeping.keep(ring.key?.id ?? "", await seals.hold(raw));
    await again();
  }, say);
  const destroy = find(box, "[data-abandon]", HTMLButtonElement);
  destroy.addEventListener("click", async () => {
    if (!confirm("Destroy the key and every note of your delegation, in all texts, for good?")) return;
    await send(url, { act: "abandon" }).then(again, (error) => say(error.message));
  });
}

/**
 * Gives this seat a new part of the key, locked by a new passphrase.
 * @param {string} url
 * @param {string} key
 * @param {Uint8Array<ArrayBuffer>} raw
 * @param {string} words
 */
export async function renew(url, key, raw, words) {
  const pair = await seals.makePair();
  const locked = await seals.lock(pair.private, words);
  await send(url, { act: "recover", key, public: pair.public, locked, wrapped: await seals.wrapFor(pair.public, raw) });
}

/**
 * Shows who holds the key and who waits, and lets a colleague in once the numbers have been compared.
 * @param {Scene} scene
 */
export function members({ url, ring, place, say, again }) {
  const card = copy("members");
  const list = find(card, "ul", HTMLUListElement);
  for (const member of ring.members) {
    const row = element("li", "");
    row.append(element("b", member.name), element("span", member.in ? "holds the key" : "waits to be let in"));
    if (!member.in) row.append(letIn(url, ring, member, say, again));
    list.append(row);
  }
  const change = find(card, "form", HTMLFormElement);
  onSend(change, async () => {
    const raw = await openOwn(ring, field(change, "[data-old]").value);
    await renew(url, ring.key?.id ?? "", raw, chosen(change));
    say("Your passphrase is changed.");
    await again();
  }, say);
  place.append(card);
}

/**
 * @param {string} url
 * @param {Ring} ring
 * @param {import("./server.js").Member} member
 * @param {(message: string) => void} say
 * @param {() => Promise<void>} again
 */
function letIn(url, ring, member, say, again) {
  const form = copy("let-in");
  void seals.number(member.public).then((said) => (find(form, "[data-number]", HTMLElement).textContent = said));
  onSend(form, async () => {
    const raw = await openOwn(ring, field(form, "[data-words]").value);
    const wrapped = await seals.wrapFor(member.public, raw);
    await send(url, { act: "let-in", key: ring.key?.id, seat: member.seat, public: member.public, wrapped });
    await again();
  }, say);
  return form;
}
