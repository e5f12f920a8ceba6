/* New proposals are counted at the foot of the page and wait there: nothing at hand moves before R is pressed. */

/** @param {import("../live/start.js").Live | null} live */
export function count(live) {
  const line = document.querySelector("[data-arrivals]");
  if (!live || !(line instanceof HTMLElement)) return;
  let arrived = 0;
  live.on("tick", (message) => {
    for (const item of message.items) arrived += item.kind === "amendment-submitted" ? 1 : 0;
    if (!arrived) return;
    line.textContent = `${arrived === 1 ? "1 new proposal waits" : `${arrived} new proposals wait`} below the line · R`;
    line.hidden = false;
  });
}
