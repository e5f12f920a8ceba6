/* Everything this page types: its editors, what it has not had confirmed, what came back. One for the page. */
import { ChangeSet } from "@codemirror/state";
import { isWhole, openEditor, show, showPeople } from "./editing.js";
import { OpClient } from "./opclient.js";
import * as outbox from "./outbox.js";
import { partnerElsewhere } from "./pairs.js";
import { Tray } from "./tray.js";

const WAIT = 40; // ms that keystrokes are gathered before they are sent
const SLOW = 1000; // ms after which the reader is told that something waits
const ALONE = 10000; // ms after which an open bracket is offered its partner
const PLACED = 250; // ms between two places of the caret
const PLACES = ".pv[data-text], .area[data-text]"; // provisions of the page, or of a draft
const NEIGHBOURS = 60; // provisions on either side in which a partner is looked for

/** @typedef {import("./start.js").Live} Live */
/** @typedef {import("@codemirror/view").EditorView} EditorView */

export class Desk {
  /** @type {Map<string, EditorView>} */ editors = new Map();
  /** @type {Map<string, (rev: {content: string, rev: number}) => void>} */ #awaited = new Map();
  /** @type {OpClient[]} */ #clients = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #flushing;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #lonely;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #telling;
  #at = ""; // the text the caret moved in last
  /** @type {{text: string, resolve: (value?: undefined) => void}[]} */ #settling = [];
  /** @type {Set<string>} texts whose changes are not shown yet */ #offScreen = new Set();
  #slow = 0;
  #moved = 0;

