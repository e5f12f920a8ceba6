/* Sealing and opening, with the browser's own Web Crypto and nothing else. What leaves this file for the server is
   ciphertext and public keys.

   The delegation's key (AES-GCM, 256 bits) seals the notes. It is wrapped for each seat by that seat's public key
   (RSA-OAEP); the private one is locked by the seat's passphrase (PBKDF2, AES-GCM); a printed code locks the key too. */

const ROUNDS = 600_000; // OWASP's figure for PBKDF2-HMAC-SHA256; the server refuses less
const PADDED_TO = 512; // bytes: how long a note is tells nothing
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's: no letter looks like a figure
const RSA = { name: "RSA-OAEP", modulusLength: 3072, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" };
const { subtle } = globalThis.crypto;

/** @typedef {{salt: string, iterations: number, iv: string, sealed: string}} Locked */
/** @typedef {{public: string, private: Uint8Array<ArrayBuffer>}} Pair */
/** @typedef {{sort: string, at: string, words: string, by: string, when: string}} Note */

/** @param {number} length */
const random = (length) => crypto.getRandomValues(new Uint8Array(length));

/** @param {string} text */
const bytes = (text) => /** @type {Uint8Array<ArrayBuffer>} */ (new TextEncoder().encode(text));

/** @param {ArrayBuffer | Uint8Array<ArrayBuffer>} data */
export function toBase64(data) {
  let text = "";
  for (const byte of new Uint8Array(data)) text += String.fromCharCode(byte);
  return btoa(text);
}

/** @param {string} text */
export const fromBase64 = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

/** Returns a new delegation key. */
export const makeKey = () => random(32);

/**
 * Returns the key as the browser keeps it: good for sealing and opening, and never to be read out again.
 * @param {Uint8Array<ArrayBuffer>} raw
 */
export const hold = (raw) => subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);

/** Returns a seat's new pair. @returns {Promise<Pair>} */
export async function makePair() {
  const pair = await subtle.generateKey(RSA, true, ["encrypt", "decrypt"]);
  const spki = await subtle.exportKey("spki", pair.publicKey);
  return { public: toBase64(spki), private: new Uint8Array(await subtle.exportKey("pkcs8", pair.privateKey)) };
}

/** Returns a code to print: 160 bits in groups of four. */
export function makeCode() {
  const signs = [...random(32)].map((byte) => ALPHABET[byte % 32]).join("");
  return signs.match(/.{4}/g)?.join("-") ?? "";
}

/** Returns a printed code as it was made, however it was typed in. @param {string} typed */
export const readCode = (typed) =>
  typed.toUpperCase().replaceAll("O", "0").replace(/[IL]/g, "1").replace(/[^0-9A-Z]/g, "").match(/.{1,4}/g)?.join("-") ?? "";

/**
 * @param {string} words
 * @param {Uint8Array<ArrayBuffer>} salt
 * @param {number} iterations
 */
async function derive(words, salt, iterations) {
  const base = await subtle.importKey("raw", bytes(words.normalize("NFC")), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/**
 * Locks a secret by words people know.
 * @param {Uint8Array<ArrayBuffer>} secret
 * @param {string} words
 * @returns {Promise<Locked>}
 */
export async function lock(secret, words) {
  const [salt, iv] = [random(16), random(12)];
  const sealed = await subtle.encrypt({ name: "AES-GCM", iv }, await derive(words, salt, ROUNDS), secret);
  return { salt: toBase64(salt), iterations: ROUNDS, iv: toBase64(iv), sealed: toBase64(sealed) };
}

/**
 * Unlocks it again; rejects where the words are not the ones it was locked by.
 * @param {Locked} locked
 * @param {string} words
 */
export async function unlock(locked, words) {
  const key = await derive(words, fromBase64(locked.salt), locked.iterations);
  const how = { name: "AES-GCM", iv: fromBase64(locked.iv) };
  return new Uint8Array(await subtle.decrypt(how, key, fromBase64(locked.sealed)));
}

/**
 * Wraps the delegation's key for the seat with that public key.
 * @param {string} spki
 * @param {Uint8Array<ArrayBuffer>} raw
 */
export async function wrapFor(spki, raw) {
  const key = await subtle.importKey("spki", fromBase64(spki), RSA, false, ["encrypt"]);
  return toBase64(await subtle.encrypt({ name: "RSA-OAEP" }, key, raw));
}

/**
 * Unwraps the delegation's key with a seat's private one.
 * @param {Uint8Array<ArrayBuffer>} pkcs8
 * @param {string} wrapped
 */
export async function unwrap(pkcs8, wrapped) {
  const key = await subtle.importKey("pkcs8", pkcs8, RSA, false, ["decrypt"]);
  return new Uint8Array(await subtle.decrypt({ name: "RSA-OAEP" }, key, fromBase64(wrapped)));
}

/**
 * Returns a number by which two people compare a public key aloud: six groups of five figures.
 * @param {string} spki
 */
export async function number(spki) {
  const digest = new DataView(await subtle.digest("SHA-256", fromBase64(spki)));
  return [0, 2, 4, 6, 8, 10].map((at) => String(digest.getUint16(at)).padStart(5, "0")).join(" ");
}

/**
 * Seals a note. The seal names the note and its wording, so that no other can be put in its place.
 * @param {CryptoKey} key
 * @param {string} id
 * @param {number} rev
 * @param {Note} note
 */
export async function seal(key, id, rev, note) {
  const plain = bytes(JSON.stringify(note));
  const padded = new Uint8Array(Math.ceil(plain.length / PADDED_TO) * PADDED_TO).fill(32);
  padded.set(plain);
  const iv = random(12);
  const how = { name: "AES-GCM", iv, additionalData: bytes(`${id}:${rev}`) };
  const sealed = new Uint8Array(await subtle.encrypt(how, key, padded));
  const whole = new Uint8Array(iv.length + sealed.length);
  whole.set(iv);
  whole.set(sealed, iv.length);
  return toBase64(whole);
}

/**
 * Opens a note; rejects where it was not sealed with this key, as this note, in this wording.
 * @param {CryptoKey} key
 * @param {string} id
 * @param {number} rev
 * @param {string} sealed
 * @returns {Promise<Note>}
 */
export async function open(key, id, rev, sealed) {
  const whole = fromBase64(sealed);
  const how = { name: "AES-GCM", iv: whole.slice(0, 12), additionalData: bytes(`${id}:${rev}`) };
  return JSON.parse(new TextDecoder().decode(await subtle.decrypt(how, key, whole.slice(12))));
}
