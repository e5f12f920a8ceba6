/* One socket for the page: it opens, comes back after a random while, tells it is alive, and notices when it is not.
   What messages mean is not its matter. */

const VERSION = 1; // of the protocol; a server of another one is not understood, and does not understand us
const BEAT = 4000; // ms between signs of life; the server hangs up after 10 s without one
const DEAF = 12000; // ms without a word from the server after which the line is taken for dead
const FIRST_WAIT = 400;
const LONGEST_WAIT = 15000;

/** @typedef {{t: string, [field: string]: any}} Message */
/** @typedef {{onOpen: () => void, onMessage: (message: Message) => void, onDown: () => void, onOutdated: () => void}} Ears */

/**
 * Returns how long to wait before the attempt `tries` (from 0), in ms: it doubles, and is spread so that a thousand
 * browsers do not come back at once.
 * @param {number} tries
 * @param {number} chance from 0 to 1
 */
export function backOff(tries, chance) {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries) * (0.5 + chance);
}

export class Socket {
  /** @type {WebSocket | null} */ #line = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #wait;
  #tries = 0;
  #heard = 0;
  #beat = 0;
  #given = false;

  /**
   * @param {string} address
   * @param {Ears} ears
   * @param {() => Message} sign the message that says we are alive
   */
  constructor(address, ears, sign) {
    this.address = address;
    this.ears = ears;
    this.sign = sign;
    this.build = document.documentElement.dataset.build ?? "";
    addEventListener("online", () => this.#retry());
    addEventListener("pageshow", (event) => event.persisted && this.#retry());
    addEventListener("pagehide", () => this.#drop());
    document.addEventListener("visibilitychange", () => this.#wake());
    setInterval(() => this.#live(), BEAT);
    this.#open();
  }

  /** @param {Message} message */
  send(message) {
    if (this.#line?.readyState !== WebSocket.OPEN) return false;
    this.#line.send(JSON.stringify({ v: VERSION, ...message }));
    return true;
  }

  /**
   * Comes back as new at a random moment within `seconds`.
   * @param {number} seconds
   */
  comeBack(seconds) {
    this.#drop();
    this.#later(Math.random() * seconds * 1000);
  }

  /** Gives up: the session has ended. */
  end() {
    this.#given = true;
    this.#drop();
  }

  /** Gives up until the page is reloaded: what is typed from now on is kept and not sent. */
  #outdate() {
    this.end();
    this.ears.onOutdated();
  }

  #open() {
    if (this.#given || this.#line) return;
    clearTimeout(this.#wait);
    const line = new WebSocket(this.address);
    this.#line = line;
    line.addEventListener("open", () => {
      this.#tries = 0;
      this.#heard = this.#beat = Date.now();
      this.send({ t: "hello", build: this.build });
      this.ears.onOpen();
    });
    line.addEventListener("message", (event) => {
      this.#heard = Date.now();
      const message = JSON.parse(event.data);
      if (message.v !== VERSION || message.code === "other-version") this.#outdate();
      else this.ears.onMessage(message);
    });
    line.addEventListener("close", (event) => {
      if (this.#line !== line) return;
      if (event.code === 4401) this.#given = true;
      this.#drop();
      this.#later(backOff(this.#tries++, Math.random()));
    });
  }

  #drop() {
    const line = this.#line;
    this.#line = null;
    line?.close();
    if (line) this.ears.onDown();
  }

  /** @param {number} ms */
  #later(ms) {
    clearTimeout(this.#wait);
    if (!this.#given) this.#wait = setTimeout(() => this.#open(), ms);
  }

  #retry() {
    this.#drop();
    this.#open();
  }

  /** A device that slept has been hung up on without noticing. */
  #wake() {
    if (document.visibilityState === "visible" && Date.now() - this.#beat > 2 * BEAT) this.#retry();
  }

  #live() {
    const now = Date.now();
    const slept = now - this.#beat > 2 * BEAT + 1000;
    this.#beat = now;
    if (!this.#line) return;
    if (slept || (this.#line.readyState === WebSocket.OPEN && now - this.#heard > DEAF)) {
      this.#retry();
      return;
    }
    this.send(this.sign());
    if (now - this.#heard > BEAT) this.send({ t: "hello", build: this.build }); // the answer proves the line
  }
}
