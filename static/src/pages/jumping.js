/* Going straight to a provision that is on this page, without asking the server; and what is new since one last read. */

const FILLERS = new Set(["article", "art", "paragraph", "para", "subparagraph", "the"]);

/** Makes "Go to" jump where it can: to one provision that is called so, by its address or by its printed label. */
export function watchJumps() {
  const form = document.querySelector("form#find");
  const field = document.querySelector("#q");
  form?.addEventListener("submit", (event) => {
    const address = field instanceof HTMLInputElement ? find(field.value) : "";
    if (!address || !(field instanceof HTMLInputElement)) return; // the server looks for words, proposals, delegations
    event.preventDefault();
    field.value = "";
    field.blur();
    go(address);
  });
}

/** @param {string} address */
function go(address) {
  const hash = `#${encodeURIComponent(address)}`;
  if (location.hash === hash) dispatchEvent(new Event("hashchange"));
  else location.hash = hash;
  document.getElementById(address)?.focus({ preventScroll: true });
}

/**
 * Returns the figures and words of a name as people type it, the same as the server's `finds.read`.
 * @param {string} asked
 */
const read = (asked) =>
  (asked.toLowerCase().match(/\d+|\p{L}+/gu) ?? []).filter((token) => !FILLERS.has(token)).join(" ");

/** @param {string} asked */
function find(asked) {
  const wanted = read(asked);
  if (!wanted) return "";
  const all = [...document.querySelectorAll("#sheet .pv[id]:not(.retired)")].filter((element) => element.checkVisibility());
  const exact = all.find((element) => read(element.id) === wanted);
  const labelled = all.filter((element) => read(element.querySelector(".lb")?.textContent ?? "") === wanted);
  return exact?.id ?? (labelled.length === 1 ? labelled[0]?.id : "") ?? "";
}

/** Marks the provisions whose words changed since this seat last read, for the eye and for the key that walks them. */
export async function markNews() {
  const chip = document.querySelector("a[data-news]");
  if (!(chip instanceof HTMLAnchorElement)) return;
  const answer = await fetch(chip.href, { credentials: "same-origin", headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  /** @type {{changed: number[]}} */ const { changed } = await answer.json();
  for (const id of changed) document.querySelector(`#sheet .pv[data-p="${id}"]`)?.classList.add("news");
  chip.textContent = changed.length ? `${changed.length} changed since I last read` : "Nothing new since I last read";
  document.querySelector("#sheet")?.addEventListener("swapped", (event) => {
    const fresh = event.target instanceof HTMLElement ? event.target : null;
    if (fresh && changed.includes(Number(fresh.dataset.p))) fresh.classList.add("news");
  });
}
