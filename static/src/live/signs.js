/* What a reader is told beside the text: the state of the line, one sentence now and then, and what changed out of view. */

/** @typedef {"live" | "catching-up" | "offline" | "refused" | "outdated"} State */

const WORDS = {
  live: "Live", "catching-up": "Catching up", offline: "Offline", refused: "Refused", outdated: "Reload the page",
}; // prettier-ignore
const NEWER = "This page has been renewed: reload it when it suits you.";
const OUTDATED = "The site has been renewed, and this page cannot talk to it any more. Reload it: what you typed is kept on this device, and sent then.";
const QUIET_MS = 5000;

/** @type {string[]} */ let waiting = [];
/** @type {ReturnType<typeof setTimeout> | undefined} */ let timer;
let said = 0;

/**
 * Shows the state of the line by shape and word.
 * @param {State} state
 * @param {string} [detail] for example "2 changes kept on this device"
 */
export function showState(state, detail) {
  for (const sign of document.querySelectorAll(".live")) {
    const element = /** @type {HTMLElement} */ (sign);
    const words = element.getAttribute(`data-${state}`) ?? WORDS[state];
    element.dataset.state = state;
    element.textContent = detail ? `${words} · ${detail}` : words;
  }
}

/**
 * Offers to reload the page, once: because it must be, or because there is a newer one.
 * @param {boolean} isNeeded
 */
export function offerReload(isNeeded) {
  if (!isNeeded && document.querySelector("aside.reload")) return;
  document.querySelector("aside.reload")?.remove();
  const offer = document.createElement("aside");
  offer.className = "reload card";
  offer.setAttribute("role", isNeeded ? "alert" : "status");
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "btn", textContent: "Reload" });
  button.addEventListener("click", () => location.reload());
  offer.append(isNeeded ? OUTDATED : NEWER, " ", button);
  document.body.append(offer);
}

/**
 * Says something politely to who listens instead of looking, at most once in five seconds; the rest is counted.
 * @param {string} sentence
 */
export function announce(sentence) {
  waiting.push(sentence);
  timer ??= setTimeout(speak, Math.max(0, said + QUIET_MS - Date.now()));
}

function speak() {
  timer = undefined;
  said = Date.now();
  const region = document.querySelector("[data-announce]");
  const rest = waiting.length - 1;
  if (region) region.textContent = rest > 0 ? `${waiting.at(-1)} (+${rest})` : (waiting[0] ?? "");
  waiting = [];
}

/** @type {Element[]} */ let unseen = [];

/**
 * Counts changed fragments that are out of view; the pill offers to walk them, so does the key ".".
 * @param {Element[]} changed
 */
export function notice(changed) {
  unseen = [...unseen.filter((element) => element.isConnected), ...changed.filter((element) => !isInView(element))];
  drawPill();
}

/** Goes to the next change that has not been in view. */
export function walk() {
  const next = unseen.shift();
  next?.scrollIntoView({ block: "center" });
  drawPill();
}

/** Forgets the changes that have come into view by themselves. */
export function forgetSeen() {
  unseen = unseen.filter((element) => element.isConnected && !isInView(element));
  drawPill();
}

/** @param {Element} element */
function isInView(element) {
  const box = element.getBoundingClientRect();
  return box.bottom > 0 && box.top < innerHeight;
}

function drawPill() {
  let pill = /** @type {HTMLButtonElement | null} */ (document.querySelector("button.arrived"));
  if (!unseen.length) {
    pill?.remove();
    return;
  }
  if (!pill) {
    pill = document.createElement("button");
    pill.type = "button";
    pill.className = "arrived";
    pill.addEventListener("click", walk);
    document.body.append(pill);
  }
  const above = unseen.filter((element) => element.getBoundingClientRect().bottom <= 0).length;
  const below = unseen.length - above;
  const parts = [above && `${above} above`, below && `${below} below`].filter(Boolean);
  const words = document.createElement("span");
  words.textContent = `${unseen.length === 1 ? "1 change" : `${unseen.length} changes`}: ${parts.join(", ")}`;
  const key = document.createElement("kbd");
  key.textContent = ".";
  pill.replaceChildren(words, key);
}
