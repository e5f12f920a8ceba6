/* The opened notes: listed by provision, written, changed, torn up. Words live in this page alone. */
import { copy, element, field, find, onSend } from "./elements.js";
import * as gates from "./gates.js";
import * as keeping from "./keeping.js";
import * as rekeying from "./rekeying.js";
import * as seals from "./seals.js";
import { Refused, fetchRing, openAll, send } from "./server.js";

/** @typedef {import("./server.js").Opened} Opened */

/** Runs the page. @param {HTMLElement} root its `data-` attributes name the doors, the reader and the provision asked for */
export async function run(root) {
  const { ring: from = "", act: url = "" } = root.dataset;
  const place = find(root, "[data-place]", HTMLElement);
  const said = find(root, "[data-said]", HTMLElement);
  const say = (/** @type {string} */ message) => (said.textContent = message);
  let turn = 0;
  const again = async () => {
    const mine = ++turn;
    const ring = await fetchRing(from);
    const key = ring.key && ring.mine?.wrapped ? await keeping.recall(ring.key.id) : null;
    const notes = key ? await openAll(key, ring.notes) : [];
    if (mine !== turn) return; // asked again meanwhile: that one draws
    const scene = { url, ring, place, say, again };
    if (!key) return gates.show(scene);
    place.replaceChildren();
    list(root, scene, key, notes);
    gates.members(scene);
    rekeying.offer(scene, key);
  };
  await again().catch((error) => say(error.message));
}

/**
 * @param {HTMLElement} root
 * @param {gates.Scene} scene
 * @param {CryptoKey} key
 * @param {Opened[]} notes
 */
function list(root, scene, key, notes) {
  const board = copy("desk");
  scene.place.append(board);
  const form = find(board, "form", HTMLFormElement);
  const rows = find(board, "[data-rows]", HTMLElement);
  field(form, "[data-at]").value = root.dataset.at ?? "";
  find(board, "[data-lock]", HTMLButtonElement).addEventListener("click", async () => {
    await keeping.forget();
    await scene.again();
  });
  draw(rows, root, notes, scene, key);
  onSend(form, async () => {
    const note = read(form, root);
    const id = crypto.randomUUID();
    await send(scene.url, { act: "keep", key: scene.ring.key?.id, id, rev: 0, sealed: await seals.seal(key, id, 1, note) });
    field(form, "[data-note]").value = "";
    await scene.again();
  }, scene.say);
  guard(form);
}

/**
 * @param {HTMLElement} form
 * @param {HTMLElement} root
 * @returns {seals.Note}
 */
function read(form, root) {
  const words = field(form, "[data-note]").value.trim();
  if (!words) throw new Error("The note is empty.");
  return {
    sort: field(form, "[data-sort]").value,
    at: field(form, "[data-at]").value.trim(),
    words: words.normalize("NFC"),
    by: root.dataset.by ?? "",
    when: new Date().toISOString(),
  };
}

/** Asks before words that are not sealed yet are left. @param {HTMLElement} form */
function guard(form) {
  const words = field(form, "[data-note]");
  const before = words.value;
  addEventListener("beforeunload", (event) => {
    if (words.isConnected && words.value !== before && words.value) event.preventDefault();
  });
}

/**
 * @param {HTMLElement} rows
 * @param {HTMLElement} root
 * @param {Opened[]} notes
 * @param {gates.Scene} scene
 * @param {CryptoKey} key
 */
function draw(rows, root, notes, scene, key) {
  const order = [...document.querySelectorAll("#addresses option")].map((option) => option.getAttribute("value"));
  const rank = (/** @type {Opened} */ row) => order.indexOf(row.note?.at ?? "");
  const sorted = [...notes].sort((one, other) => rank(one) - rank(other) || (one.id < other.id ? -1 : 1));
  rows.replaceChildren(...sorted.map((row) => card(row, root, scene, key)));
  if (!sorted.length) rows.append(element("p", "No notes yet.", "empty"));
}

/**
 * @param {Opened} row
 * @param {HTMLElement} root
 * @param {gates.Scene} scene
 * @param {CryptoKey} key
 */
function card(row, root, scene, key) {
  const made = copy("note");
  const { note } = row;
  find(made, "[data-title]", HTMLElement).textContent = note
    ? `${note.at || "The whole text"} · ${note.sort}`
    : "A note whose seal is broken";
  find(made, "[data-said-words]", HTMLElement).textContent = note?.words ?? "It was not sealed with your delegation's key, or was changed since.";
  find(made, "[data-meta]", HTMLElement).textContent = note ? `${note.by}, ${new Date(note.when).toLocaleString()}` : "";
  made.classList.toggle("red", note?.sort === "Red line");
  const change = find(made, "[data-change]", HTMLButtonElement);
  change.hidden = !note;
  change.addEventListener("click", () => note && edit(made, row, note, root, scene, key));
  find(made, "[data-tear]", HTMLButtonElement).addEventListener("click", async () => {
    if (!confirm("Tear this note up? Nobody can bring it back.")) return;
    const torn = send(scene.url, { act: "tear-up", id: row.id, rev: row.rev });
    await torn.then(scene.again, (error) => scene.say(error.message));
  });
  return made;
}

/**
 * @param {HTMLElement} made
 * @param {Opened} row
 * @param {seals.Note} note
 * @param {HTMLElement} root
 * @param {gates.Scene} scene
 * @param {CryptoKey} key
 */
function edit(made, row, note, root, scene, key) {
  const form = copy("edit");
  field(form, "[data-at]").value = note.at;
  field(form, "[data-sort]").value = note.sort;
  field(form, "[data-note]").value = note.words;
  made.replaceChildren(form);
  field(form, "[data-note]").focus();
  guard(form);
  form.querySelector("[data-cancel]")?.addEventListener("click", () => scene.again());
  onSend(form, async () => {
    const sealed = await seals.seal(key, row.id, row.rev + 1, read(form, root));
    try {
      await send(scene.url, { act: "keep", key: scene.ring.key?.id, id: row.id, rev: row.rev, sealed });
    } catch (error) {
      if (error instanceof Refused && error.code === "stale") await compare(form, row, scene, key);
      throw error;
    }
    await scene.again();
  }, scene.say);
}

/**
 * A colleague wrote meanwhile: both wordings stand in the page, and the next save is on top of theirs.
 * @param {HTMLElement} form
 * @param {Opened} row
 * @param {gates.Scene} scene
 * @param {CryptoKey} key
 */
async function compare(form, row, scene, key) {
  const ring = await fetchRing(/** @type {string} */ (document.querySelector("[data-notes]")?.getAttribute("data-ring")));
  const theirs = ring.notes.find((other) => other.id === row.id);
  if (!theirs || ring.key?.id !== scene.ring.key?.id) return;
  row.rev = theirs.rev;
  const opened = await seals.open(key, theirs.id, theirs.rev, theirs.sealed);
  form.querySelector("[data-theirs]")?.remove();
  const shown = element("p", `Your colleague's: ${opened.words}`, "paper");
  shown.setAttribute("data-theirs", "");
  form.prepend(shown);
}
