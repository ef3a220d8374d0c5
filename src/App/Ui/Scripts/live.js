// Parts of a page that follow the hall. The event stream only hints; the truth is fetched, and again after every reconnect.
// A hidden page closes its stream (a browser has six connections for a host over HTTP/1.1); boards never do.
import htmx from "htmx.org";
import { closed, netSay } from "./net.js";
import { say, whenThere } from "./say.js";

const staleAfterMs = 10000;
/** A part that asks more rarely than that (the stream tells it of news) is old only after its own time. */
const mayBeOld = region => { const every = Number(region.dataset.liveEvery ?? 0) * 1000; return every === 0 ? Infinity : every < staleAfterMs ? staleAfterMs : every + staleAfterMs; };
const retryMs = [500, 1000, 2000, 5000];
const regions = new Map();
let stream, streamKey = "", tries = 0, retry;

const clockText = at => new Date(at).toLocaleTimeString("zh-CN", { hour12: false, timeZone: "Asia/Shanghai" });

function settle() {
  for (const [region, state] of regions) if (!region.isConnected) { clearInterval(state.timer); regions.delete(region); }
  const all = [...regions.keys()];
  const mayListen = !document.hidden || all.some(r => "liveAlways" in r.dataset);
  const topics = [...new Set(all.flatMap(r => r.dataset.live.split(",").map(t => t.trim()).filter(Boolean)))].sort();
  const halls = [...new Set(all.map(r => r.dataset.liveHall ?? ""))];
  const key = mayListen && topics.length ? `/live?${halls.length === 1 && halls[0] ? `hall=${halls[0]}&` : ""}topics=${encodeURIComponent(topics.join(","))}` : "";
  if (key === streamKey && (!key || stream)) return;
  stream?.close();
  stream = undefined;
  streamKey = key;
  clearTimeout(retry);
  if (key) listen(key);
}

function listen(key) {
  const mine = stream = new EventSource(key);
  mine.addEventListener("changed", e => {
    tries = 0;
    for (const region of regions.keys()) if (e.data === "hello" || region.dataset.live.split(",").includes(e.data)) fetchAnew(region);
  });
  // The browser gives up after some answers (a proxy's 502); we don't.
  mine.onerror = () => {
    if (mine.readyState !== EventSource.CLOSED || stream !== mine) return;
    stream = undefined;
    retry = setTimeout(() => { if (streamKey === key) listen(key); }, retryMs[Math.min(tries++, retryMs.length - 1)]);
  };
}

/** One request at a time for a part; a hint in between asks once more afterwards. */
async function fetchAnew(region) {
  const state = regions.get(region);
  if (!state || (document.hidden && !("liveAlways" in region.dataset))) return;
  if (state.isAsking) { state.again = true; return; }
  state.isAsking = true;
  try {
    // What is shown names its version: the same again is answered by 204 without a body.
    const shown = region.querySelector("[data-version]")?.dataset.version;
    const answer = await fetch(region.dataset.liveSrc, { headers: { "HX-Request": "true", ...(shown && { "X-Version": shown }) }, cache: "no-store", signal: AbortSignal.timeout(8000) });
    if ([401, 423].includes(answer.status)) { if (!("liveAlways" in region.dataset)) closed(answer.status); return; }
    document.dispatchEvent(new CustomEvent("net-answered"));
    if (answer.status === 204) state.at = Date.now();
    if (answer.ok && answer.status !== 204) {
      const html = await answer.text();
      state.at = Date.now();
      if (html !== state.html) show(region, state, html);
      state.html = html;
    }
  } catch (error) {
    // A slow answer is told by its age below; a line that is cut, at once.
    if (error instanceof TypeError) document.dispatchEvent(new CustomEvent("net-cut"));
  } finally {
    state.isAsking = false;
    if (state.again) { state.again = false; fetchAnew(region); }
  }
}

