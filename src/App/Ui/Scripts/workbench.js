// The clerk's desk: whoever is picked has the cursor in cash at once, so that digits can be typed ahead of the network; a
// payment that is done leads back to the search.
import htmx from "htmx.org";
import { fenOf, written } from "./money.js";
import { whenThere } from "./say.js";

const field = (till, name) => till.querySelector(`#pay [name=${name}]`);
const till = () => document.querySelector("[data-workbench]");

let isAhead = false;
let emptyDesk = "";
whenThere("[data-workbench] #desk", desk => { emptyDesk ||= desk.innerHTML; });

function noHits(desk) {
  desk.querySelector("#hits").replaceChildren();
  desk.querySelector("#find").removeAttribute("aria-activedescendant");
}

function ready(desk) {
  for (const input of desk.querySelectorAll("#pay input:not([type=hidden])")) input.value = "";
  desk.querySelector("#paid").replaceChildren();
  field(desk, "Cash").focus();
}

// Enter in the search: the cursor is in cash before the answer is there. When the answer needs a choice, it comes back.
document.addEventListener("keydown", e => {
  if (e.key !== "Enter" || e.isComposing || e.keyCode === 229 || e.target.id !== "find" || !till() || e.target.value.trim() === "") return;
  isAhead = true;
  ready(till());
}, true);

// Somebody else is being typed in: the one before is not waited for any more, and no late answer touches the words.
document.addEventListener("input", e => { if (e.target.id === "find") isAhead = false; });

whenThere("#hits > .hits", () => setTimeout(() => {
  const desk = till();
  if (!isAhead || !desk || !desk.querySelector("#hits > .hits")) return;
  isAhead = false;
  const find = desk.querySelector("#find");
  find.focus();
  find.select();
}));

document.addEventListener("click", e => {
  const desk = till();
  if (!desk || !e.target.closest("[data-pick]")) return;
  if (!isAhead) ready(desk);
  isAhead = false;
  desk.querySelector("#find").value = "";
  noHits(desk);
});

// Somebody else was faster: the bills come anew, what was typed stays.
document.addEventListener("once-refused", e => {
  const account = till()?.querySelector("[data-account]")?.dataset.account;
  if (e.target.id === "pay" && account && /^(bill\.|payment\.due_)/.test(e.detail?.code ?? "")) htmx.ajax("GET", `/workbench/desk?account=${encodeURIComponent(account)}`, { target: "#desk" });
});

// F7 shows the other means and goes to the code.
document.addEventListener("click", e => {
  const summary = e.target.closest("[data-opens-tenders]");
  if (!summary) return;
  setTimeout(() => { if (summary.parentElement.open) summary.parentElement.querySelector("input").focus(); else field(till(), "Cash").focus(); });
});

// A whole code without an amount pays what the other means leave.
document.addEventListener("input", e => {
  if (!e.target.matches?.("[data-pay-code]")) return;
  const desk = till(), amount = field(desk, "CodeAmount");
  if (!/^\d{18}$/.test(e.target.value.trim()) || amount.value.trim() !== "") return;
  const due = fenOf(desk.querySelector("[data-sum]").textContent) ?? 0;
  const given = [...desk.querySelectorAll("[data-tender]")].reduce((sum, input) => sum + (fenOf(input.value) ?? 0), 0);
  if (due > given) { amount.value = written(due - given); amount.dispatchEvent(new Event("input", { bubbles: true })); }
});

// While a channel has not answered for an account, its payment can't be taken a second time.
window.addEventListener("submit", e => {
  if (e.target.id !== "pay") return;
  const pending = e.target.querySelector("[data-paid=pending]"), account = till()?.querySelector("#desk [name=AccountId]");
  if (!pending || pending.dataset.accountId !== account?.value) return;
  e.preventDefault();
  e.stopImmediatePropagation();
}, true);

// What was paid is not on the desk any more; the change to hand back stays in sight.
function cleared(desk) {
  const done = desk.querySelector("[data-paid=done]");
  if (!done || done.dataset.seen) return;
  done.dataset.seen = "1";
  desk.querySelector("#desk").innerHTML = emptyDesk;
  for (const input of desk.querySelectorAll("#pay input:not([type=hidden])")) input.value = "";
  desk.querySelector("[data-tenders]").open = false;
  const next = desk.querySelector("#next-receipt");
  if (next) next.textContent = done.dataset.nextReceipt ?? "–";
  const find = desk.querySelector("#find");
  find.value = "";
  noHits(desk);
  find.focus();
  // The sum follows what lies on the desk.
  field(desk, "Cash").dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("once-done", e => { if (e.target.id === "pay") cleared(till()); });
document.addEventListener("htmx:afterSwap", e => { if (e.target.id === "paid") cleared(till()); });
