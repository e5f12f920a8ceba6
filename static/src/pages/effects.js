/* One act on many places: choosing it says what it would do; only then Enter, or its button, decides. */

/** The act that is chosen and waits. @type {HTMLButtonElement | null} */
let chosen = null;
/** @type {AbortController | undefined} */
let asking;

/** Makes the acts of a form wait until they have been said. @param {HTMLFormElement} form */
export function weigh(form) {
  form.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button?.hasAttribute("data-decide")) decide();
    if (button?.hasAttribute("data-leave")) leave();
    if (button?.name !== "act" || !button.value || button === chosen) return;
    if (!form.querySelector("input[name=place]:checked")) return;
    event.preventDefault();
    leave();
    chosen = button;
    button.setAttribute("aria-pressed", "true");
    void say(form);
  });
  form.addEventListener("change", () => {
    if (chosen?.form === form) void say(form);
  });
}

/** Does what was chosen; false where nothing was. */
export function decide() {
  if (!chosen) return false;
  chosen.click();
}

/** Leaves what was chosen; false where nothing was. */
export function leave() {
  if (!chosen) return false;
  asking?.abort();
  chosen.removeAttribute("aria-pressed");
  place(chosen.form)?.setAttribute("hidden", "");
  chosen = null;
}

/** @param {HTMLFormElement | null} form */
function place(form) {
  const found = form?.querySelector("[data-effects]");
  return found instanceof HTMLElement ? found : null;
}

/** @param {HTMLFormElement} form */
async function say(form) {
  const told = place(form);
  if (!told?.dataset.effects || !chosen) return;
  asking?.abort();
  asking = new AbortController();
  const body = new FormData(form, chosen);
  told.hidden = false;
  try {
    const answer = await fetch(told.dataset.effects, { method: "POST", body, signal: asking.signal });
    told.innerHTML = answer.ok ? await answer.text() : "What it would do cannot be said now.";
  } catch (error) {
    if (!(error instanceof DOMException)) told.textContent = "What it would do cannot be said: the line is down.";
  }
}
