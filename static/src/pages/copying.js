/* What is copied from the text is the text: no counts, no status words, one blank line between provisions. */

/** Writes the plain words of a selection in the reading column to the clipboard. */
export function watchCopying() {
  document.querySelector("#sheet")?.addEventListener("copy", (event) => {
    const selection = getSelection();
    const { clipboardData } = /** @type {ClipboardEvent} */ (event);
    if (!selection || selection.isCollapsed || !clipboardData) return;
    const copied = selection.getRangeAt(0).cloneContents();
    for (const element of copied.querySelectorAll(".st, .ld, .rail, .held-change")) element.remove();
    const texts = [...copied.querySelectorAll(".tx")].map((element) => element.textContent?.trim() ?? "");
    clipboardData.setData("text/plain", texts.length ? texts.join("\n\n") : (copied.textContent ?? ""));
    event.preventDefault();
  });
}