  /**
   * @param {Live} live
   * @param {string} seat
   */
  constructor(live, seat) {
    this.live = live;
    this.seat = seat;
    this.client = this.#make(crypto.randomUUID());
    this.tray = new Tray(seat, (leftover) => this.#insert(leftover));
    live.on("text", (message) => this.#onText(message));
    live.on("tick", (message) => this.#onTick(message));
    live.on("ack", (message) => this.#onAnswer(message, (client) => client.acknowledge(/** @type {any} */ (message))));
    live.on("nack", (message) => this.#onAnswer(message, (client) => client.refuse(/** @type {any} */ (message))));
    live.on("presence", (message) => this.#onPresence(message));
    live.onOpen(() => this.#onOpen());
    addEventListener("beforeunload", (event) => {
      if (this.unsent && !this.live.outdated) event.preventDefault(); // reloaded, an outdated page sends what it kept
    });
    setInterval(() => this.#tellState(), SLOW);
  }

  /** How many texts hold changes that are not stored. */
  get unsent() {
    return this.#clients.reduce((sum, client) => sum + client.unsent, 0);
  }

  /** Takes over what dead tabs of this seat left, and shows what came back to them. */
  async restore() {
    await outbox.live(this.client.client);
    await this.tray.restore();
    for (const { kept } of await outbox.adopt(this.seat)) {
      const client = OpClient.adopt(kept, this.#hands(() => client));
      this.#clients.push(client);
    }
    this.#onOpen();
  }

  /**
   * Opens an editor on a text.
   * @param {string} text
   * @param {HTMLElement} parent
   * @param {{direction: string, label: string}} look
   * @param {{leave: () => void, say: (sentence: string) => void, changed?: () => void}} owner
   */
  async open(text, parent, look, owner) {
    const { content, rev } = await this.#read(text);
    if (!parent.isConnected) return; // given up before there was an answer
    this.client.open(text, content, rev);
    const view = openEditor(parent, this.client.sheets.get(text)?.shown.toString() ?? content, look, {
      ...owner,
      typed: (changes, struck) => this.#typed(text, changes, struck, owner.say),
      moved: () => this.#tellPlace(text),
    });
    this.editors.set(text, view);
    if (/[[\]]/.test(content)) this.#watchNeighbours(text);
    view.focus();
    this.#tellPlace(text);
  }

  /**
   * Closes the editor of a text and resolves when all that was typed in it is stored, or has come back.
   * @param {string} text
   * @returns {Promise<void>}
   */
  async close(text) {
    this.setOffScreen(text, false);
    await this.settle(text);
    this.editors.get(text)?.destroy();
    this.editors.delete(text);
    this.client.sheets.delete(text);
    this.live.socket.send({ t: "unwatch", texts: [text] });
  }

  /**
   * Keeps what is typed in a text on this device until it is ready to be shown, or shows it.
   * @param {string} text
   * @param {boolean} isOff
   */
  setOffScreen(text, isOff) {
    if (isOff) this.#offScreen.add(text);
    else this.#offScreen.delete(text);
    this.#later();
  }

  /**
   * Resolves when all that was typed in a text is stored, or has come back.
   * @param {string} text
   * @returns {Promise<void>}
   */
  async settle(text) {
    this.#later();
    if (this.#isPending(text)) await new Promise((resolve) => this.#settling.push({ text, resolve }));
  }

  /** @param {string} text */
  #isPending(text) {
    return Boolean(this.client.sheets.get(text)?.pending);
  }

  /** @param {string} name */
  #make(name) {
    /** @type {OpClient} */ const client = new OpClient(name, this.#hands(() => client));
    this.#clients.push(client);
    return client;
  }

  /**
   * @param {() => OpClient} client
   * @returns {import("./opclient.js").Hands}
   */
  #hands(client) {
    return {
      send: (op) => void this.live.socket.send(op),
      show: (text, changes) => {
        const view = client() === this.client ? this.editors.get(text) : undefined;
        if (view) show(view, changes);
      },
      refuse: (refused) => void this.tray.take(refused),
      ask: (text, rev) => void this.live.socket.send({ t: "watch", texts: [{ text, rev }] }),
    };
  }

  /**
   * Asks for a text as it stands.
   * @param {string} text
   * @returns {Promise<{content: string, rev: number}>}
   */
  #read(text) {
    const sheet = this.client.sheets.get(text);
    if (sheet) return Promise.resolve({ content: sheet.doc.toString(), rev: sheet.rev });
    return new Promise((resolve) => {
      this.#awaited.set(text, resolve);
      this.live.socket.send({ t: "watch", texts: [text] });
    });
  }

  /** Opens the provisions round a text in the background: a bracket's partner may stand there. @param {string} text */
  async #watchNeighbours(text) {
    const all = [...document.querySelectorAll(PLACES)].map((element) => element.getAttribute("data-text") ?? "");
    const at = all.indexOf(text);
    const near = all.slice(Math.max(0, at - NEIGHBOURS), at + NEIGHBOURS + 1).filter((other) => !this.client.sheets.has(other));
    for (let first = 0; first < near.length; first += 60) this.live.socket.send({ t: "watch", texts: near.slice(first, first + 60) });
  }

  /**
   * @param {string} text
   * @param {ChangeSet} changes
   * @param {number[]} struck brackets that left and had no partner in this text
   * @param {(sentence: string) => void} say
   */
  #typed(text, changes, struck, say) {
    /** @type {Record<string, import("@codemirror/state").ChangeSet>} */ const all = { [text]: changes };
    for (const at of struck) {
      const partner = partnerElsewhere(this.#document(), text, at);
      const sheet = partner && this.client.sheets.get(partner.id);
      if (!partner || !sheet) continue;
      const one = ChangeSet.of({ from: partner.at, to: partner.at + 1 }, sheet.shown.length);
      all[partner.id] = all[partner.id] ? all[partner.id].compose(one.map(all[partner.id])) : one;
      const view = this.editors.get(partner.id);
      if (view) show(view, one);
      const name = document.querySelector(`[data-text="${CSS.escape(partner.id)}"]`)?.getAttribute("data-name");
      say(`Its partner in ${name ?? "another provision"} goes with it.`);
    }
    this.client.type(all);
    this.#keep(this.client);
    this.#moved = this.#slow = Date.now();
    this.#later();
    this.#offerPartner(text, say);
  }

  /** The texts of the page in order, as far as they are known. */
  #document() {
    return [...document.querySelectorAll(PLACES)].flatMap((element) => {
      const id = element.getAttribute("data-text") ?? "";
      const sheet = this.client.sheets.get(id);
      return sheet ? [{ id, words: sheet.shown.toString() }] : [];
    });
  }

  #later() {
    this.#flushing ??= setTimeout(() => {
      this.#flushing = undefined;
      for (const client of this.#clients) client.flush((text) => client === this.client && this.#isHeld(text));
    }, WAIT);
  }

  /** What an input method is composing, and what would leave a bracket alone, waits. @param {string} text */
  #isHeld(text) {
    const sheet = this.client.sheets.get(text);
    if (!sheet || this.#offScreen.has(text) || this.editors.get(text)?.composing) return true;
    const sent = sheet.sent ? sheet.sent.apply(sheet.doc) : sheet.doc;
    const together = sheet.ties.size > 0;
    return !together && !isWhole(sent.toString(), sheet.rest, sheet.shown.toString());
  }

  /**
   * @param {string} text
   * @param {(sentence: string) => void} say
   */
  #offerPartner(text, say) {
    clearTimeout(this.#lonely);
    this.#lonely = setTimeout(() => {
      if (this.editors.has(text) && this.#isHeld(text)) say("A bracket is open: close it, and what you typed is sent.");
    }, ALONE);
  }

  /** @param {import("./socket.js").Message} message */
  #onText(message) {
    this.#awaited.get(message.text)?.({ content: message.content, rev: message.rev });
    this.#awaited.delete(message.text);
    for (const client of this.#clients) {
      if (client === this.client || client.sheets.has(message.text)) client.open(message.text, message.content, message.rev);
    }
    this.#after();
  }

  /** @param {import("./socket.js").Message} message */
  #onTick(message) {
    for (const item of message.items) {
      if (item.text) for (const client of this.#clients) client.receive(item);
    }
    this.#after();
  }

  /**
   * @param {import("./socket.js").Message} message
   * @param {(client: OpClient) => void} act
   */
  #onAnswer(message, act) {
    const client = this.#clients.find((one) => one.client === message.client);
    if (!client) return;
    act(client);
    this.#after();
  }

