// Type-ahead search that a scanner can't outrun: the answer shown is always for what stands in the box, and Enter asks for
// exactly that. <input data-search="/address" data-search-target="#hits">; the answer's root names its words in data-query.
import htmx from "htmx.org";
import { closed } from "./net.js";
import { whenThere } from "./say.js";

const pauseMs = 60;
const asks = new WeakMap();

const list = box => document.querySelector(box.dataset.searchTarget);
const hits = box => [...(list(box)?.querySelectorAll("[role=option]") ?? [])];
const words = box => box.value.trim();
const shownWords = box => list(box)?.querySelector("[data-query]")?.dataset.query.trim() ?? null;
const isUpToDate = box => shownWords(box) === words(box);

function ask(box, isFinal) {
  const before = asks.get(box);
  clearTimeout(before?.timer);
  before?.stop.abort();
  const stop = new AbortController();
  const now = { stop, timer: 0, at: performance.now() };
  asks.set(box, now);
  const go = async () => {
    try {
      // In a header: names and telephones have no place in an address.
      const answer = await fetch(box.dataset.search, { headers: { "HX-Request": "true", "X-Words": encodeURIComponent(words(box)) }, cache: "no-store", signal: stop.signal });
      if (closed(answer.status)) return;
      if (!answer.ok) return;
      const html = await answer.text();
      if (asks.get(box) !== now) return;
      document.dispatchEvent(new CustomEvent("net-answered"));
      htmx.swap(list(box), html, { swapStyle: "innerHTML", swapDelay: 0, settleDelay: 0 });
      choose(box, hits(box)[0]);
      if (isFinal) pick(box, true);
    } catch (error) {
      if (error.name !== "AbortError") document.dispatchEvent(new CustomEvent("net-cut"));
    }
  };
  // A single key asks at once; a burst of a scanner or a fast hand asks when it ends.
  const isBurst = now.at - (before?.at ?? -Infinity) < pauseMs;
  if (isFinal || !isBurst) go(); else now.timer = setTimeout(go, pauseMs);
}

function choose(box, hit) {
  for (const other of hits(box)) other.setAttribute("aria-selected", String(other === hit));
  if (hit) { hit.id ||= `hit-${hits(box).indexOf(hit)}`; box.setAttribute("aria-activedescendant", hit.id); hit.scrollIntoView({ block: "nearest" }); } else box.removeAttribute("aria-activedescendant");
}

/** After a scan only the exact hit, or the only one, is opened by itself; else the clerk chooses. */
function pick(box, isByItself) {
  const all = hits(box);
  const exact = all.filter(hit => "exact" in hit.dataset);
  const hit = isByItself ? (exact.length === 1 ? exact[0] : all.length === 1 ? all[0] : null) : all.find(h => h.getAttribute("aria-selected") === "true") ?? all[0];
  if (!hit) return;
  box.closest("dialog")?.close();
  if ("clears" in box.dataset) { box.value = ""; list(box).replaceChildren(); }
  hit.click();
}

document.addEventListener("input", e => {
  const box = e.target.closest?.("[data-search]");
  if (!box || e.isComposing) return;
  if (words(box) === "" && !("searchEmpty" in box.dataset)) { asks.get(box)?.stop.abort(); clearTimeout(asks.get(box)?.timer); asks.delete(box); list(box)?.replaceChildren(); } else ask(box, false);
});
document.addEventListener("compositionend", e => { if (e.target.matches?.("[data-search]")) ask(e.target, false); });

document.addEventListener("keydown", e => {
  const box = e.target.closest?.("[data-search]");
  if (!box || e.isComposing || e.keyCode === 229) return;
  if (e.key === "Enter") {
    e.preventDefault();
    e.stopPropagation();
    if (words(box) === "") return;
    if (isUpToDate(box)) pick(box, false); else ask(box, true);
  } else if (e.key === "ArrowDown" || e.key === "ArrowUp") {
    const all = hits(box);
    if (!all.length) return;
    e.preventDefault();
    e.stopPropagation();
    const at = all.findIndex(hit => hit.getAttribute("aria-selected") === "true");
    choose(box, all[(at + (e.key === "ArrowDown" ? 1 : -1) + all.length) % all.length]);
  }
}, true);

whenThere("[data-search]", box => { if (!box.closest("dialog") && words(box) !== "" && shownWords(box) !== words(box)) ask(box, false); });
export { ask };
