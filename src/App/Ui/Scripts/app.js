// What every page loads. Each file minds one thing and finds its elements by data attributes, so swapped-in parts work as well.
import htmx from "htmx.org";
import "./theme.js";
import "./net.js";
import "./keys.js";
import "./dialogs.js";
import "./once.js";
import "./money.js";
import "./workbench.js";
import "./search.js";
import "./palette.js";
import "./list.js";
import "./live.js";
import "./speech.js";
import "./print.js";
import "./charts.js";
import "./screens.js";
import "./lock.js";
import "./approval.js";
import "./passkey.js";
import "./duties.js";
import "./sign.js";

window.htmx = htmx;
