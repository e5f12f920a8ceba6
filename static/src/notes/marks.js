/* Beyond the notes' own page: marks beside the provisions that have notes, and notes written into the offline pack.
   Both work only where this device has opened the key, and send nothing. */
import { element, find } from "./elements.js";
import * as keeping from "./keeping.js";
import { fetchRing, openAll } from "./server.js";

/** @typedef {import("./seals.js").Note} Note */

/** Returns the notes, or null where the key has not been opened here. @param {string} url @returns {Promise<Note[] | null>} */
async function read(url) {
  const ring = await fetchRing(url);
  const key = ring.key && ring.mine?.wrapped ? await keeping.recall(ring.key.id) : null;
  if (!key) return null;
  return (await openAll(key, ring.notes)).flatMap((row) => (row.note ? [row.note] : []));
}

/** Marks the board's rows. @param {HTMLElement} board */
export async function mark(board) {
  const notes = await read(board.dataset.notesMarks ?? "");
  for (const link of notes ? board.querySelectorAll("[data-address]") : []) {
    const here = (notes ?? []).filter((note) => note.at === link.getAttribute("data-address"));
    for (const sort of new Set(here.map((note) => note.sort))) {
      const made = element("a", sort, `tag sealed${sort === "Red line" ? " red" : ""}`);
      made.setAttribute("href", `${board.dataset.notesPage}?at=${encodeURIComponent(link.getAttribute("data-address") ?? "")}`);
      link.closest("article")?.querySelector(".meta")?.append(made);
    }
  }
}

/** Offers the pack with the notes in it. @param {HTMLElement} box */
export function offer(box) {
  const said = find(box, "[data-notes-said]", HTMLElement);
  find(box, "[data-scripted]", HTMLElement).hidden = false;
  find(box, "[data-with-notes]", HTMLButtonElement).addEventListener("click", async () => {
    said.textContent = "";
    const notes = await read(box.dataset.notesPack ?? "");
    if (!notes) said.textContent = "Open your notes first, on this device, then come back here.";
    else if (await save(box.dataset.pack ?? "", notes)) said.textContent = "The file is on this device. Keep it as you would keep the notes.";
    else said.textContent = "The pack could not be fetched: try again.";
  });
}

/**
 * @param {string} url
 * @param {Note[]} notes
 */
async function save(url, notes) {
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok) return false;
  const section = element("section", "");
  section.append(element("h2", "Our notes: for our eyes only"));
  for (const note of notes) section.append(element("p", `${note.at || "The whole text"} · ${note.sort}: ${note.words}`));
  const [head = "", ...rest] = (await answer.text()).split("</main>"); // read as text: parsed, its styles would be blocked
  const file = new Blob([head, section.outerHTML, "</main>", ...rest], { type: "text/html" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = "pack-with-notes.html";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return true;
}
