/* Small pieces the notes' page is put together from; words go in as text, never as markup. */

/**
 * Returns an element found under `root`, or fails loudly: the page and its script belong together.
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new (...args: never[]) => T} type
 */
export function find(root, selector, type) {
  const found = root.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`The page lacks ${selector}.`);
  return found;
}

/** @param {ParentNode} root @param {string} selector */
export const field = (root, selector) =>
  /** @type {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} */ (find(root, selector, HTMLElement));

/**
 * Returns a copy of what a template holds.
 * @param {string} name
 */
export function copy(name) {
  const template = find(document, `template[data-${name}]`, HTMLTemplateElement);
  const made = template.content.firstElementChild?.cloneNode(true);
  if (!(made instanceof HTMLElement)) throw new Error(`The template ${name} is empty.`);
  return made;
}

/**
 * Returns an element with words in it.
 * @param {string} tag
 * @param {string} words
 * @param {string} [name]
 */
export function element(tag, words, name = "") {
  const made = document.createElement(tag);
  made.textContent = words;
  if (name) made.className = name;
  return made;
}

/**
 * Acts when a form is sent, which it never is: its fields have no names, and the press ends here.
 * @param {HTMLElement} form
 * @param {() => Promise<void>} act
 * @param {(message: string) => void} say
 */
export function onSend(form, act, say) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button:not([type=button])");
    button?.setAttribute("aria-disabled", "true");
    say("");
    try {
      await act();
    } catch (error) {
      say(error instanceof Error && error.message ? error.message : "This did not work: try again.");
    } finally {
      button?.removeAttribute("aria-disabled");
    }
  });
}
