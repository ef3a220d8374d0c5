// Hands stay on the keyboard: Enter goes on, Esc goes back, F-keys act, arrows move, ? tells.
const typing = "input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=range], [type=file]), textarea, select, [contenteditable]";
const stops = "input:not([type=hidden], [readonly]), select, textarea";
const visible = element => element.checkVisibility?.() ?? element.offsetParent !== null;
const usable = element => !element.disabled && element.getAttribute("aria-disabled") !== "true" && visible(element);
/** Where keys act now: the open dialog, else the page. */
const stage = () => [...document.querySelectorAll("dialog[open]")].at(-1) ?? document;

function press(control) {
  if (control.matches(typing)) { control.focus(); control.select?.(); } else if (control.getAttribute("aria-busy") !== "true") { if (control.matches("button, a, summary")) control.focus({ preventScroll: true }); control.click(); }
}

document.addEventListener("keydown", e => {
  // Chinese input: this key chooses a word; it is not for us.
  if (e.isComposing || e.keyCode === 229) { if (e.key === "Enter") e.stopPropagation(); return; }
  const here = e.target instanceof Element ? e.target : document.body;
  const inField = here.matches(typing);

  if (e.key === "k" && (e.ctrlKey || e.metaKey) && !e.altKey && !e.shiftKey) { e.preventDefault(); document.dispatchEvent(new CustomEvent("palette-open")); return; }
  if (e.ctrlKey || e.metaKey) return;
  if (e.altKey) {
    const pane = /^[1-4]$/.test(e.key) && document.querySelector(`[data-pane="${e.key}"]`);
    if (pane) { e.preventDefault(); (pane.querySelector("[data-pane-start], " + stops) ?? pane).focus(); }
    return;
  }
  if (/^F\d+$/.test(e.key)) {
    const control = [...stage().querySelectorAll(`[data-key="${e.key}"]`)].find(usable);
    if (control) { e.preventDefault(); if (!e.repeat) press(control); } else if (document.querySelector(`[data-key="${e.key}"]`)) e.preventDefault();
    return;
  }
  if (e.key === "Escape") { if (back(here)) e.preventDefault(); return; }
  if (e.key === "?" && !inField) { e.preventDefault(); help(); return; }
  if ((e.key === "ArrowDown" || e.key === "ArrowUp") && move(here, e.key === "ArrowDown" ? 1 : -1)) { e.preventDefault(); return; }
  if (e.key === "Enter") { enter(e, here); return; }
  // A scanner, or a clerk who types without looking: the page's search box takes it.
  if (e.key.length === 1 && e.key !== " " && !inField && !here.closest("dialog, [role=listbox]")) document.querySelector("[data-scan]")?.focus();
});

function enter(e, here) {
  if (here.matches("tr[data-href]")) { e.preventDefault(); location.assign(here.dataset.href); return; }
  const form = here.closest("form[data-enter=next]");
  if (!form || !here.matches(stops) || here.matches("textarea, [data-search], [data-enter=submit]")) return;
  const fields = [...form.querySelectorAll(stops)].filter(usable);
  const group = here.type === "radio" ? field => !(field.type === "radio" && field.name === here.name) : () => true;
  const next = fields.slice(fields.indexOf(here) + 1).find(group);
  if (!next) return;
  e.preventDefault();
  next.focus();
  if (next.matches(typing) && next.select && next.value) next.select();
}

/** One step back: a small menu, a dialog, the search's words, the page's own way back. Never clears money. */
function back(here) {
  const drop = document.querySelector("details.drop[open]");
  if (drop) { drop.open = false; drop.querySelector("summary").focus(); return true; }
  const root = document.documentElement;
  if (root.dataset.menu === "over") { root.dataset.menu = ""; document.querySelector("[data-menu-switch]").focus(); return true; }
  if (document.querySelector("dialog[open]")) return false; // the platform closes it
  if (here.matches("input[type=search]") && here.value) {
    here.value = "";
    here.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  }
  const way = document.querySelector("[data-escape]");
  if (way && usable(way)) { way.click(); return true; }
  return false;
}

/** Up and down in the rows of a list and in the hits of a search. */
function move(here, step) {
  const row = here.closest("[data-rows] tbody tr");
  if (row && !here.matches(typing)) {
    const to = step > 0 ? row.nextElementSibling : row.previousElementSibling;
    if (to) { to.tabIndex = 0; to.focus(); row.tabIndex = -1; }
    return true;
  }
  const list = here.closest("[data-list]");
  if (step > 0 && here.matches("[data-list-search]") && list) {
    const first = list.querySelector("[data-rows] tbody tr");
    if (first) { first.tabIndex = 0; first.focus(); return true; }
  }
  return false;
}

document.addEventListener("click", e => {
  const row = e.target.closest("tr[data-href]");
  if (row && !e.target.closest("a, button, input, label, summary, select") && !getSelection().toString()) {
    if (e.ctrlKey || e.metaKey) open(row.dataset.href); else location.assign(row.dataset.href);
  }
  if (e.target.closest("[data-help]")) help();
});

/** All keys of this page, read off its controls, so the list is never wrong. */
function help() {
  const dialog = document.getElementById("key-help");
  if (!dialog || dialog.open) return;
  const place = dialog.querySelector("[data-keys-here]"), list = place.querySelector("dl");
  list.replaceChildren();
  const seen = new Set();
  for (const control of document.querySelectorAll("[data-key]")) {
    if (dialog.contains(control) || !visible(control) || seen.has(control.dataset.key)) continue;
    seen.add(control.dataset.key);
    const words = control.labels?.[0] ?? control;
    const text = control.getAttribute("aria-label") ?? [...words.childNodes].filter(n => n.nodeName !== "KBD").map(n => n.textContent).join(" ").replace(/\s+/g, " ").trim();
    const key = document.createElement("dt"), what = document.createElement("dd");
    key.append(Object.assign(document.createElement("kbd"), { textContent: control.dataset.key }));
    what.textContent = text;
    list.append(key, what);
  }
  place.hidden = seen.size === 0;
  dialog.showModal();
}
