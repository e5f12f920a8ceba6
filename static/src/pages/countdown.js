/* The seconds left to object, beside the hour that says the same without a script. */

/** Counts down on every element with `data-closes` (seconds since 1970). */
export function watchCountdowns() {
  setInterval(() => {
    for (const element of document.querySelectorAll("[data-closes]")) {
      const left = Math.ceil(Number(element.getAttribute("data-closes")) - Date.now() / 1000);
      const said = left > 0 ? `: ${left} s` : ": the moment is over";
      if (element.textContent === said) continue;
      element.textContent = said;
      for (const late of element.closest(".asking")?.querySelectorAll("button[value=object]") ?? []) {
        if (left <= 0) late.setAttribute("disabled", "");
      }
    }
  }, 250);
}
