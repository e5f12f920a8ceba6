/* Stances without leaving the page: the form is sent, the fragment around it comes back by the live line. */

/** Takes over the forms marked `data-stance`; without a script they are plain forms. */
export function watchStances() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-stance]")) return;
    event.preventDefault();
    send(form, /** @type {SubmitEvent} */ (event).submitter);
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} pressed
 */
async function send(form, pressed) {
  const body = new FormData(form, pressed instanceof HTMLButtonElement ? pressed : null);
  if (form.ariaBusy) return;
  const buttons = [...form.querySelectorAll("button")];
  form.ariaBusy = "true"; // a button switched off would lose the focus
  say(form, "");
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      credentials: "same-origin",
    });
    const said = await answer.json();
    if (answer.ok) settle(buttons, pressed);
    else say(form, said.message);
  } catch {
    say(form, "Not sent: the line is down. Your stance is not recorded yet.");
  } finally {
    form.ariaBusy = null;
  }
}

/**
 * Shows the stance taken until the fragment comes back with what the server says.
 * @param {HTMLButtonElement[]} buttons
 * @param {HTMLElement | null} pressed
 */
function settle(buttons, pressed) {
  const was = pressed?.getAttribute("aria-pressed") === "true";
  for (const button of buttons) button.setAttribute("aria-pressed", String(button === pressed && !was));
}

/**
 * @param {HTMLFormElement} form
 * @param {string} words
 */
function say(form, words) {
  let line = form.querySelector(".wrong");
  if (!line && words) {
    line = document.createElement("p");
    line.className = "wrong";
    line.setAttribute("role", "alert");
    form.append(line);
  }
  if (line) line.textContent = words;
}
