// <dialog> by data-opens="id"; data-closes inside it. Focus goes to the first field and comes back to the opener.
document.addEventListener("click", e => {
  const opener = e.target.closest("[data-opens]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.opens);
    if (!dialog || dialog.open) return;
    e.preventDefault();
    // data-fill="TicketId=…&Number=A001": one dialog for all rows of a list.
    for (const [name, value] of new URLSearchParams(opener.dataset.fill ?? "")) {
      for (const input of dialog.querySelectorAll(`[name="${name}"]`)) input.value = value;
      for (const place of dialog.querySelectorAll(`[data-filled="${name}"]`)) place.textContent = value;
    }
    dialog.showModal();
    (dialog.querySelector("[autofocus], input:not([type=hidden]), select, textarea") ?? dialog.querySelector(".act"))?.focus();
    return;
  }
  if (e.target.closest("[data-closes]")) e.target.closest("dialog")?.close();
  else if (e.target instanceof HTMLDialogElement && e.target.matches(".palette, #key-help") && outside(e, e.target)) e.target.close();
  // Only one small menu is open, and none after a click elsewhere.
  for (const drop of document.querySelectorAll("details.drop[open]")) if (!drop.contains(e.target)) drop.open = false;
});

function outside(e, box) {
  const r = box.getBoundingClientRect();
  return e.clientX < r.left || e.clientX > r.right || e.clientY < r.top || e.clientY > r.bottom;
}

document.addEventListener("click", e => {
  if (e.target.closest("[data-back]")) history.length > 1 ? history.back() : location.assign("/");
});
