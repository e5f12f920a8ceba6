/* A draft typed live, by all who may, each seeing the others: the editor stands in the place of the form's field, and the
   field follows it, so that the form's buttons do what they do without a script. */

/** @typedef {import("./start.js").Live} Live */
/** @typedef {{rest: (act: () => void) => void}} Draft `rest` calls when what is shown is stored, and at each pause after */

const PAUSE_MS = 600;

/** A colleague took another provision in, or one out: this page does not hold what the draft does. */
const SHAPING = new Set(["draft-widened", "draft-narrowed"]);

/**
 * Puts an editor over each field of a draft's form.
 * @param {Live} live
 * @param {HTMLFormElement} form
 * @returns {Promise<Draft>}
 */
export async function typeLive(live, form) {
  /** @type {(() => void)[]} */ const acts = [];
  const said = addLine(form);
  const shaped = addLine(form); // apart: what an editor says would take its place
  // Before anything is waited for: what happens meanwhile is told once.
  live.on("tick", (message) => {
    const items = /** @type {import("./items.js").Item[]} */ (message.items);
    if (items.some((item) => SHAPING.has(item.kind ?? ""))) shaped.textContent = "A colleague changed which provisions this draft holds: save, and they are all here.";
  });
  const { open } = await import(document.body.dataset.editor ?? "");
  const desk = await open(live, document.documentElement.dataset.seat ?? "");
  const areas = [...form.querySelectorAll("[data-text]")].map((area) => new Field(/** @type {HTMLElement} */ (area), desk, acts));
  // Each opened editor takes the focus; the first one is to have it.
  for (const area of areas.toReversed()) await area.open((sentence) => void (said.textContent = sentence));
  form.addEventListener("submit", (event) => {
    if (areas.every((area) => area.isStored)) return;
    event.preventDefault();
    const { submitter } = /** @type {SubmitEvent} */ (event);
    said.textContent = "Storing what you typed …";
    void Promise.all(areas.map((area) => area.follow())).then(() => setTimeout(() => form.requestSubmit(submitter))); // not within the event it answers
  });
  return { rest: (act) => void acts.push(act) };
}

/** @param {HTMLFormElement} form */
function addLine(form) {
  const line = document.createElement("p");
  line.className = "hint";
  line.setAttribute("role", "status");
  form.prepend(line);
  return line;
}

/** One provision of the draft: its field, and the editor in its place. */
class Field {
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;

  /**
   * @param {HTMLElement} area
   * @param {import("./desk.js").Desk} desk
   * @param {(() => void)[]} acts
   */
  constructor(area, desk, acts) {
    this.area = area;
    this.desk = desk;
    this.acts = acts;
    this.text = area.dataset.text ?? "";
    this.field = /** @type {HTMLTextAreaElement} */ (area.querySelector("textarea.words"));
    this.rev = /** @type {HTMLInputElement | null} */ (area.querySelector("[name=rev]"));
  }

  /** Whether the field says what is stored. */
  get isStored() {
    const stored = this.desk.client.sheets.get(this.text);
    return !stored?.pending && this.field.value === stored?.doc.toString();
  }

  /** @param {(sentence: string) => void} say */
  async open(say) {
    const place = document.createElement("div");
    place.className = "typing words";
    this.field.before(place);
    const label = `${this.area.dataset.name ?? ""}: ${document.querySelector(`label[for="${this.field.id}"]`)?.textContent ?? ""}`;
    const look = { direction: getComputedStyle(this.field).direction, label };
    const leave = () => this.field.form?.querySelector("button")?.focus();
    await this.desk.open(this.text, place, look, { leave, say, changed: () => this.#changed() });
    this.field.hidden = true;
  }

  #changed() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.follow(), PAUSE_MS);
  }

  /** @returns {Promise<void>} resolves once the field says what was stored */
  async follow() {
    clearTimeout(this.#timer);
    await this.desk.settle(this.text);
    const stored = this.desk.client.sheets.get(this.text);
    if (!stored || stored.pending) return this.#changed();
    this.field.value = this.field.defaultValue = stored.doc.toString();
    if (this.rev) this.rev.value = String(stored.rev);
    for (const act of this.acts) act();
  }
}
