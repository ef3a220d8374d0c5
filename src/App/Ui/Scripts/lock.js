// The screen lock: after the idle time, on demand, and in all tabs of the browser at once. The page below stays as it is;
// the server refuses everything but unlocking meanwhile.
const lookEveryMs = 5000;
const tell = new BroadcastChannel("openhall-lock");
const key = "openhall-last-touch";

const dialog = () => document.getElementById("screen-lock");

function touch() {
  if (!dialog()?.open) localStorage.setItem(key, String(Date.now()));
}
let moved = 0;
for (const kind of ["keydown", "pointerdown", "wheel", "touchstart"]) addEventListener(kind, touch, { passive: true, capture: true });
addEventListener("pointermove", () => { if (Date.now() - moved > 1000) { moved = Date.now(); touch(); } }, { passive: true });
touch();

// A machine that slept has been idle all the while: the wall clock tells, not the timer.
setInterval(() => {
  const box = dialog();
  if (!box || box.open) return;
  if (Date.now() - Number(localStorage.getItem(key) ?? Date.now()) >= Number(box.dataset.lockAfter) * 1000) lock(true);
}, lookEveryMs);

function lock(askServer) {
  const box = dialog();
  if (!box || box.open) return;
  document.documentElement.dataset.locked = "";
  box.showModal();
  box.querySelector("[name=Pin], [name=Password]")?.focus();
  if (!askServer) return;
  tell.postMessage("lock");
  const token = box.querySelector("[name=__RequestVerificationToken]")?.value ?? "";
  // Without an answer the screen stays shut here; the server hears of it with the next try.
  fetch("/lock", { method: "POST", headers: { "HX-Request": "true", RequestVerificationToken: token } }).catch(() => {});
}

function open() {
  const box = dialog();
  if (!box) return;
  delete document.documentElement.dataset.locked;
  box.querySelector("#unlock")?.reset();
  box.close();
  touch();
}

document.addEventListener("cancel", e => { if (e.target.id === "screen-lock") e.preventDefault(); }, true);
document.addEventListener("keydown", e => { if (e.key === "Escape" && dialog()?.open) { e.preventDefault(); e.stopImmediatePropagation(); } }, true);
document.addEventListener("submit", e => {
  if (e.target.matches("form[action='/lock']") && dialog()) { e.preventDefault(); lock(true); }
  if (e.target.matches("[data-change-person]")) {
    const back = e.target.elements.Back;
    if (back && !back.value) back.value = location.pathname + location.search;
  }
}, true);
document.addEventListener("once-done", e => {
  if (e.target.id !== "unlock" || !dialog()?.open) return;
  tell.postMessage("open");
  open();
});
// A part of the page heard that the session is locked: shut here as well, what was typed stays below.
document.addEventListener("session-locked", () => lock(false));
tell.addEventListener("message", e => { if (e.data === "lock") lock(false); else open(); });
// Another tab or device locked this session: the server says 423 to whatever the page asks for.
document.addEventListener("htmx:beforeOnLoad", e => { if (e.detail.xhr.status === 423) { e.preventDefault(); lock(false); } });
