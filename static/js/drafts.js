// A form with `data-draft` keeps in this tab what was typed into it until it was sent. Of each field it knows what stood
// there before: over words that somebody changed meanwhile nothing is put back.
import { all, announce, on, whenever } from "./dom.js";

const PREFIX = "draft:";
const SENT = ":sent";
const store = window.sessionStorage;
/** @typedef {Record<string, {was: string, now: string}>} Draft */
/** @param {any} form @returns {any[]} */
const fields = (form) => all("textarea, input:is([type=text], [type=url], [type=email], :not([type]))", form).filter((field) => field.name);
/** @param {any} form */
const keyOf = (form) => PREFIX + form.dataset.draft;
/** @param {string} key @returns {Draft} */
const draftAt = (key) => JSON.parse(store.getItem(key) ?? "{}");

/** The draft after somebody typed. A refusal brings the form with what was sent: what stood there before stays known.
 * @param {Draft} draft @param {{name: string, value: string, defaultValue: string}[]} typed @param {boolean} refused
 * @returns {Draft} */
export function kept(draft, typed, refused) {
  /** @type {[string, {was: string, now: string}][]} */
  const pairs = typed.map(({ name, value, defaultValue }) => [name, { was: (refused ? draft[name]?.was : null) ?? defaultValue, now: value }]);
  return Object.fromEntries(pairs.filter(([, { was, now }]) => was !== now));
}

/** Those of the fields that get their words back: where there is still what was there when they were typed.
 * @template {{name: string, value: string}} Field
 * @param {Draft} draft @param {Field[]} shown @returns {Field[]} */
export const due = (draft, shown) => shown.filter((field) => draft[field.name]?.was === field.value);

/** @param {any} form */
function save(form) {
  const refused = Boolean(form.querySelector("[data-errors], [aria-invalid=true]"));
  const draft = kept(draftAt(keyOf(form)), fields(form), refused);
  if (Object.keys(draft).length) store.setItem(keyOf(form), JSON.stringify(draft));
  else store.removeItem(keyOf(form));
}

/** @param {any} form */
function restore(form) {
  const draft = draftAt(keyOf(form));
  const back = due(draft, fields(form));
  back.forEach((field) => {
    field.value = draft[field.name].now;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  if (!back.length) return;
  announce(document.body.dataset.savedDraft);
  if (back.some((field) => draft[field.name].was)) offer(form);
}

/** Where the words replaced others, it is said, and the others come back with one press. @param {any} form */
function offer(form) {
  const note = document.createElement("p");
  note.className = "small cluster";
  note.textContent = document.body.dataset.savedDraft ?? "";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-ghost btn-s";
  button.textContent = document.body.dataset.dropDraft ?? "";
  button.addEventListener("click", () => {
    form.reset();
    fields(form).forEach((field) => field.dispatchEvent(new Event("input", { bubbles: true })));
    note.remove();
    fields(form)[0]?.focus();
  });
  note.append(button);
  form.prepend(note);
}

/** A page that came after a form was sent says whether it was taken: not where it is an error, asks who one is, or was
 * only gone back to. */
function settle() {
  const [visit] = /** @type {any[]} */ (performance.getEntriesByType("navigation"));
  const refused = visit?.responseStatus >= 400 || document.querySelector("[data-errors], input[autocomplete=current-password]");
  const taken = !refused && visit?.type !== "back_forward";
  Object.keys(store).filter((key) => key.startsWith(PREFIX) && key.endsWith(SENT)).forEach((key) => {
    store.removeItem(key);
    if (taken) store.removeItem(key.slice(0, -SENT.length));
  });
}

on("input", (event) => {
  const form = event.target.closest?.("form[data-draft]");
  if (form) save(form);
});
on("submit", (event) => {
  if (event.target.dataset.draft && !event.target.hasAttribute("hx-post") && navigator.onLine) store.setItem(keyOf(event.target) + SENT, "1");
});
on("htmx:afterRequest", ({ detail }) => {
  // What was typed is sent with the form itself, not with a link or a field in it that asks for something.
  const { elt } = detail.requestConfig ?? {};
  if (detail.successful && elt?.matches("form[data-draft]")) store.removeItem(keyOf(elt));
});
settle();
whenever((root) => all("form[data-draft]", root).forEach(restore));
