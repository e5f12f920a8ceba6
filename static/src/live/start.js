/* Keeps a page live: follows its streams, swaps what changed, moves progress bars. What the HTML says is in README.md. */
import { author } from "./authors.js";
import { onSwap, refresh, refreshAll } from "./fragments.js";
import { names, selector } from "./items.js";
import { announce, forgetSeen, notice, offerReload, showState, walk } from "./signs.js";
import { Socket } from "./socket.js";

/** @typedef {import("./items.js").Item} Item */
/** @typedef {import("./socket.js").Message} Message */
/**
 * @typedef {object} Live
 * @property {Socket} socket
 * @property {(t: string, hear: (message: Message) => void) => void} on
 * @property {(act: () => void) => void} onOpen
 * @property {(words: string) => void} detail what stands behind the state of the line
 * @property {boolean} outdated the page must be reloaded; nothing is sent before
 */

/** Items of these kinds change which fragments there are. */
const SHAPING = new Set([
  "provision-created", "provision-retired", "provision-revived", "text-opened", "amendment-submitted", "revision-issued",
]); // prettier-ignore

/** @type {Map<string, number>} */
const seqs = new Map();
/** @type {Set<string>} */
const behind = new Set();
/** @type {Map<string, ((message: Message) => void)[]>} */
const ears = new Map();
/** @type {(() => void)[]} */
const openers = [];
/** @type {Live | null} */
let live = null;
/** @type {import("./signs.js").State} */
let state = "offline";
let detail = "";

/**
 * Starts once for the page; returns what editors need, or null where the page follows no stream.
 * @returns {Live | null}
 */
export function start() {
  for (const element of document.querySelectorAll("[data-stream]")) {
    const { stream, seq } = /** @type {HTMLElement} */ (element).dataset;
    if (stream && !seqs.has(stream)) seqs.set(stream, Number(seq ?? 0));
  }
  if (live || !seqs.size) return live;
  tellState("offline");
  const path = document.body.dataset.socket ?? "/live/";
  const address = new URL(path, location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  const socket = new Socket(address.href, { onOpen, onMessage, onDown, onOutdated }, sign);
  live = {
    socket,
    outdated: false,
    on: (t, hear) => void ears.set(t, [...(ears.get(t) ?? []), hear]),
    onOpen: (act) => void openers.push(act),
    detail: (words) => void (words !== detail && ((detail = words), tellState(state))),
  };
  onSwap(report);
  addEventListener("scroll", forgetSeen, { passive: true });
  document.addEventListener("keydown", (event) => {
    if (event.key === "." && !isTyping(event.target)) walk();
  });
  return live;
}

/** @param {import("./signs.js").State} now */
function tellState(now) {
  state = now;
  showState(now, detail);
}

function onOpen() {
  tellState("catching-up");
  for (const [stream, seq] of seqs) {
    behind.add(stream);
    live?.socket.send({ t: "sub", stream, since: seq });
  }
  for (const act of openers) act();
}

function onDown() {
  tellState("offline");
}

function onOutdated() {
  if (live) live.outdated = true;
  tellState("outdated");
  offerReload(true);
}

/** @param {Message} message */
function onMessage(message) {
  if (message.t === "tick") onTick(message);
  else if (message.t === "resync") onResync(message);
  else if (message.t === "hello" && live?.socket.build && message.build !== live.socket.build) offerReload(false);
  else if (message.t === "error" && message.stream) lose(message.stream);
  for (const hear of ears.get(message.t) ?? []) hear(message);
}

/** @param {Message} tick */
function onTick(tick) {
  behind.delete(tick.stream);
  if (!behind.size) tellState("live");
  const known = seqs.get(tick.stream) ?? 0;
  seqs.set(tick.stream, Math.max(known, tick.seq));
  for (const item of /** @type {Item[]} */ (tick.items)) {
    if (item.kind === "progress") advance(item);
    else if (item.kind && (item.kind === "moved" || (item.seq ?? 0) > known)) apply(item);
  }
}

/** @param {Item} item */
function apply(item) {
  const by = author(item);
  for (const name of names(item)) refresh(document.querySelectorAll(selector(name)), by);
  if (SHAPING.has(item.kind ?? "") && document.querySelector(`[data-about~="kind:${item.kind}"]`)) refreshAll();
}

/** @param {Item} item */
function advance(item) {
  for (const name of names(item).slice(2)) {
    for (const bar of document.querySelectorAll(`:is(${selector(name)}) progress, progress:is(${selector(name)})`)) {
      const progress = /** @type {HTMLProgressElement} */ (bar);
      if (item.total) progress.max = item.total;
      progress.value = item.done ?? 0;
    }
    for (const words of document.querySelectorAll(`:is(${selector(name)}) [data-progress]`)) {
      words.textContent = `${item.done} / ${item.total}`;
    }
  }
}

/**
 * Our place is lost: the page is too old to catch up, or the server wants us back as new.
 * @param {Message} message
 */
function onResync(message) {
  if (message.stream) {
    seqs.set(message.stream, 0);
    live?.socket.send({ t: "sub", stream: message.stream, since: null }); // before reading, so that nothing falls between
    setTimeout(refreshAll, Math.random() * message.within * 1000);
  } else {
    live?.socket.comeBack(message.within);
  }
}

/** @param {string} stream */
function lose(stream) {
  seqs.delete(stream);
  behind.delete(stream);
  if (seqs.size) return;
  live?.socket.end();
  tellState("refused");
}

function sign() {
  const [stream, seq] = [...seqs][0] ?? [null, 0];
  return { t: "seen", stream, seq };
}

/** @param {{names: string[], added: number}} shown */
function report(shown) {
  const changed = shown.names
    .map((name) => document.querySelector(`[data-fragment="${CSS.escape(name)}"][data-name]`))
    .filter((element) => element !== null);
  notice(changed);
  const called = changed.map((element) => element.getAttribute("data-name"));
  if (called.length) announce(`Changed: ${called.slice(0, 3).join(", ")}${called.length > 3 ? " …" : ""}`);
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof Element && target.matches("input, textarea, select, [contenteditable=true], .cm-content");
}
