/* Taking the pen for a provision: for whom first, by one or two keys; then its words are an editor until the pen is laid
   down. Who may take it the server says; a page shows the door where a `data-take-pen` stands. */
import { lowerPanel } from "../pages/focus.js";
import { listen } from "../pages/keys.js";
import { refresh } from "./fragments.js";
import { isKept } from "./outbox.js";

/** @typedef {import("./start.js").Live} Live */
/** @typedef {import("./desk.js").Desk} Desk */

/** For whom besides delegations, by one key each in the empty field. */
const OFFICES = /** @type {Record<string, string>} */ ({ 1: "chair", 2: "room", 3: "editorial" });
const NAMES = /** @type {Record<string, string>} */ ({ chair: "the chair", room: "the room", editorial: "editorial" });

/** @type {Map<string, HTMLElement>} */
const held = new Map();

/** @type {Map<string, ((refused: string) => void)[]>} by text, who waits for an answer about its pen: they come in order */
const waiting = new Map();

/** @type {Promise<Desk> | null} */
let desk = null;

/**
 * Loads what typing needs; most readers never do.
 * @param {Live} live
 * @returns {Promise<Desk>}
 */
function load(live) {
  desk ??= import(document.body.dataset.editor ?? "").then(({ open }) => open(live, seat()));
  return desk;
}

/** Sends, without being asked, the words a dead tab left. @param {Live} live */
async function resume(live) {
  if (await isKept(seat())) await load(live);
}

const seat = () => document.documentElement.dataset.seat ?? "";

/** @param {Live} live */
export function watchPen(live) {
  if (!document.body.dataset.editor) return;
  void resume(live);
  live.on("pen_ok", (message) => answer(message.text, ""));
  live.on("error", (message) => answer(message.text, message.message));
  live.onOpen(() => waiting.clear()); // what was asked of the line before is not answered any more
  const openDesk = () => load(live);
  listen({ w: () => take(live, openDesk, document.querySelector(".pv.focus")) });
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-take-pen]")) return;
    const id = event.target.closest("[data-p]")?.getAttribute("data-p");
    const provision = id ? document.querySelector(`.pv[data-p="${CSS.escape(id)}"]`) : null;
    take(live, openDesk, provision ?? document.querySelector(".pv.focus"));
  });
}

/**
 * @param {Live} live
 * @param {() => Promise<Desk>} openDesk
 * @param {Element | null} element
 */
function take(live, openDesk, element) {
  const provision = /** @type {HTMLElement | null} */ (element);
  const text = provision?.dataset.text;
  if (!provision || !text || held.has(text) || !document.querySelector("[data-take-pen]")) return false;
  held.set(text, provision);
  provision.dataset.held = "pen";
  lowerPanel();
  const strip = drawStrip(provision);
  const field = /** @type {HTMLInputElement} */ (strip.querySelector("input"));
  field.addEventListener("input", () => {
    if (OFFICES[field.value]) ask(OFFICES[field.value]);
  });
  strip.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.value.trim()) ask(field.value.trim());
  });
  strip.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !strip.querySelector("[data-lay-down]")) leave(live, text, provision, strip);
  });
  for (const button of strip.querySelectorAll("button[value]")) {
    button.addEventListener("click", () => ask(/** @type {HTMLButtonElement} */ (button).value));
  }
  field.focus();

  let asked = 0;

  /** @param {string} whom */
  async function ask(whom) {
    say(strip, "");
    const mine = ++asked;
    const answered = request(live, text ?? "", whom);
    if (!answered) return say(strip, "The line is down: the pen is taken when it is back.");
    const refused = await answered;
    const desk = refused ? null : await openDesk();
    if (mine !== asked || !strip.isConnected) return; // asked anew meanwhile, or given up
    if (desk) await type(live, desk, provision, text ?? "", strip, whom);
    else say(strip, refused);
  }
}

/**
 * Asks for the pen, or lays it down for `null`; resolves with the server's refusal, or with "" once it is done.
 * @param {Live} live
 * @param {string} text
 * @param {string | null} whom
 * @returns {Promise<string> | null} null where there is no line
 */
function request(live, text, whom) {
  if (!live.socket.send({ t: "pen", text, for: whom })) return null;
  return new Promise((resolve) => waiting.set(text, [...(waiting.get(text) ?? []), resolve]));
}

