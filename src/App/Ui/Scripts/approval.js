// Four eyes at the page: an act that wants a second person opens the dialog; once that person has agreed, here or at their own
// place, the same form is sent again by itself. What was typed stays.
import { toast, whenThere } from "./say.js";

const askEveryMs = 2000;
let waiting = null;

const dialog = () => document.getElementById("approval");

document.addEventListener("approval-needed", e => {
  const box = dialog();
  if (!box) return;
  waiting = { form: e.detail.form };
  for (const field of box.querySelectorAll("[name=Ticket]")) field.value = e.detail.ticket;
  for (const field of box.querySelectorAll("[name=Href]")) field.value = location.pathname + location.search;
  ways(box, true);
  box.querySelector("[data-approval-wait]").replaceChildren();
  if (!box.open) box.showModal();
  box.querySelector("[name=Reason]").focus();
});

// The reason is written once, for whichever way is taken.
document.addEventListener("input", e => {
  if (e.target.matches("#approval-ask [name=Reason]")) document.querySelector("#approval-spot [name=Reason]").value = e.target.value;
});

function ways(box, shown) {
  box.querySelector("[data-approval-ways]").hidden = !shown;
  box.querySelector("[data-approval-wait]").hidden = shown;
}

document.addEventListener("once-done", e => {
  const box = dialog();
  if (!box) return;
  if (e.target.id === "approval-spot") again(box);
  if (e.target.id === "approval-ask") { ways(box, false); watch(box); }
});

async function watch(box) {
  const pane = box.querySelector("[data-approval-id]");
  while (pane?.isConnected && box.open) {
    try {
      const answer = await fetch(`/approvals/${pane.dataset.approvalId}/state`, { headers: { "HX-Request": "true" } });
      if (answer.ok) {
        const { state, by, remark } = await answer.json();
        if (state === "Granted") { again(box); return; }
        if (state === "Denied") { pane.firstElementChild.lastElementChild.textContent = [by, remark].filter(Boolean).join("：") || state; pane.firstElementChild.className = "note bad"; return; }
        if (state !== "Asked") { box.close(); return; }
      }
    } catch { /* cut off: asked again */ }
    await new Promise(go => setTimeout(go, askEveryMs));
  }
}

function again(box) {
  const form = waiting?.form;
  waiting = null;
  box.close();
  box.querySelectorAll("form").forEach(f => f.reset());
  if (form?.isConnected) form.requestSubmit(form.querySelector("[type=submit], button:not([type])"));
}

// A request out of htmx: the answer is a problem with the draft.
document.addEventListener("htmx:responseError", e => {
  let problem;
  try { problem = JSON.parse(e.detail.xhr.responseText); } catch { return; }
  if (problem.approval) document.dispatchEvent(new CustomEvent("approval-needed", { detail: { form: e.detail.elt.closest("form"), ticket: problem.approval } }));
  else if (problem.code === "approval.needed") toast(problem.detail);
});

// A page that shows the refusal itself puts the draft into the note.
whenThere("[data-approval-ticket]", note => {
  document.dispatchEvent(new CustomEvent("approval-needed", { detail: { form: note.closest("form"), ticket: note.dataset.approvalTicket } }));
  note.removeAttribute("data-approval-ticket");
});
