// A swap must not drop the focus. `data-focus-after` on the form (or what asks) says where it goes:
// next: the next row, else the one before, else the heading · self: the same place · #id: there.
import { all, on, whenever } from "./dom.js";

let wanted = null;

const usable = (element) => element && element.isConnected && element.getClientRects().length > 0;
const primary = (row) => row?.querySelector("[data-row], a[href], button, input") ?? null;

on("htmx:beforeRequest", (event) => {
  const asked = event.detail.elt;
  const holder = asked.closest("[data-focus-after]");
  if (!holder) {
    wanted = document.activeElement?.id ? { ids: [document.activeElement.id], elements: [] } : null;
    return;
  }
  const rule = holder.dataset.focusAfter;
  const row = holder.closest("li, tr, article, .job") ?? event.detail.target;
  wanted =
    rule === "next"
      ? { ids: [], elements: [primary(row?.nextElementSibling), primary(row?.previousElementSibling)] }
      : { ids: [rule === "self" ? (document.activeElement?.id ?? "") : rule.slice(1)], elements: [], target: event.detail.target?.id };
});

function fallback() {
  const heading = document.querySelector("main h1, main h2");
  heading?.setAttribute("tabindex", "-1");
  return heading;
}

on("htmx:afterSettle", () => {
  if (!wanted) return;
  const { ids, elements, target } = wanted;
  const lost = !document.activeElement || document.activeElement === document.body;
  const errors = document.querySelector("[data-errors]");
  if (errors) errors.focus();
  else if (lost || elements.length) {
    const byId = [...ids, target].filter(Boolean).map((id) => document.getElementById(id));
    const place = [...elements, ...byId].find(usable) ?? fallback();
    if (place && !place.matches("a, button, input, select, textarea, [tabindex]")) place.setAttribute("tabindex", "-1");
    place?.focus();
  }
  wanted = null;
});

whenever((root) => all("[data-errors]", root).slice(0, 1).forEach((summary) => summary.focus()));
