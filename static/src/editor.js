/* What typing needs, loaded when somebody first takes the pen: most readers never do. */
import { Desk } from "./live/desk.js";

/** @type {Promise<Desk> | null} */
let desk = null;

/**
 * Returns the page's one desk, with what dead tabs left taken over.
 * @param {import("./live/start.js").Live} live
 * @param {string} seat
 * @returns {Promise<Desk>}
 */
export function open(live, seat) {
  desk ??= (async () => {
    const made = new Desk(live, seat);
    await made.restore();
    return made;
  })();
  return desk;
}
