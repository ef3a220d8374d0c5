// Screens in the hall: clock, keypad of the kiosk, stars of the second screen; and the number a visitor typed, into the search box.
import { whenThere } from "./say.js";

// <time data-clock>: the hall's own time, hours and minutes; its title is the day.
const hallTime = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hour12: false });
function tick() {
  const now = hallTime.format(new Date());
  for (const clock of document.querySelectorAll("[data-clock]")) if (clock.textContent !== now) clock.textContent = now;
}
whenThere("[data-clock]", tick);
setInterval(tick, 1000);

// <div data-pad="#field"> with <button data-pad-key="7">, "back" and "clear".
document.addEventListener("click", e => {
  const key = e.target.closest("[data-pad-key]");
  const field = key && document.querySelector(key.closest("[data-pad]").dataset.pad);
  if (!field) return;
  const pressed = key.dataset.padKey;
  if (pressed === "back") field.value = field.value.slice(0, -1);
  else if (pressed === "clear") field.value = "";
  else if (field.value.length < (field.maxLength > 0 ? field.maxLength : 20)) field.value += pressed;
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

// Stars: choosing how many shows the reasons that go with them and frees the button.
function stars(form) {
  const chosen = Number(form.querySelector("[name=Stars]:checked")?.value ?? 0);
  form.dataset.stars = chosen;
  for (const reason of form.querySelectorAll("[data-stars-from]")) {
    reason.hidden = !(chosen >= Number(reason.dataset.starsFrom) && chosen <= Number(reason.dataset.starsTo));
    if (reason.hidden) reason.querySelector("input").checked = false;
  }
  for (const star of form.querySelectorAll("[data-star]")) star.toggleAttribute("data-lit", Number(star.dataset.star) <= chosen);
  for (const button of form.querySelectorAll("[data-needs-stars]")) button.disabled = chosen === 0;
}
document.addEventListener("change", e => { const form = e.target.closest?.("[data-rating]"); if (form) stars(form); });
whenThere("[data-rating]", stars);

// <button data-find="13800138000">: what the visitor typed at the kiosk goes into the search box, as if scanned.
document.addEventListener("click", e => {
  const find = e.target.closest("[data-find]");
  const box = find && document.querySelector("[data-scan]");
  if (!box) return;
  box.value = find.dataset.find;
  box.focus();
  box.dispatchEvent(new Event("input", { bubbles: true }));
});
