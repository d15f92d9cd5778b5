// Single keys press what carries `data-key`; where nothing does, j and k walk over `data-row`, and others lead to
// the pages of the row one is at; g and a letter go to `data-go`.
// They never fire while somebody types, and `data-shortcuts="off"` on the body switches them off.
import { all, on } from "./dom.js";
import { placeOf } from "./rows.js";

let going = 0;

/** @param {any} element */
const typing = (element) => element?.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
/** @param {Element} element */
const visible = (element) => element.getClientRects().length > 0;

/** @param {number} step */
function walk(step) {
  const rows = all("[data-row]").filter(visible);
  if (!rows.length) return;
  const active = document.activeElement?.closest("li, tr, article")?.querySelector("[data-row]") ?? document.activeElement;
  let at = rows.indexOf(active);
  if (at < 0) at = rows.findIndex((row) => row.hasAttribute("aria-current"));
  const next = rows[Math.max(0, Math.min(rows.length - 1, at + step))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

/** @param {string} key */
function pressed(key) {
  if (going && Date.now() - going < 1500) {
    going = 0;
    return document.querySelector(`[data-go="${CSS.escape(key)}"]`);
  }
  if (key === "/") return document.querySelector("[data-search]");
  const keyed = all(`[data-key="${CSS.escape(key)}"]`);
  const toast = keyed.find((element) => element.closest("#toasts"));
  const shown = keyed.find((element) => visible(element) || element.closest("[popover]"));
  return toast ?? shown ?? keyed.find((element) => element.matches("a[href]"));
}

/** Whether a key is a single one that may act: not while somebody types or is asked something. @param {any} event */
export function acts(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return false;
  return document.body.dataset.shortcuts !== "off" && !typing(event.target) && !document.querySelector("dialog[open]");
}

on("keydown", (event) => {
  if (!acts(event)) return;
  const key = event.key.toLowerCase();
  const walks = key === "j" || key === "k";
  if (walks && !document.querySelector(`[data-key="${key}"]`)) return walk(key === "j" ? 1 : -1);
  const sheet = key === "?" && all("dialog#shortcuts")[0];
  if (sheet) return sheet.showModal();
  const found = pressed(key);
  const place = !found && !going && placeOf(key);
  if (place) {
    event.preventDefault();
    location.assign(place);
    return;
  }
  if (!found) {
    going = key === "g" ? Date.now() : 0;
    return;
  }
  event.preventDefault();
  if (found.matches("input")) found.focus();
  else found.click();
});

on("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.closest?.("form")?.requestSubmit();
});
