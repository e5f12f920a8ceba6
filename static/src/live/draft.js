/* A draft typed live, by all who may, each seeing the others: the editor stands in the place of the form's field, and the
   field follows it, so that the form's buttons do what they do without a script. */

/** @typedef {import("./start.js").Live} Live */
/** @typedef {{rest: (act: () => void) => void}} Draft `rest` calls when what is shown is stored, and at each pause after */

const PAUSE_MS = 600;

/**
 * Puts the editor over the field of a draft's form.
 * @param {Live} live
 * @param {HTMLFormElement} form
 * @param {HTMLTextAreaElement} field
 * @returns {Promise<Draft>}
 */
export async function typeLive(live, form, field) {
  const { open } = await import(document.body.dataset.editor ?? "");
  const desk = await open(live, document.documentElement.dataset.seat ?? "");
  const text = form.dataset.text ?? "";
  const rev = /** @type {HTMLInputElement | null} */ (form.querySelector("[name=rev]"));
  const place = document.createElement("div");
  place.className = "typing words";
  const said = document.createElement("p");
  said.className = "hint";
  said.setAttribute("role", "status");
  /** @type {(() => void)[]} */ const acts = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer;
  let submitter = /** @type {HTMLElement | null} */ (null);

  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void follow(), PAUSE_MS);
  };
  const follow = async () => {
    await desk.settle(text);
    const stored = desk.client.sheets.get(text);
    if (!stored || stored.pending) return changed();
    field.value = field.defaultValue = stored.doc.toString();
    if (rev) rev.value = String(stored.rev);
    for (const act of acts) act();
  };
  field.before(place);
  const look = { direction: getComputedStyle(field).direction, label: document.querySelector(`label[for="${field.id}"]`)?.textContent ?? "" };
  await desk.open(text, place, look, { leave: () => field.form?.querySelector("button")?.focus(), say: tell, changed });
  field.hidden = true;
  place.after(said);

  form.addEventListener("submit", (event) => {
    if (!desk.client.sheets.get(text)?.pending && field.value === desk.client.sheets.get(text)?.doc.toString()) return;
    event.preventDefault();
    submitter = /** @type {SubmitEvent} */ (event).submitter;
    tell("Storing what you typed …");
    clearTimeout(timer);
    void follow().then(() => setTimeout(() => form.requestSubmit(submitter))); // not within the event it answers
  });

  /** @param {string} sentence */
  function tell(sentence) {
    said.textContent = sentence;
  }
  return { rest: (act) => void acts.push(act) };
}
