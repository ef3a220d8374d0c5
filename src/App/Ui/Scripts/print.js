// Paper. The 80 mm roll has no fixed height, so the page is as tall as what stands on it; each sheet prints by itself once.
import { toast, say, whenThere } from "./say.js";

const millimetre = 96 / 25.4;
const sides = 8;

whenThere("[data-paper=slip]", slip => {
  const size = new CSSStyleSheet();
  // 72 mm of the roll can be printed; measured at that width.
  const wide = slip.style.width;
  slip.style.width = "72mm";
  slip.style.padding = "0";
  const height = Math.ceil(slip.scrollHeight / millimetre) + sides + 2;
  slip.style.width = wide;
  slip.style.padding = "";
  size.replaceSync(`@page slip { size: 80mm ${height}mm; margin: 4mm; } @page { size: 80mm ${height}mm; margin: 4mm; @bottom-right { content: none; } }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, size];
});
whenThere("[data-paper=a5]", () => {
  const size = new CSSStyleSheet();
  size.replaceSync("@page { size: A5 landscape; margin: 8mm 10mm; @bottom-right { content: none; } }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, size];
});

/** Prints this page unless it already did: a reload is not a second receipt. */
function printOnce() {
  const mark = "printed " + location.pathname + location.search;
  if (sessionStorage.getItem(mark)) return;
  sessionStorage.setItem(mark, "1");
  print();
  document.dispatchEvent(new CustomEvent("paper-printed"));
}

addEventListener("load", () => {
  if (document.querySelector("[data-paper]") && new URLSearchParams(location.search).has("print")) document.fonts.ready.then(printOnce);
});

document.addEventListener("click", e => { if (e.target.closest("[data-print]")) print(); });

// A receipt that comes with a fragment: <span data-print-url="/receipts/12/slip">. Printed from a frame; the page stays.
const sent = new Set();
whenThere("[data-print-url]", order => {
  const url = new URL(order.dataset.printUrl, location.origin);
  url.searchParams.set("print", "");
  if (sent.has(url.href)) return;
  sent.add(url.href);
  document.querySelector("iframe[data-printer]")?.remove();
  const frame = document.createElement("iframe");
  frame.dataset.printer = "";
  frame.className = "printer";
  frame.tabIndex = -1;
  frame.setAttribute("aria-hidden", "true");
  frame.title = say("printed_again");
  frame.src = url.href;
  document.body.append(frame);
  document.body.dataset.lastPrinted = url.pathname;
  toast(say("printed_again"));
});
