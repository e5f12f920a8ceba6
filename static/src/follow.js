/* Pages that only follow: lists, documents, homes. What changes on them is swapped where it stands. */
import { start } from "./live/start.js";
import { watchStances } from "./pages/stances.js";

start();
watchStances();
