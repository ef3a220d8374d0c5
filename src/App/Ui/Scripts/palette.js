// Ctrl+K.
import { ask } from "./search.js";

function open() {
  const dialog = document.getElementById("palette");
  if (!dialog || dialog.open) return;
  const box = dialog.querySelector("[data-search]");
  box.dataset.searchEmpty = "";
  box.value = "";
  dialog.showModal();
  box.focus();
  ask(box, false);
}

document.addEventListener("palette-open", open);
document.addEventListener("click", e => { if (e.target.closest("[data-palette]")) open(); });
