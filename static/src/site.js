/* On every page: says that scripts run, opens find and help by key, closes menus, warns before words are lost, counts down. */
import { watchSigningOut } from "./live/leaving.js";
import { watchCountdowns } from "./pages/countdown.js";
import { listen } from "./pages/keys.js";
import { isGoing, watchSending } from "./pages/sending.js";

document.documentElement.classList.add("scripted");
watchSigningOut();
watchCountdowns();
watchSending();

listen({
  "/": () => focusFind(),
  "?": () => location.assign("/help/#keys"),
});

function focusFind() {
  const field = document.querySelector("#q");
  if (!(field instanceof HTMLInputElement)) return false;
  field.focus();
  field.select();
  return true;
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (event.target instanceof Node && !menu.contains(event.target)) menu.removeAttribute("open");
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.removeAttribute("open");
  menu.querySelector("summary")?.focus();
});

/* A field whose words are worth a question before they are left: not when its form is sent. */
for (const field of document.querySelectorAll("[data-keep]")) {
  if (!(field instanceof HTMLTextAreaElement)) continue;
  addEventListener("beforeunload", (event) => {
    if (field.value !== field.defaultValue && !isGoing(field.form)) event.preventDefault();
  });
}
