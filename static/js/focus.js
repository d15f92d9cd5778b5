// A swap must not drop the focus. `data-focus-after` on the form (or what asks) says where it goes:
// next: the next row, else the one before, else the heading · self: the same place · #id: there, and where that only
// holds what can be pressed, at the control that asked or the first one in it.
// What asks by itself (polling) takes the focus nowhere: who was in what is swapped stays at the same link or field.
import { all, on, whenever } from "./dom.js";

const PLACES = "a[href], button, input:not([type=hidden]), select, textarea, summary";
const waiting = new WeakMap(); // the request -> where the focus goes after its answer
/** @type {any} */
let carried = null; // from a decision to the page it leads on to

/** @param {any} element */
const usable = (element) => element && element.isConnected && element.getClientRects().length > 0;
/** @param {any} row */
const primary = (row) => row?.querySelector("[data-row], a[href], button, input") ?? null;

/** Finds in what came the control that does what this one did. @param {any} element */
function twinOf(element) {
  const href = element?.getAttribute?.("href");
  const action = element?.closest?.("form")?.getAttribute("action");
  const [name, value] = [element?.name, element?.value];
  /** @param {ParentNode} root @param {string} address */
  const link = (root, address) => all("a[href]", root).find((one) => one.getAttribute("href") === address);
  /** @param {ParentNode} root */
  const button = (root) => all("button", root).find((one) => one.form?.getAttribute("action") === action && one.name === name && one.value === value);
  /** A form that was left is opened again by the link to it. @param {ParentNode} root */
  return (root) => (href && link(root, href)) || (action && (button(root) ?? link(root, action))) || null;
}

/** Finds the element again after the part of the page around it was swapped.
 * @param {any} element */
function sameAs(element) {
  if (element.id) return () => document.getElementById(element.id);
  const holder = element.closest("[id]")?.id;
  const twin = twinOf(element);
  const index = holder ? all(PLACES, document.getElementById(holder) ?? document).indexOf(element) : -1;
  return () => {
    const now = holder && document.getElementById(holder);
    return twin(document) || (now && (all(PLACES, now)[index] ?? now)) || null;
  };
}

on("htmx:beforeRequest", (event) => {
  const asked = event.detail.elt;
  const { xhr } = event.detail;
  if (asked.matches("[data-quiet]")) return;
  if (carried && asked === document.body) {
    waiting.set(xhr, carried);
    carried = null;
    return;
  }
  const holder = asked.closest("[data-focus-after]");
  const active = document.activeElement;
  if (!holder) {
    if (active && active !== document.body) waiting.set(xhr, { find: sameAs(active), ids: [], elements: [] });
    return;
  }
  const rule = holder.dataset.focusAfter;
  const row = holder.closest("li, tr, article, .job") ?? event.detail.target;
  const wanted =
    rule === "next"
      ? { ids: [], elements: [primary(row?.nextElementSibling), primary(row?.previousElementSibling)] }
      : { ids: [rule === "self" ? (active?.id ?? "") : rule.slice(1)], elements: [], target: event.detail.target?.id, twin: twinOf(active) };
  waiting.set(xhr, wanted);
});

on("htmx:beforeOnLoad", (event) => {
  if (event.detail.xhr.getResponseHeader("HX-Location")) carried = waiting.get(event.detail.xhr) ?? null;
});

/** The focus is no use on what merely holds controls: nothing shows it, and nothing can be done there.
 * @param {any} place @param {any} twin */
function within(place, twin) {
  if (!place || place.matches(`${PLACES}, h1, h2, h3, h4, [data-errors]`)) return place;
  const inside = [twin?.(place), ...all("[data-row]", place), ...all("button", place), ...all(PLACES, place)];
  return inside.find(usable) ?? place;
}

function fallback() {
  const heading = document.querySelector("main h1, main h2");
  heading?.setAttribute("tabindex", "-1");
  return heading;
}

on("htmx:afterSettle", (event) => {
  const wanted = waiting.get(event.detail.xhr);
  if (!wanted) return;
  const { ids, elements, target, find, twin } = wanted;
  const lost = !document.activeElement || document.activeElement === document.body;
  const [errors] = all("[data-errors]");
  if (errors && !find) errors.focus();
  else if (lost || elements.length) {
    const byId = [...ids, target].filter(Boolean).map((id) => within(document.getElementById(id), twin));
    const place = [find?.(), ...elements, ...byId].find(usable) ?? fallback();
    if (place && !place.matches("a, button, input, select, textarea, [tabindex]")) place.setAttribute("tabindex", "-1");
    place?.focus({ preventScroll: Boolean(find) });
  }
  waiting.delete(event.detail.xhr);
});

whenever((root) => all("[data-errors]", root).slice(0, 1).forEach((summary) => summary.focus()));
