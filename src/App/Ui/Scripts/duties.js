// Checklists: 1, 2, 3 answer the line one stands on and go to the next; one button says that all that is left is right.
document.addEventListener("keydown", e => {
  if (e.isComposing || e.ctrlKey || e.altKey || e.metaKey || !/^[123]$/.test(e.key) || !e.target.matches?.("[data-check] input[type=radio]")) return;
  e.preventDefault();
  const line = e.target.closest(".check-line");
  const choice = line.querySelectorAll("input[type=radio]")[Number(e.key) - 1];
  choice.checked = true;
  const next = e.key === "2" ? line.querySelector(".check-remark") : line.nextElementSibling?.querySelector("input");
  (next ?? choice).focus();
});

document.addEventListener("click", e => {
  const button = e.target.closest("[data-all-ok]");
  if (!button) return;
  for (const line of button.closest("[data-check]").querySelectorAll(".check-line")) {
    if (!line.querySelector("input[type=radio]:checked")) { const ok = line.querySelector("input[type=radio]"); if (ok) ok.checked = true; }
  }
  button.closest("form").querySelector("button[type=submit]").focus();
});
