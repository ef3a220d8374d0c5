// Lists: the table follows the search box and filters without the box ever being touched; the address stays short.
const pauseMs = 180;
const timers = new WeakMap();

function later(box) {
  clearTimeout(timers.get(box));
  timers.set(box, setTimeout(() => box.form.dispatchEvent(new Event("search-now")), pauseMs));
}

document.addEventListener("input", e => { if (e.target.matches?.("[data-list-search]") && !e.isComposing) later(e.target); });
document.addEventListener("compositionend", e => { if (e.target.matches?.("[data-list-search]")) later(e.target); });
document.addEventListener("change", e => { if (e.target.matches?.("[data-list-search]")) e.stopPropagation(); }, true);

// Empty filters don't stand in the address.
document.addEventListener("htmx:configRequest", e => {
  if (!e.target.closest?.("[data-list-form]")) return;
  const sent = e.detail.formData ?? e.detail.parameters;
  for (const [name, value] of [...sent.entries()]) if (value === "") sent.delete(name);
});
document.addEventListener("formdata", e => {
  if (!e.target.matches?.("[data-filter-form], [data-list-form]")) return;
  for (const [name, value] of [...e.formData.entries()]) if (value === "") e.formData.delete(name);
});

// Rows can be walked with the arrows: the first takes the Tab.
document.addEventListener("focusin", e => { if (e.target.matches?.("[data-rows] tbody tr")) e.target.scrollIntoView({ block: "nearest" }); });

document.addEventListener("change", e => {
  if (!e.target.matches?.("[data-column]")) return;
  e.stopPropagation();
  const chosen = [...e.target.closest(".drop-body").querySelectorAll("[data-column]:checked")].map(box => box.value);
  if (chosen.length === 0) { e.target.checked = true; return; }
  const url = new URL(location.href);
  url.searchParams.set("cols", chosen.join(","));
  location.assign(url.pathname + url.search.replaceAll("%2C", ","));
}, true);
