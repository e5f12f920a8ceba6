/* A form that takes its time says so while it is sent, and is not sent twice: `data-once` holds what it says. */

export function watchSending() {
  for (const form of document.querySelectorAll("form[data-once]")) {
    if (form instanceof HTMLFormElement) form.addEventListener("submit", send);
  }
  // Who comes back to the page finds its forms as they were.
  addEventListener("pageshow", () => document.querySelectorAll("form[aria-busy]").forEach(release));
}

/** @param {SubmitEvent} event */
function send(event) {
  const form = event.currentTarget;
  if (!(form instanceof HTMLFormElement)) return;
  if (form.hasAttribute("aria-busy")) return event.preventDefault();
  form.setAttribute("aria-busy", "true");
  const told = document.createElement("p");
  told.className = "sending";
  told.setAttribute("role", "status");
  told.textContent = form.dataset.once ?? "";
  form.append(told);
}

/** @param {Element} form */
function release(form) {
  form.removeAttribute("aria-busy");
  form.querySelector(".sending")?.remove();
}
