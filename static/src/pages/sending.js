/* What becomes of a form once it is sent. One that takes its time says so and is not sent twice: `data-once` holds what it
   says. One in which somebody wrote is sent when the server can be reached: where the line is down the browser would put
   its own page in the place of ours, and the words with it. */

/* How long a server may take to answer, in milliseconds, before the line counts as down. */
const PATIENCE = 10_000;
const UNSENT = "The server cannot be reached: nothing was sent. Your words stay here; send them again.";

/** Forms that are on their way; leaving the page with them loses nothing. @type {WeakSet<HTMLFormElement>} */
let going = new WeakSet();
/** Forms whose server is being asked for. @type {WeakSet<HTMLFormElement>} */
const asking = new WeakSet();

/** @param {HTMLFormElement | null} form */
export function isGoing(form) {
  return form !== null && going.has(form);
}

export function watchSending() {
  for (const form of document.querySelectorAll("form[data-once]")) {
    if (form instanceof HTMLFormElement) form.addEventListener("submit", send);
  }
  // After all others: what another script sends it keeps itself.
  addEventListener("submit", (event) => void hold(event));
  // Who comes back to the page finds its forms as they were.
  addEventListener("pageshow", () => {
    going = new WeakSet();
    document.querySelectorAll("form[aria-busy]").forEach(release);
  });
}

/** @param {Event} event */
function send(event) {
  const form = event.currentTarget;
  if (!(form instanceof HTMLFormElement)) return;
  if (form.hasAttribute("aria-busy")) return event.preventDefault();
  form.setAttribute("aria-busy", "true");
  say(form, form.dataset.once ?? "", "status");
}

/** @param {SubmitEvent} event */
async function hold(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement)) return;
  if (asking.has(form)) return event.preventDefault();
  if (event.defaultPrevented || going.has(form) || form.method !== "post" || !isWritten(form)) {
    going.add(form);
    return;
  }
  event.preventDefault();
  asking.add(form);
  const answers = await isAnswering();
  asking.delete(form);
  release(form);
  if (!answers) return say(form, UNSENT, "alert");
  going.add(form);
  form.requestSubmit(event.submitter);
}

/** @param {HTMLFormElement} form */
function isWritten(form) {
  return [...form.elements].some(
    (field) =>
      (field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.type === "text")) &&
      field.value !== field.defaultValue,
  );
}

async function isAnswering() {
  try {
    return (await fetch("/health/", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) })).ok;
  } catch {
    return false; // whatever the reason, there is no line
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {string} words
 * @param {string} role
 */
function say(form, words, role) {
  const told = document.createElement("p");
  told.className = role === "alert" ? "sending wrong" : "sending";
  told.setAttribute("role", role);
  told.textContent = words;
  form.append(told);
}

/** @param {Element} form */
function release(form) {
  form.removeAttribute("aria-busy");
  for (const told of form.querySelectorAll(".sending")) told.remove();
}
