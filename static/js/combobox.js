// A field that suggests: the pattern of the ARIA practices over a native list, which works without this.
import { all, announce, on, whenever } from "./dom.js";

const WAIT = 250;
/** @type {WeakMap<HTMLElement, number>} */
const asking = new WeakMap();

/** What fits what was written: values that begin with it go before those that hold it somewhere.
 * @template {{value: string, words: string}} Option
 * @param {Option[]} options @param {string} text @returns {Option[]} */
export function fitting(options, text) {
  const bare = (/** @type {string} */ words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const wanted = bare(text.trim());
  if (!wanted) return options;
  const begins = options.filter((one) => bare(one.value).startsWith(wanted));
  const holds = options.filter((one) => !begins.includes(one) && bare(`${one.value} ${one.words}`).includes(wanted));
  return [...begins, ...holds];
}

/** @param {any} combo */
const parts = (combo) => ({ field: combo.querySelector("input"), list: combo.querySelector("[role=listbox]") });
/** @param {ParentNode} root */
const optionsIn = (root) => all("option", root).map((one) => ({ value: one.value, words: one.textContent ?? "" }));

/** @param {any} combo */
function close(combo) {
  const { field, list } = parts(combo);
  list.hidden = true;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

/** @param {any} combo @param {{value: string, words: string}[]} options */
function show(combo, options) {
  const { field, list } = parts(combo);
  list.replaceChildren(...options.slice(0, 20).map((option, at) => {
    const line = document.createElement("li");
    line.id = `${field.id}-option-${at}`;
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", "false");
    line.dataset.value = option.value;
    line.textContent = option.value;
    if (option.words && option.words !== option.value) {
      const words = document.createElement("small");
      words.textContent = option.words;
      line.append(words);
    }
    return line;
  }));
  list.hidden = options.length === 0;
  field.setAttribute("aria-expanded", String(options.length > 0));
  field.removeAttribute("aria-activedescendant");
  announce(options.length ? String(options.length) : list.dataset.none);
}

/** @param {any} combo */
async function suggest(combo) {
  const { field } = parts(combo);
  if (!combo.dataset.url) return show(combo, fitting(combo.known, field.value));
  const query = new URLSearchParams({ q: field.value });
  const answer = await fetch(`${combo.dataset.url}?${query}`, { headers: { "HX-Request": "true" } });
  if (!answer.ok) return;
  show(combo, optionsIn(new DOMParser().parseFromString(await answer.text(), "text/html")));
}

/** @param {any} combo @param {any} line */
function take(combo, line) {
  const { field } = parts(combo);
  field.value = line.dataset.value;
  close(combo);
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

/** @param {any} combo @param {number} by */
function step(combo, by) {
  const { field, list } = parts(combo);
  const lines = all("li", list);
  if (list.hidden || !lines.length) return suggest(combo);
  const at = lines.findIndex((line) => line.getAttribute("aria-selected") === "true");
  const next = lines[(at + by + lines.length + (at < 0 && by < 0 ? 1 : 0)) % lines.length];
  lines.forEach((line) => line.setAttribute("aria-selected", String(line === next)));
  field.setAttribute("aria-activedescendant", next.id);
  next.scrollIntoView({ block: "nearest" });
}

/** @param {any} combo */
function build(combo) {
  const { field, list } = parts(combo);
  if (field.getAttribute("role") === "combobox") return;
  combo.known = optionsIn(combo);
  field.removeAttribute("list"); // ours stands in place of the browser's own
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);
}

on("input", (event) => {
  const combo = event.target.closest?.("[data-combobox]");
  if (!combo) return;
  clearTimeout(asking.get(combo));
  asking.set(combo, setTimeout(() => suggest(combo), combo.dataset.url ? WAIT : 0));
});
on("keydown", (event) => {
  const combo = event.target.closest?.("[data-combobox]");
  if (!combo) return;
  const { list } = parts(combo);
  const chosen = list.querySelector("[aria-selected=true]");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") step(combo, event.key === "ArrowDown" ? 1 : -1);
  else if (event.key === "Enter" && chosen && !list.hidden) take(combo, chosen);
  else if (event.key === "Escape" && !list.hidden) close(combo);
  else return;
  event.preventDefault();
});
on("pointerdown", (event) => {
  const line = event.target.closest?.(".combo-list li");
  if (!line) return;
  event.preventDefault(); // the field keeps the focus
  take(line.closest("[data-combobox]"), line);
});
on("focusout", (event) => {
  const combo = event.target.closest?.("[data-combobox]");
  if (combo) close(combo);
});
whenever((root) => all("[data-combobox]", root).forEach(build));
