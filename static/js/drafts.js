// A form with `data-draft` keeps its text in this tab until it was sent.
import { all, announce, on, whenever } from "./dom.js";

const PREFIX = "draft:";
/** @param {any} form */
const fields = (form) => all("textarea, input[type=text], input:not([type])", form).filter((field) => field.name);
const store = window.sessionStorage;

/** @param {any} form */
function save(form) {
  const text = Object.fromEntries(fields(form).map((field) => [field.name, field.value]));
  store.setItem(PREFIX + form.dataset.draft, JSON.stringify(text));
}

/** @param {any} form */
function restore(form) {
  const key = PREFIX + form.dataset.draft;
  const sent = store.getItem(`${key}:sent`);
  store.removeItem(`${key}:sent`);
  if (sent && !form.querySelector("[aria-invalid=true]")) store.removeItem(key);
  const kept = JSON.parse(store.getItem(key) ?? "{}");
  const back = fields(form).filter((field) => !field.value && kept[field.name]);
  back.forEach((field) => {
    field.value = kept[field.name];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  if (back.length) announce(document.body.dataset.savedDraft);
}

on("input", (event) => {
  const form = event.target.closest?.("form[data-draft]");
  if (form) save(form);
});
on("submit", (event) => {
  const { draft } = event.target.dataset;
  if (draft) store.setItem(`${PREFIX}${draft}:sent`, "1");
});
on("htmx:afterRequest", (event) => {
  const form = event.detail.elt.closest?.("form[data-draft]");
  if (!form) return;
  store.removeItem(`${PREFIX}${form.dataset.draft}:sent`);
  if (event.detail.successful) store.removeItem(PREFIX + form.dataset.draft);
});
whenever((root) => all("form[data-draft]", root).forEach(restore));