  /** Sends what waited, keeps what is left, lets go of what dead tabs had and is now stored. */
  #after() {
    for (const client of this.#clients) this.#keep(client);
    this.#clients = this.#clients.filter((client) => client === this.client || client.unsent || client.under);
    if (!this.unsent) this.#slow = 0;
    for (const { resolve } of this.#settling.filter(({ text }) => !this.#isPending(text))) resolve();
    this.#settling = this.#settling.filter(({ text }) => this.#isPending(text));
    this.#later();
    this.#tellState();
  }

  #onOpen() {
    if (this.#awaited.size) this.live.socket.send({ t: "watch", texts: [...this.#awaited.keys()] }); // asked before there was a line
    for (const client of this.#clients) {
      const texts = [...client.sheets].map(([text, { rev }]) => ({ text, rev }));
      for (let first = 0; first < texts.length; first += 60) this.live.socket.send({ t: "watch", texts: texts.slice(first, first + 60) });
      client.resend();
    }
    this.#later();
  }

  /** @param {OpClient} client */
  #keep(client) {
    void outbox.keep({ client: client.client, seat: this.seat, page: location.pathname, kept: client.keep() });
  }

  #tellState() {
    const waiting = this.unsent && this.#slow && Date.now() - this.#slow > SLOW ? this.unsent : 0;
    this.live.detail(waiting ? `${waiting === 1 ? "1 change" : `${waiting} changes`} kept on this device` : "");
  }

  /** Tells where the caret stands, in a moment: the last of many places is told, the others are not. @param {string} text */
  #tellPlace(text) {
    this.#at = text;
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      this.#moved = Date.now();
      const text = this.#at;
      const [sheet, view] = [this.client.sheets.get(text), this.editors.get(text)];
      if (!sheet || !view || sheet.pending) return; // carets follow what is typed by themselves
      const { anchor, head } = view.state.selection.main;
      this.live.socket.send({ t: "at", text, rev: sheet.rev, anchor, head });
    }, Math.max(0, this.#moved + PLACED - Date.now()));
  }

  /** @param {import("./socket.js").Message} message */
  #onPresence(message) {
    const view = this.editors.get(message.text);
    if (view) showPeople(view, message.people);
  }

  /**
   * Puts words that came back in where the caret stands.
   * @param {import("./outbox.js").Leftover} leftover
   */
  #insert(leftover) {
    const view = this.editors.get(leftover.text) ?? [...this.editors.values()][0];
    if (!view) return false;
    view.dispatch({ ...view.state.replaceSelection(leftover.words.join(" ")), userEvent: "input.paste" });
    view.focus();
    return true;
  }
}
