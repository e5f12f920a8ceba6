/* A new key when somebody who held it has left: made here, every note sealed anew with it, wrapped for those who stay. */
import { copy, element, find, onSend } from "./elements.js";
import * as gates from "./gates.js";
import * as keeping from "./keeping.js";
import * as seals from "./seals.js";
import { fetchPiece, openAll, send } from "./server.js";

/** @typedef {import("./server.js").Member} Member */

/**
 * Offers to change the key, at the head of the page where it is due.
 * @param {gates.Scene} scene
 * @param {CryptoKey} old
 */
export function offer(scene, old) {
  const { ring, place, say } = scene;
  const card = copy("rekey");
  const details = find(card, "details", HTMLDetailsElement);
  find(card, "[data-left]", HTMLElement).hidden = !ring.left;
  details.open = ring.left;
  card.classList.toggle("warned", ring.left);
  const list = find(card, "ul", HTMLUListElement);
  const mine = ring.mine?.public;
  for (const member of ring.members) if (member.in && member.public !== mine) list.append(compared(member));
  onSend(find(card, "form", HTMLFormElement), () => change(scene, old, chosen(scene, list)), say);
  if (ring.left) place.prepend(card);
  else place.append(card);
}

/** A colleague with their number, to be ticked once it was compared aloud. @param {Member} member */
function compared(member) {
  const row = element("li", "");
  const label = element("label", "", "tick");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.value = String(member.seat);
  const number = element("b", "", "num");
  number.dir = "ltr";
  void seals.number(member.public).then((said) => (number.textContent = said));
  label.append(box, element("span", `${member.name}: `), number);
  row.append(label);
  return row;
}

/**
 * @param {gates.Scene} scene
 * @param {HTMLElement} list
 * @returns {Member[]}
 */
function chosen({ ring }, list) {
  const ticked = new Set([...list.querySelectorAll("input:checked")].map((box) => Number(/** @type {HTMLInputElement} */ (box).value)));
  return ring.members.filter((member) => ticked.has(member.seat) || member.public === ring.mine?.public);
}

/**
 * @param {gates.Scene} scene
 * @param {CryptoKey} old
 * @param {Member[]} stay
 */
async function change(scene, old, stay) {
  const { url, ring, place, say, again } = scene;
  const [raw, code, id] = [seals.makeKey(), seals.makeCode(), crypto.randomUUID()];
  const key = await seals.hold(raw);
  await sealAnew(scene, old, key, id);
  /** @type {Record<number, {public: string, wrapped: string}>} */ const shares = {};
  for (const member of stay) shares[member.seat] = { public: member.public, wrapped: await seals.wrapFor(member.public, raw) };
  const body = { act: "change-key", key: ring.key?.id, change: id, recovery: await seals.lock(raw, code), shares };
  say("");
  gates.printing(place, say, code, async () => {
    await keeping.keep((await send(url, body)).key, key);
    await again();
  });
}

/**
 * Seals every note anew, some at a time; until the change is sent the old key opens them all.
 * @param {gates.Scene} scene
 * @param {CryptoKey} old
 * @param {CryptoKey} key
 * @param {string} id
 */
async function sealAnew({ url, ring, say }, old, key, id) {
  const from = document.querySelector("[data-notes]")?.getAttribute("data-ring") ?? "";
  let [after, done] = ["", 0];
  for (;;) {
    say(done ? `Sealing every note anew: ${done} are done.` : "Sealing every note anew. This takes a moment.");
    const opened = await openAll(old, await fetchPiece(from, after));
    if (!opened.length) return;
    if (opened.some((row) => !row.note)) throw new Error("A note's seal is broken: tear it up first, so that nothing is lost unseen.");
    const notes = await Promise.all(opened.map(async ({ id, rev, note }) => ({ id, rev, sealed: await seals.seal(key, id, rev, /** @type {seals.Note} */ (note)) })));
    await send(url, { act: "reseal", key: ring.key?.id, change: id, notes });
    after = opened[opened.length - 1].id;
    done += opened.length;
  }
}
