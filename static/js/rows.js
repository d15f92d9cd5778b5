// The inbox's rows: Space ticks the row one is at, a batch's box ticks its rows, what is ticked is counted, and
// single keys lead from the row to its pages (`data-places`: key, or kind and key, to an address).
import { all, on, whenever } from "./dom.js";

const NOWHERE = "article/00000000-0000-0000-0000-000000000000";
/** @param {any} form */
const boxes = (form) => all("input[name=item]", form);
/** @returns {any} */
const rowAt = () => document.activeElement?.closest?.("[data-ticks] li") ?? null;

/** @param {any} form */
function count(form) {
  const shown = form.querySelector("[data-ticked]");
  if (!shown) return;
  const whole = all("input[name=batch]:checked", form);
  const ofBatch = whole.reduce((sum, box) => sum + Number(box.dataset.size), 0);
  const single = boxes(form).filter((box) => box.checked && !box.closest("section").querySelector("input[name=batch]").checked);
  shown.querySelector("output").textContent = ofBatch + single.length;
}

on("change", (event) => {
  const form = event.target.closest?.("[data-ticks]");
  if (!form) return;
  const section = event.target.closest("section");
  if (event.target.name === "batch") boxes(section).forEach((box) => (box.checked = event.target.checked));
  else if (!event.target.checked) section.querySelector("input[name=batch]").checked = false;
  count(form);
});

on("keydown", (event) => {
  if (event.key !== " " || !event.target.matches?.("[data-ticks] a[data-row]")) return;
  const box = event.target.closest("li").querySelector("input[name=item]");
  if (!box) return;
  event.preventDefault();
  box.click();
});

// A key that acts on what is selected acts on the row one is at where nothing is.
on("click", (event) => {
  const form = event.target.closest?.("[data-ticks] .decide-many button") ? event.target.closest("form") : null;
  const box = rowAt()?.querySelector("input[name=item]");
  if (form && box && !boxes(form).some((one) => one.checked)) box.click();
}, true);

/** The page of the row one is at that a key leads to, "" for none.
 * @param {string} key @returns {string} */
export function placeOf(key) {
  const row = rowAt();
  const [, kind, id] = row?.querySelector("a[data-row]")?.pathname.match(/\/(topic|article|post)\/([0-9a-f-]+)\/$/) ?? [];
  if (!kind) return "";
  const places = JSON.parse(row.closest("[data-ticks]").dataset.places);
  if (kind === "topic" && !("x" === key || `topic ${key}` in places)) return "";
  const place = places[kind === "topic" ? `topic ${key}` : key] ?? places[key] ?? "";
  return place.replace(NOWHERE, `${kind}/${id}`).replace(NOWHERE.split("/")[1], id);
}

whenever((root) => {
  const form = root.matches?.("[data-ticks]") ? root : root.querySelector("[data-ticks]");
  if (form) count(form);
});
