/* Sealed notes, wherever a page has to do with them: their own page, the board, the offline pack. */
import { run } from "./notes/desk.js";
import { mark, offer } from "./notes/marks.js";

for (const root of document.querySelectorAll("[data-notes]")) void run(/** @type {HTMLElement} */ (root));
for (const board of document.querySelectorAll("[data-notes-marks]")) void mark(/** @type {HTMLElement} */ (board));
for (const box of document.querySelectorAll("[data-notes-pack]")) offer(/** @type {HTMLElement} */ (box));
