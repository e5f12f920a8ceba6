/* Writing a proposal: a preview that follows the words, a pair of brackets that stays a pair. */
import { typeLive } from "./live/draft.js";
import { start } from "./live/start.js";

const live = start();

const fields = [...document.querySelectorAll("textarea.words")];
const preview = document.querySelector("#preview");
const WAIT_MS = 600;
/** Characters one wording may hold, as the server has it. */
const LONGEST = 2_000_000;
const TOO_LONG = "Not sent: this is more than 2 MB of text. Your words stay here; propose them in parts.";
const DOWN = "Not sent: the line is down. Your words stay here; send them when it is back.";

for (const field of fields) {
  if (field instanceof HTMLTextAreaElement) field.addEventListener("beforeinput", (event) => pair(field, event));
}

const first = fields[0];
if (first instanceof HTMLTextAreaElement && first.form && preview) {
  const form = first.form;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer;
  /** @type {AbortController | undefined} */ let under;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      under?.abort();
      under = new AbortController();
      await draw(form, under.signal).catch(tell);
    }, WAIT_MS);
  });
  // A form sent without a line would leave the page, and the words with it.
  form.addEventListener("submit", (event) => {
    const isLong = fields.some((field) => field instanceof HTMLTextAreaElement && field.value.length > LONGEST);
    if (navigator.onLine && !isLong) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    say(isLong ? TOO_LONG : DOWN);
  }, { capture: true });
  addEventListener("online", () => form.dispatchEvent(new Event("input")));
  if (live && form.dataset.draft) void typeLive(live, form).then((draft) => draft.rest(() => form.dispatchEvent(new Event("input"))));
}

/**
 * Asks the server for the preview it would show after the button, and puts it in place.
 * @param {HTMLFormElement} form
 * @param {AbortSignal} signal
 */
async function draw(form, signal) {
  const body = new FormData(form);
  body.set("preview", "1");
  body.set("peek", "1");
  const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin", signal });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("#preview");
  const refused = page.querySelector(".refused .wrong");
  if (fresh && !refused) preview?.replaceChildren(...fresh.children);
  else if (refused) preview?.replaceChildren(document.importNode(refused, true));
}

/** @param {unknown} error what stopped the preview: a newer one, or the line */
function tell(error) {
  if (error instanceof DOMException && error.name === "AbortError") return;
  if (!(error instanceof TypeError)) throw error; // fetch raises TypeError where there is no line
  say(DOWN);
}

/** @param {string} words */
function say(words) {
  const line = document.createElement("p");
  line.className = "wrong";
  line.setAttribute("role", "alert");
  line.textContent = words;
  preview?.replaceChildren(line);
}

/**
 * A bracket is typed as a pair: round the selection, or empty with the cursor inside; a "]" before a "]" steps over it.
 * @param {HTMLTextAreaElement} words
 * @param {InputEvent} event
 */
function pair(words, event) {
  if (event.isComposing || event.inputType !== "insertText") return;
  const { selectionStart: from, selectionEnd: to, value } = words;
  if (event.data === "[") {
    event.preventDefault();
    document.execCommand("insertText", false, `[${value.slice(from, to)}]`);
    words.setSelectionRange(from + 1, from + 1 + (to - from));
  } else if (event.data === "]" && from === to && value[from] === "]") {
    event.preventDefault();
    words.setSelectionRange(from + 1, from + 1);
  }
}
