// Words of the scripts: the server gives them in the reader's language on <body data-words>.
let words;

export function say(key, ...values) {
  words ??= JSON.parse(document.body.dataset.words ?? "{}");
  return (words[key] ?? key).replace(/\{(\d)\}/g, (_, i) => values[i] ?? "");
}

/** A short word at the corner, read out, gone after six seconds. */
export function toast(text) {
  const place = document.querySelector("[data-toasts]");
  if (!place) return;
  const note = Object.assign(document.createElement("div"), { className: "toast", textContent: text });
  place.append(note);
  setTimeout(() => note.remove(), 6000);
}

/** Takes a cookie that the server left for this page, once. */
export function takeCookie(name) {
  const found = document.cookie.split("; ").find(part => part.startsWith(name + "="));
  if (!found) return null;
  document.cookie = `${name}=; max-age=0; path=/`;
  return decodeURIComponent(found.slice(name.length + 1));
}

/** Runs for the elements that are there and for those swapped in later. */
export function whenThere(selector, act) {
  const look = root => {
    if (root.matches?.(selector)) act(root);
    root.querySelectorAll?.(selector).forEach(act);
  };
  const start = () => look(document);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
  document.addEventListener("htmx:load", e => { if (e.target !== document.body) look(e.target); });
}

whenThere("body", () => {
  const said = takeCookie("said");
  if (said) toast(said);
});
