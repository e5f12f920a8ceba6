/* The opened key on this device: for eight hours, for one seat, and in a form that cannot be read out. Signing out and
   the button "Lock" forget it. */

const NAME = "rolling-text-notes";
const STORE = "keys";
const KEPT_MS = 8 * 3600 * 1000;

/**
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} act
 * @returns {Promise<T>}
 */
function act(mode, act) {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "seat" });
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      const transaction = asked.result.transaction(STORE, mode);
      const done = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => (asked.result.close(), resolve(done.result));
      transaction.onerror = transaction.onabort = () => (asked.result.close(), reject(transaction.error));
    };
  });
}

const seat = () => document.documentElement.dataset.seat ?? "";

/**
 * @param {string} id
 * @param {CryptoKey} key
 */
export const keep = (id, key) =>
  act("readwrite", (store) => store.put({ seat: seat(), id, key, until: Date.now() + KEPT_MS }));

/** Returns the key with that id if this seat opened it here not long ago. @param {string} id */
export async function recall(id) {
  const found = await act("readonly", (store) => store.get(seat()));
  if (found && found.id === id && found.until > Date.now()) return /** @type {CryptoKey} */ (found.key);
  if (found) await forget();
  return null;
}

/** Forgets every key on this device. */
export const forget = () => act("readwrite", (store) => store.clear());
