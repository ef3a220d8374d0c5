// Amounts on screen, at the digit. What is true is computed again on the server; this only shows.
import { say, whenThere } from "./say.js";

const wide = { "０": "0", "１": "1", "２": "2", "３": "3", "４": "4", "５": "5", "６": "6", "７": "7", "８": "8", "９": "9", "．": ".", "。": ".", "，": "", ",": "", "￥": "", "¥": "", "－": "-" };

/** 分 of what was typed; null when it is not an amount. */
export function fenOf(text) {
  const plain = [...text.trim()].map(c => wide[c] ?? c).join("");
  const parts = /^(-?)(\d{0,12})(?:\.(\d{0,2}))?$/.exec(plain);
  if (!parts || (parts[2] === "" && !parts[3])) return plain === "" ? 0 : null;
  const fen = Number(parts[2] || "0") * 100 + Number((parts[3] ?? "").padEnd(2, "0"));
  return parts[1] ? -fen : fen;
}

export function written(fen) {
  const whole = Math.floor(Math.abs(fen) / 100).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  return `${fen < 0 ? "-" : ""}${whole}.${String(Math.abs(fen) % 100).padStart(2, "0")}`;
}

// Commas only while nobody types: at leaving the field they come, at entering they go.
document.addEventListener("focusin", e => {
  if (!e.target.matches?.("input[data-money]") || !e.target.value.includes(",")) return;
  e.target.value = e.target.value.replaceAll(",", "");
  e.target.select();
});
document.addEventListener("focusout", e => {
  if (!e.target.matches?.("input[data-money]") || e.target.value.trim() === "") return;
  const fen = fenOf(e.target.value);
  if (fen !== null) e.target.value = written(fen);
});

/* A till: [data-till] holds ticked bills ([data-bill-fen]), or one sum ([data-due-fen]), tenders ([data-tender=cash|…]),
   and shows the sum ([data-sum]) and the change ([data-change-due]); [data-needs-cover] works when it is covered. */
function reckon(till) {
  const bills = [...till.querySelectorAll("[data-bill-fen]")];
  const asked = till.querySelector("[data-pay-amount]");
  const askedFen = asked && asked.value.trim() !== "" ? fenOf(asked.value) : null;
  const due = askedFen ?? (bills.length ? bills.filter(b => b.checked).reduce((sum, b) => sum + Number(b.dataset.billFen), 0) : Number(till.querySelector("[data-due-fen]")?.dataset.dueFen ?? 0));
  let cash = 0, other = 0, unreadable = false;
  for (const tender of till.querySelectorAll("[data-tender]")) {
    if (tender.disabled) continue;
    const fen = fenOf(tender.value);
    if (fen === null || fen < 0) unreadable = true;
    else if (tender.dataset.tender === "cash") cash += fen;
    else other += fen;
  }
  const given = cash + other;
  const over = given - due;
  // Change is handed back in whole coins ([data-cash-step-fen]); what is below one goes to the balance ([data-odd]).
  const step = Number(till.dataset.cashStepFen ?? 1);
  const odd = over > 0 ? over % step : 0;
  const change = over - odd;
  show(till, "[data-sum]", "¥" + written(due));
  const isEmpty = given === 0;
  const isCovered = !unreadable && due > 0 && over >= 0 && over <= cash;
  for (const out of till.querySelectorAll("[data-change-due]")) {
    const isShort = !isEmpty && change < 0;
    out.toggleAttribute("data-short", isShort);
    const text = isEmpty || unreadable ? "" : isShort ? say("short_by", "¥" + written(-change)) : "¥" + written(change);
    if (out.textContent !== text) out.textContent = text;
  }
  for (const note of till.querySelectorAll("[data-odd]")) note.hidden = odd === 0 || isEmpty;
  show(till, "[data-odd-sum]", written(odd));
  for (const button of till.querySelectorAll("[data-needs-cover]")) {
    button.setAttribute("aria-disabled", String(!isCovered));
  }
  till.dispatchEvent(new CustomEvent("reckoned", { bubbles: true, detail: { due, given, change, isCovered } }));
}

function show(till, selector, text) {
  for (const place of till.querySelectorAll(selector)) {
    if (place.textContent !== text) place.textContent = text;
    place.classList.toggle("long", text.length > 10);
  }
}

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, e => { const till = e.target.closest?.("[data-till]"); if (till) reckon(till); });
}
whenThere("[data-till]", reckon);
document.addEventListener("htmx:afterSwap", e => { const till = e.target.closest?.("[data-till]"); if (till) reckon(till); });

// Counting a drawer: [data-count] holds inputs with data-worth-fen, each row its [data-worth], the foot its [data-count-sum].
function count(drawer) {
  let sum = 0;
  for (const input of drawer.querySelectorAll("input[data-worth-fen]")) {
    const worth = (parseInt(input.value || "0", 10) || 0) * Number(input.dataset.worthFen);
    sum += worth;
    const place = (input.closest("tr, li") ?? input.closest(".field"))?.querySelector("[data-worth]");
    if (place) place.textContent = worth ? written(worth) : "";
  }
  show(drawer, "[data-count-sum]", "¥" + written(sum));
}
document.addEventListener("input", e => { const drawer = e.target.closest?.("[data-count]"); if (drawer) count(drawer); });
whenThere("[data-count]", count);
