/* Signing out with words that are not stored asks first, and then leaves nothing of them on this device. */
import { forget } from "../notes/keeping.js";
import { isKept, wipe } from "./outbox.js";

/** Watches the doors out of the site. */
export function watchSigningOut() {
  document.addEventListener("click", (event) => {
    const door = event.target instanceof Element ? event.target.closest("a[data-signs-out]") : null;
    if (!(door instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    void leave(door.href);
  });
}

/** @param {string} address */
async function leave(address) {
  if ((await isKept()) && !confirm("Words you typed are not stored yet. Sign out and lose them?")) return;
  await Promise.all([wipe(), forget()]);
  location.assign(address);
}