/** Puts the news in place. What somebody is writing in there is not taken from under the hands: it waits until they leave the field. */
function show(region, state, html) {
  if (!region.isConnected) return;
  const at = document.activeElement;
  if (region.contains(at) && at.matches("input:not([type=radio], [type=checkbox]), textarea, select")) {
    if (!state.later) at.addEventListener("blur", () => { const late = state.later; state.later = null; show(region, state, late); }, { once: true });
    state.later = html;
    return;
  }
  const back = keepPlace(region);
  htmx.swap(region, html, { swapStyle: "innerHTML", swapDelay: 0, settleDelay: 0 });
  back();
  region.dispatchEvent(new CustomEvent("live-changed", { bubbles: true }));
}

/** Remembers focus, open menus and scroll of a part by what names them, and gives them back to what stands there now. */
function keepPlace(region) {
  const scrolled = [region, ...region.querySelectorAll("*")].filter(e => e.scrollTop || e.scrollLeft).map(e => [nameOf(e), e.scrollTop, e.scrollLeft]);
  const open = [...region.querySelectorAll("details[open]")].map(nameOf);
  const focused = region.contains(document.activeElement) ? nameOf(document.activeElement) : null;
  return () => {
    const all = new Map([region, ...region.querySelectorAll("*")].map(e => [nameOf(e), e]).reverse());
    for (const [name, top, left] of scrolled) Object.assign(all.get(name) ?? {}, { scrollTop: top, scrollLeft: left });
    for (const name of open) if (all.get(name)) all.get(name).open = true;
    if (focused) all.get(focused)?.focus({ preventScroll: true });
  };
}

const nameOf = e => e.id || [e.localName, e.className, e.getAttribute("name"), e.getAttribute("value"), e.getAttribute("formaction"), e.getAttribute("href"), e.parentElement?.className].join("|");

function tellAge() {
  let oldest = Infinity;
  for (const [region, state] of regions) {
    const isStale = Date.now() - state.at > mayBeOld(region) && (!document.hidden || "liveAlways" in region.dataset);
    region.toggleAttribute("data-stale", isStale);
    if (isStale) oldest = Math.min(oldest, state.at);
  }
  const text = oldest < Infinity ? say("cut", clockText(oldest)) : null;
  const places = document.querySelectorAll("[data-live-age]");
  for (const place of places) { place.hidden = !text; if (text && place.textContent !== text) place.textContent = text; }
  if (!places.length) netSay("live", text);
}

whenThere("[data-live]", region => {
  if (regions.has(region)) return;
  const every = Number(region.dataset.liveEvery ?? 0) * 1000;
  const state = { at: Date.now(), html: null, isAsking: false, again: false, timer: every ? setInterval(() => fetchAnew(region), every) : 0 };
  regions.set(region, state);
  queueMicrotask(settle);
});

setInterval(() => { if (regions.size) { settle(); tellAge(); } }, 1000);
document.addEventListener("visibilitychange", () => { settle(); if (!document.hidden) for (const region of regions.keys()) fetchAnew(region); });
for (const name of ["online", "net-back"]) (name === "online" ? window : document).addEventListener(name, () => { for (const region of regions.keys()) fetchAnew(region); });
addEventListener("pagehide", () => stream?.close());

// Screens that run for weeks begin anew every night, in the quiet hour they name: data-nightly="03:30".
whenThere("[data-nightly]", screen => {
  const [hour, minute] = screen.dataset.nightly.split(":").map(Number);
  const then = new Date();
  then.setHours(hour, minute, Math.floor(Math.random() * 60), 0);
  if (then <= Date.now()) then.setDate(then.getDate() + 1);
  setTimeout(async function renew() {
    try { await fetch(location.href, { method: "HEAD", cache: "no-store" }); location.reload(); } catch { setTimeout(renew, 60000); }
  }, then - Date.now());
});

// A kiosk left alone goes back to its start: data-idle-seconds and data-idle-href.
whenThere("[data-idle-href]", screen => {
  let timer;
  const again = () => { clearTimeout(timer); if (screen.isConnected) timer = setTimeout(() => { if (screen.isConnected) location.replace(screen.dataset.idleHref); }, Number(screen.dataset.idleSeconds ?? 15) * 1000); };
  for (const kind of ["pointerdown", "keydown", "touchstart"]) document.addEventListener(kind, again, { passive: true });
  again();
});
