// The thin bar under the head: cut off, slow, back again. Nothing is lost meanwhile; only confirming waits.
import { say, toast } from "./say.js";

const causes = new Map();
const askAgainMs = 2000;
let asking, isLeaving = false;

/** Signed out: the page asks for the sign-in. Locked: the lock is shown over it. True if it was one of them. */
export function closed(status) {
  if (status === 423 && document.getElementById("screen-lock")) document.dispatchEvent(new CustomEvent("session-locked"));
  else if (status === 401 || status === 423) location.reload();
  else return false;
  return true;
}

/** Shows or, with null, withdraws one cause's sentence; the latest stands. */
export function netSay(cause, text) {
  if (text) causes.set(cause, text); else causes.delete(cause);
  const bar = document.querySelector("[data-net]");
  if (!bar) return;
  const latest = [...causes.values()].at(-1);
  bar.hidden = !latest;
  if (latest && bar.textContent !== latest) bar.textContent = latest;
}

function cut() {
  // What a page leaves unanswered because it goes away is no cut.
  if (isLeaving) return;
  netSay("cut", say("offline"));
  document.documentElement.dataset.offline = "";
  asking ??= setInterval(askAgain, askAgainMs);
}

/** A page that asks nothing by itself would not hear that the line, or the server, is back. */
async function askAgain() {
  try { if ((await fetch("/health/live", { cache: "no-store", signal: AbortSignal.timeout(askAgainMs) })).ok) back(); } catch { /* still cut */ }
}

function back() {
  if (!causes.has("cut")) return;
  clearInterval(asking);
  asking = undefined;
  netSay("cut", null);
  delete document.documentElement.dataset.offline;
  toast(say("online"));
  document.dispatchEvent(new CustomEvent("net-back"));
}

addEventListener("beforeunload", () => { isLeaving = true; setTimeout(() => { isLeaving = false; }, askAgainMs); });
addEventListener("offline", cut);
addEventListener("online", back);
document.addEventListener("htmx:sendError", cut);
document.addEventListener("net-cut", cut);
document.addEventListener("htmx:afterOnLoad", back);
document.addEventListener("net-answered", back);
if (!navigator.onLine) addEventListener("DOMContentLoaded", cut);

// A part that htmx asked for and that the server refused: say it where people look, never silently.
document.addEventListener("htmx:responseError", e => {
  if (closed(e.detail.xhr.status)) return;
  let text = say("failed");
  try { text = JSON.parse(e.detail.xhr.responseText).detail ?? text; } catch { /* not a problem document */ }
  toast(text);
});
