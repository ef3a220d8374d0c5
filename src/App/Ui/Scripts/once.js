// Forms that book once. The body is made once and sent again, unchanged and with the same request id, until the answer is
// known: a cut in between is "unknown", never "failed". Refusals are put beside their fields; what was typed stays.
import htmx from "htmx.org";
import { closed, netSay } from "./net.js";
import { say, toast } from "./say.js";

const waitsMs = [500, 1000, 2000, 3000, 5000];
const answerWithinMs = 20000;
const tellAfterMs = 3000;
const faultsTried = 2;
const gone = [502, 503, 504];

document.addEventListener("submit", e => {
  const form = e.target.closest("form[data-once]");
  if (!form) return;
  e.preventDefault();
  e.stopImmediatePropagation();
  if ("busy" in form.dataset) return;
  // What is known not to get through is not sent: nothing is unknown then, and what was typed stays.
  if ("offline" in document.documentElement.dataset) { form.dataset.unsent = ""; tell(form, say("unsent")); return; }
  if (e.submitter?.getAttribute("aria-disabled") === "true") return;
  send(form, e.submitter);
}, true);

document.addEventListener("net-back", () => {
  for (const form of document.querySelectorAll("form[data-unsent]")) { delete form.dataset.unsent; clear(form); }
});

async function send(form, submitter) {
  const data = new FormData(form, submitter?.name ? submitter : null);
  const hasId = [...data.keys()].some(name => name.toLowerCase() === "requestid");
  const body = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
  const url = submitter?.formAction && submitter.hasAttribute("formaction") ? submitter.formAction : form.getAttribute("action") || location.href;
  const done = busy(form, submitter ?? form.querySelector("[type=submit], button:not([type])"));
  clear(form);
  try {
    const answer = await known(url, body, hasId);
    if (answer) await take(form, answer); else tell(form, say("unknown_once"));
  } finally {
    done();
  }
}

/** Asks until somebody who knows has answered; null: unknown, and asking again could do it twice. */
async function known(url, body, mayRepeat) {
  let faults = 0;
  for (let tries = 0; ; tries++) {
    try {
      const answer = await fetch(url, { method: "POST", body, headers: { "HX-Request": "true", Accept: "text/html, application/problem+json" }, signal: AbortSignal.timeout(answerWithinMs) });
      const text = await answer.text();
      const isFault = answer.status === 500 && ++faults <= faultsTried;
      if (!gone.includes(answer.status) && !(isFault && mayRepeat)) {
        document.dispatchEvent(new CustomEvent("net-answered"));
        netSay("once", null);
        if (tries > 0 && answer.ok) toast(say("settled"));
        return { answer, text };
      }
    } catch {
      document.dispatchEvent(new CustomEvent("net-cut"));
    }
    if (!mayRepeat) { netSay("once", null); return null; }
    netSay("once", say("unknown"));
    await rest(waitsMs[Math.min(tries, waitsMs.length - 1)]);
  }
}

function rest(ms) {
  return new Promise(go => {
    const timer = setTimeout(end, ms);
    addEventListener("online", end);
    function end() { clearTimeout(timer); removeEventListener("online", end); go(); }
  });
}

function busy(form, button) {
  form.dataset.busy = "";
  button?.setAttribute("aria-busy", "true");
  const from = Date.now();
  const timer = setInterval(() => {
    const waited = Date.now() - from;
    if (waited >= tellAfterMs) netSay("waiting", say("waiting", Math.floor(waited / 1000)));
  }, 500);
  return () => {
    clearInterval(timer);
    netSay("waiting", null);
    delete form.dataset.busy;
    button?.removeAttribute("aria-busy");
  };
}

async function take(form, { answer, text }) {
  const to = answer.headers.get("HX-Redirect") ?? (answer.redirected ? answer.url : null);
  if (to) { location.assign(to); return; }
  if (answer.status === 423) closed(423);
  if (!answer.ok) { refuse(form, answer, text); return; }
  renew(form);
  const target = find(answer.headers.get("HX-Retarget") ?? form.dataset.target, form);
  const isPage = /^\s*<!doctype|^\s*<html/i.test(text);
  if (answer.status !== 204 && target) {
    const style = answer.headers.get("HX-Reswap") ?? (isPage ? "outerHTML" : form.dataset.swap ?? "innerHTML");
    htmx.swap(target, text, { swapStyle: style, swapDelay: 0, settleDelay: 0 }, isPage ? { select: "#main" } : {});
  }
  triggers(form, answer.headers.get("HX-Trigger"));
  form.dispatchEvent(new CustomEvent("once-done", { bubbles: true, detail: { status: answer.status } }));
  const then = (form.dataset.then ?? "").split(" ");
  if (then.includes("reset")) form.reset();
  if (then.includes("close")) form.closest("dialog")?.close();
  if (then.includes("reload")) location.reload();
}

