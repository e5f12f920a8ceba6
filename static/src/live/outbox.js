/* What was typed and is not stored yet, kept on this device: it outlives a reload, a crash and a dead line.

   One record for each browser name (`client`); whoever holds its Web Lock is alive, and the next tab of the same seat
   adopts what a dead one left. */

const NAME = "rolling-text";
const SENT = "outbox";
const REFUSED = "tray";

/** @typedef {import("./opclient.js").Kept} Kept */
/** @typedef {{client: string, seat: string, page: string, kept: Kept}} Record */
/** @typedef {{id: string, seat: string, page: string, at: number, text: string, place: string, words: string[], message: string}} Leftover */

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore(SENT, { keyPath: "client" });
      asked.result.createObjectStore(REFUSED, { keyPath: "id" });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

/** @type {Promise<IDBDatabase> | null} */ let opened = null;

/**
 * @template T
 * @param {string} store
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} act
 * @returns {Promise<T>}
 */
async function act(store, mode, act) {
  const database = await (opened ??= open());
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(store, mode, { durability: "strict" });
    const asked = act(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

/** @param {Record} record */
export function keep(record) {
  const empty = !record.kept.under && !Object.keys(record.kept.sheets).length;
  return empty
    ? act(SENT, "readwrite", (store) => store.delete(record.client))
    : act(SENT, "readwrite", (store) => store.put(record));
}

/** @param {Leftover} leftover */
export const shelve = (leftover) => act(REFUSED, "readwrite", (store) => store.put(leftover));

/** @param {string} id */
export const unshelve = (id) => act(REFUSED, "readwrite", (store) => store.delete(id));

/**
 * @param {string} seat
 * @returns {Promise<Leftover[]>}
 */
export async function shelved(seat) {
  const all = /** @type {Leftover[]} */ (await act(REFUSED, "readonly", (store) => store.getAll()));
  return all.filter((leftover) => leftover.seat === seat);
}

/**
 * Holds the lock of a browser's name as long as this page lives.
 * @param {string} client
 */
export function live(client) {
  return new Promise((resolve) => {
    navigator.locks.request(lock(client), () => {
      resolve(undefined);
      return new Promise(() => {}); // never given back
    });
  });
}

/**
 * Returns what dead tabs of this seat left, each now ours.
 * @param {string} seat
 * @returns {Promise<Record[]>}
 */
export async function adopt(seat) {
  const all = /** @type {Record[]} */ (await act(SENT, "readonly", (store) => store.getAll()));
  /** @type {Record[]} */ const ours = [];
  for (const record of all.filter((one) => one.seat === seat)) {
    const taken = await new Promise((resolve) => {
      navigator.locks.request(lock(record.client), { ifAvailable: true }, (held) => {
        resolve(held !== null);
        return held ? new Promise(() => {}) : undefined;
      });
    });
    if (taken) ours.push(record);
  }
  return ours;
}

/**
 * Tells whether words of this seat wait on this device, or of any seat where none is given.
 * @param {string} [seat]
 */
export async function isKept(seat) {
  if (!("indexedDB" in globalThis)) return false;
  const all = [SENT, REFUSED].map((name) => act(name, "readonly", (store) => store.getAll()));
  return (await Promise.all(all)).flat().some((record) => seat === undefined || record.seat === seat);
}

/** Forgets everything on this device: somebody signs out. */
export async function wipe() {
  await act(SENT, "readwrite", (store) => store.clear());
  await act(REFUSED, "readwrite", (store) => store.clear());
}

/** @param {string} client */
const lock = (client) => `rolling-outbox-${client}`;
