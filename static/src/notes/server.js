/* What goes to the server and comes from it: ciphertext, wrapped keys, public keys. */
import { open } from "./seals.js";

/** @typedef {import("./seals.js").Locked} Locked */
/** @typedef {import("./seals.js").Note} Note */
/** @typedef {{seat: number, name: string, public: string, in: boolean}} Member */
/** @typedef {{id: string, rev: number, sealed: string}} Sealed */
/** @typedef {{key: {id: string, recovery: Locked} | null, mine: {public: string, locked: Locked, wrapped: string} | null, members: Member[], notes: Sealed[], left: boolean}} Ring */
/** @typedef {Sealed & {note: Note | null}} Opened */

/** A refusal of the server: its sentence, its code, and what came with it. */
export class Refused extends Error {
  /**
   * @param {string} message
   * @param {string} code
   */
  constructor(message, code) {
    super(message);
    this.code = code;
  }
}

/**
 * @param {string} url
 * @param {RequestInit} [options]
 */
async function ask(url, options) {
  const answer = await fetch(url, { ...options, credentials: "same-origin" }).catch(() => {
    throw new Error("The line broke. Nothing here is lost: try again.");
  });
  const said = await answer.json().catch(() => ({ code: "line", message: "The server did not answer as it should." }));
  if (!answer.ok) throw new Refused(said.message, said.code);
  return said;
}

const ACCEPT = { Accept: "application/json" };

/**
 * Returns some sealed notes of all texts: the first, or those behind the one with an id; none at the end.
 * @param {string} url
 * @param {string} after
 * @returns {Promise<Sealed[]>}
 */
export const fetchPiece = async (url, after) =>
  (await ask(`${url}?after=${after}`, { headers: ACCEPT })).notes;

/** @param {string} url @returns {Promise<Ring>} */
export const fetchRing = async (url) => ask(url, { headers: ACCEPT });

/**
 * @param {string} url
 * @param {Record<string, unknown>} body
 */
export async function send(url, body) {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  const headers = { ...ACCEPT, "X-CSRFToken": token instanceof HTMLInputElement ? token.value : "" };
  return ask(url, { method: "POST", headers, body: JSON.stringify(body) });
}

/**
 * Opens all notes; one whose seal is broken comes with none.
 * @param {CryptoKey} key
 * @param {Sealed[]} sealed
 * @returns {Promise<Opened[]>}
 */
export const openAll = (key, sealed) =>
  Promise.all(sealed.map(async (row) => ({ ...row, note: await open(key, row.id, row.rev, row.sealed).catch(() => null) })));
