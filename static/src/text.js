/* The text page and a provision's own page: live, with one provision in focus and the panel beside it. */
import { start } from "./live/start.js";
import { watchFocus } from "./pages/focus.js";
import { watchSelections } from "./pages/selections.js";
import { watchStances } from "./pages/stances.js";

start();
watchFocus();
watchSelections();
watchStances();
