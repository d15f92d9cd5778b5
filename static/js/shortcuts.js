// Single keys press what carries `data-key`; j and k walk over `data-row`; g and a letter go to `data-go`.
// They never fire while somebody types, and `data-shortcuts="off"` on the body switches them off.
import { all, on } from "./dom.js";

let going = 0;

const typing = (element) => element?.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
const visible = (element) => element.getClientRects().length > 0;

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

function pressed(key) {
  if (going && Date.now() - going < 1500) {
    going = 0;
    return document.querySelector(`[data-go="${CSS.escape(key)}"]`);
  }
  if (key === "/") return document.querySelector("[data-search]");
  return all(`[data-key="${CSS.escape(key)}"]`).find((element) => visible(element) || element.closest("[popover]"));
}

on("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.body.dataset.shortcuts === "off" || typing(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key.length !== 1) return;
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") return walk(key === "j" ? 1 : -1);
  const sheet = key === "?" && document.getElementById("shortcuts");
  if (sheet) return sheet.showModal();
  const found = pressed(key);
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
