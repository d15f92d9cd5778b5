// Counters, copying, codes, dropped files, filters, and one submit at a time.
import { all, announce, on, whenever } from "./dom.js";

const graphemes = "Segmenter" in Intl ? new Intl.Segmenter() : null;
/** What a person would count. @param {string} text @returns {number} */
export const lengthOf = (text) => (graphemes ? [...graphemes.segment(text)].length : text.length);

/** @param {any} field */
function count(field) {
  all(`[data-counter="${CSS.escape(field.id)}"]`).forEach((counter) => {
    const now = lengthOf(field.value);
    counter.querySelector("[data-counter-now]").textContent = now.toLocaleString(document.documentElement.lang);
    counter.classList.toggle("is-over", now > Number(counter.dataset.limit));
  });
}

on("input", (event) => {
  if (event.target.id) count(event.target);
  if (event.target.matches("[data-code]")) event.target.value = event.target.value.replace(/\D/g, "");
});

on("click", async (event) => {
  const copier = event.target.closest("[data-copy]");
  if (!copier) return;
  const field = document.querySelector(copier.dataset.copy);
  field.select();
  await navigator.clipboard?.writeText(field.value);
  announce(copier.dataset.copied);
  const label = copier.querySelector("span");
  const before = label.textContent;
  label.textContent = copier.dataset.copied;
  setTimeout(() => (label.textContent = before), 2000);
});

on("click", (event) => {
  if (event.target.closest("[aria-disabled=true]")) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}, true);

// The button that sent the form says so; the server makes a second sending a no-op anyway.
on("submit", (event) => {
  const button = event.submitter;
  if (!button || event.target.method === "dialog") return;
  setTimeout(() => {
    if (event.defaultPrevented && !event.target.closest(".htmx-request")) return;
    button.setAttribute("aria-disabled", "true");
    button.setAttribute("aria-busy", "true");
  });
});
const release = () => all("[aria-busy=true][aria-disabled=true]").forEach((button) => {
  button.removeAttribute("aria-disabled");
  button.removeAttribute("aria-busy");
});
on("htmx:afterRequest", release);
addEventListener("pageshow", release);

["dragover", "dragleave", "drop"].forEach((name) => on(name, (event) => {
  const zone = event.target.closest?.("[data-drop]");
  if (!zone) return;
  event.preventDefault();
  zone.classList.toggle("is-over", name === "dragover");
  if (name === "drop") {
    const input = zone.querySelector("input[type=file]");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}));

/** Makes a field of a filter say what the address says. @param {URLSearchParams} asked @param {any} field */
export function matchAddress(asked, field) {
  const values = asked.getAll(field.name);
  if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
  else field.value = values[0] ?? "";
  if (field.selectedIndex < 0) field.selectedIndex = 0;
}

// On the way back through the history the list is as it was; what is chosen above it follows.
on("htmx:historyRestore", () => all("form[hx-push-url]").forEach((form) => {
  [...form.elements].filter((field) => field.name && !["hidden", "submit"].includes(field.type))
    .forEach((field) => matchAddress(new URLSearchParams(location.search), field));
}));

whenever((root) => all("[data-counter]", root).forEach((counter) => {
  const field = document.getElementById(counter.dataset.counter);
  if (field) count(field);
}));