/**
 * @param {string} text
 * @param {string} refused
 */
function answer(text, refused) {
  waiting.get(text)?.shift()?.(refused);
}

/**
 * @param {Live} live
 * @param {Desk} desk
 * @param {HTMLElement | null} provision
 * @param {string} text
 * @param {HTMLElement} strip
 * @param {string} whom
 */
async function type(live, desk, provision, text, strip, whom) {
  if (!provision) return;
  const words = provision.querySelector(".tx");
  const place = document.createElement("div");
  place.className = "typing";
  words?.classList.add("typed-over");
  provision.insertBefore(place, strip);
  drawHeld(strip, whom);
  const sheet = document.querySelector("#sheet");
  const look = {
    direction: sheet?.getAttribute("dir") ?? document.documentElement.dir ?? "ltr",
    label: `The words of ${provision.dataset.name}, typed for ${NAMES[whom] ?? whom}`,
  };
  let closes = false;
  const close = async () => {
    if (closes) return;
    closes = true;
    say(strip, "Storing what you typed …");
    await desk.close(text);
    place.remove();
    words?.classList.remove("typed-over");
    leave(live, text, provision, strip);
  };
  strip.querySelector("[data-lay-down]")?.addEventListener("click", () => void close());
  strip.addEventListener("keydown", (event) => {
    if (event.key === "Escape") void close();
  });
  const toggle = /** @type {HTMLElement | null} */ (strip.querySelector("[data-off-screen]"));
  const turn = () => {
    const isOff = toggle?.getAttribute("aria-pressed") !== "true";
    toggle?.setAttribute("aria-pressed", String(isOff));
    desk.setOffScreen(text, isOff);
    say(strip, isOff ? "Nobody sees what you type until you show it." : "Shown.");
  };
  toggle?.addEventListener("click", turn);
  place.addEventListener("keydown", (event) => {
    if (event.key !== "." || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    turn();
  });
  await desk.open(text, place, look, { leave: () => void close(), say: (sentence) => say(strip, sentence) });
}

/**
 * Lays the pen down and gives the provision back to the page.
 * @param {Live} live
 * @param {string} text
 * @param {HTMLElement} provision
 * @param {HTMLElement} strip
 */
function leave(live, text, provision, strip) {
  void request(live, text, null);
  held.delete(text);
  strip.remove();
  delete provision.dataset.held;
  provision.focus({ preventScroll: true });
  refresh([provision]);
}

/** @param {HTMLElement} provision */
function drawStrip(provision) {
  const strip = document.createElement("form");
  strip.className = "pen-strip";
  const label = document.createElement("label");
  label.textContent = "The pen, for ";
  const field = document.createElement("input");
  Object.assign(field, { type: "text", name: "for", autocomplete: "off", spellcheck: false, placeholder: "NOR, EU …" });
  field.setAttribute("list", "codes");
  field.className = "short";
  label.append(field);
  strip.append(label);
  for (const [key, office] of Object.entries(OFFICES)) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", value: office, className: "btn" });
    const hint = document.createElement("kbd");
    hint.textContent = key;
    button.append(`${NAMES[office]} `, hint);
    strip.append(button);
  }
  const said = document.createElement("span");
  said.className = "said";
  said.setAttribute("role", "status");
  strip.append(said);
  provision.append(strip);
  return strip;
}

/**
 * @param {HTMLElement} strip
 * @param {string} whom
 */
function drawHeld(strip, whom) {
  const words = document.createElement("span");
  words.textContent = `Typing for ${NAMES[whom] ?? whom.toUpperCase()}. `;
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "btn" });
  button.dataset.layDown = "";
  const hint = document.createElement("kbd");
  hint.textContent = "Esc";
  button.append("Lay the pen down ", hint);
  const off = document.createElement("button");
  Object.assign(off, { type: "button", className: "btn" });
  off.dataset.offScreen = "";
  off.setAttribute("aria-pressed", "false");
  const keys = document.createElement("kbd");
  keys.textContent = "Ctrl .";
  off.append("Off-screen ", keys);
  const said = strip.querySelector(".said");
  strip.replaceChildren(words, off, button, ...(said ? [said] : []));
}

/**
 * @param {HTMLElement} strip
 * @param {string} sentence
 */
function say(strip, sentence) {
  const said = strip.querySelector(".said");
  if (said) said.textContent = sentence;
}
