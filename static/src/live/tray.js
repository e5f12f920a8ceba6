/* Words that came back: each with the place it was meant for and the reason, to be put in again, proposed or copied. */
import { shelve, shelved, unshelve } from "./outbox.js";

/** @typedef {import("./outbox.js").Leftover} Leftover */

export class Tray {
  /** @type {Leftover[]} */ leftovers = [];

  /**
   * @param {string} seat
   * @param {(leftover: Leftover) => boolean} insert puts words in again where somebody types; false where nobody does
   */
  constructor(seat, insert) {
    this.seat = seat;
    this.insert = insert;
  }

  /** Shows what earlier pages of this seat left. */
  async restore() {
    this.leftovers = await shelved(this.seat);
    this.#draw();
  }

  /** @param {import("./opclient.js").Refused[]} refused */
  async take(refused) {
    for (const { text, words, message } of refused) {
      if (!words.length) continue;
      const place = document.querySelector(`[data-text="${CSS.escape(text)}"]`)?.getAttribute("data-name") ?? "";
      const leftover = {
        id: crypto.randomUUID(), seat: this.seat, page: location.pathname, at: Date.now(), text, place, words, message,
      }; // prettier-ignore
      this.leftovers.push(leftover);
      this.#draw();
      await shelve(leftover);
    }
  }

  /** @param {Leftover} leftover */
  async #drop(leftover) {
    this.leftovers = this.leftovers.filter((other) => other.id !== leftover.id);
    this.#draw();
    await unshelve(leftover.id);
  }

  #draw() {
    let tray = document.querySelector("section.tray");
    if (!this.leftovers.length) {
      tray?.remove();
      return;
    }
    if (!tray) {
      tray = document.createElement("section");
      tray.className = "tray card";
      tray.setAttribute("role", "region");
      tray.setAttribute("aria-label", "Words not taken");
      document.body.append(tray);
    }
    const title = document.createElement("h2");
    title.textContent = `${this.leftovers.length === 1 ? "Words" : `${this.leftovers.length} times words`} not taken`;
    tray.replaceChildren(title, ...this.leftovers.map((leftover) => this.#row(leftover)));
  }

  /** @param {Leftover} leftover */
  #row(leftover) {
    const row = document.createElement("article");
    const words = document.createElement("blockquote");
    words.textContent = leftover.words.join(" … ");
    const why = document.createElement("p");
    why.textContent = leftover.place ? `${leftover.place}: ${leftover.message}` : leftover.message;
    const acts = document.createElement("p");
    acts.className = "acts";
    acts.append(
      this.#button("Put in again", () => this.insert(leftover) && this.#drop(leftover)),
      this.#door(leftover),
      this.#button("Copy", () => navigator.clipboard.writeText(leftover.words.join("\n"))),
      this.#button("Let go", () => this.#drop(leftover)),
    );
    row.append(words, why, acts);
    return row;
  }

  /** @param {Leftover} leftover */
  #door(leftover) {
    const door = document.createElement("a");
    door.className = "btn";
    door.textContent = "Make it a proposal";
    const base = leftover.page.replace(/[^/]*$/, "");
    door.href = leftover.place ? `${base}${encodeURIComponent(leftover.place)}/propose/` : base;
    return door;
  }

  /**
   * @param {string} words
   * @param {() => unknown} act
   */
  #button(words, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn";
    button.textContent = words;
    button.addEventListener("click", () => void act());
    return button;
  }
}