function find(selector, form) {
  if (selector === "this") return form;
  return document.querySelector(selector || "#main");
}

function triggers(form, header) {
  if (!header) return;
  let events = {};
  try { events = JSON.parse(header); } catch { for (const name of header.split(",")) events[name.trim()] = {}; }
  for (const [name, detail] of Object.entries(events)) {
    if (name === "toast") toast(detail); else htmx.trigger(form.isConnected ? form : document.body, name, detail);
  }
}

/** A refusal: RFC 9457, one or several, each beside the field it names; a fragment goes to the form's head. */
function refuse(form, answer, text) {
  let problem;
  try { problem = JSON.parse(text); } catch { /* a fragment */ }
  if (!problem) {
    const place = find(answer.headers.get("HX-Retarget"), form) !== null && answer.headers.get("HX-Retarget") ? find(answer.headers.get("HX-Retarget"), form) : form.querySelector("[data-refusals]");
    if (place && text && !/<html/i.test(text)) htmx.swap(place, text, { swapStyle: "innerHTML", swapDelay: 0, settleDelay: 0 }); else tell(form, say("failed"));
    return;
  }
  form.dispatchEvent(new CustomEvent("once-refused", { bubbles: true, detail: problem }));
  if (problem.approval) document.dispatchEvent(new CustomEvent("approval-needed", { detail: { form, ticket: problem.approval } }));
  const all = problem.refusals ?? fromErrors(problem) ?? [{ field: problem.field, detail: problem.detail ?? problem.title }];
  let first;
  const rest = [];
  for (const { field, detail } of all) {
    const place = field && [...form.querySelectorAll("[data-field]")].find(f => f.dataset.field.toLowerCase() === field.toLowerCase());
    if (place) { beside(place, detail); first ??= place; } else rest.push(detail);
  }
  if (rest.length) tell(form, rest.join("\n"));
  const input = first?.querySelector("input:not([type=hidden]), select, textarea");
  input?.focus();
  input?.select?.();
}

function fromErrors(problem) {
  return problem.errors && Object.entries(problem.errors).flatMap(([field, details]) => details.map(detail => ({ field, detail })));
}

function beside(place, detail) {
  place.dataset.refused = "";
  const note = Object.assign(document.createElement("p"), { className: "field-refusal", textContent: detail });
  note.setAttribute("role", "alert");
  (place.querySelector(".field-notes") ?? place).prepend(note);
  place.querySelector("input:not([type=hidden]), select, textarea")?.setAttribute("aria-invalid", "true");
}

function tell(form, sentence) {
  const place = form.querySelector("[data-refusals]");
  if (!place) { toast(sentence); return; }
  const note = Object.assign(document.createElement("div"), { className: "note bad one", textContent: sentence });
  note.setAttribute("role", "alert");
  place.replaceChildren(note);
  note.scrollIntoView({ block: "nearest" });
}

function clear(form) {
  form.querySelector("[data-refusals]")?.replaceChildren();
  for (const place of form.querySelectorAll("[data-field][data-refused]")) {
    delete place.dataset.refused;
    place.querySelectorAll(".field-refusal").forEach(note => note.remove());
    place.querySelector("[aria-invalid]")?.removeAttribute("aria-invalid");
  }
}

/** The next press is another act: a new id, ordered by time (UUIDv7). */
function renew(form) {
  const field = [...form.elements].find(f => f.name?.toLowerCase() === "requestid");
  if (!field) return;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let now = Date.now();
  for (let i = 5; i >= 0; i--) { bytes[i] = now % 256; now = Math.floor(now / 256); }
  bytes[6] = (bytes[6] & 15) | 112;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map(b => b.toString(16).padStart(2, "0")).join("");
  field.value = field.defaultValue = hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}
