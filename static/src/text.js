/* The text page and a provision's own page: live, with one provision in focus and the panel beside it. */
import { watchPen } from "./live/pen.js";
import { start } from "./live/start.js";
import { watchCopying } from "./pages/copying.js";
import { watchFloorLine } from "./pages/floorline.js";
import { watchFocus } from "./pages/focus.js";
import { markNews, watchJumps } from "./pages/jumping.js";
import { watchSelections } from "./pages/selections.js";
import { watchStances } from "./pages/stances.js";

const live = start();
if (live) watchPen(live);
watchCopying();
watchFocus();
watchJumps();
void markNews();
watchFloorLine();
watchSelections();
watchStances();
