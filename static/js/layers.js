// Dialogs and menus are the browser's own; here are the few lines for browsers that lack a part of it.
import { all, on, whenever } from "./dom.js";

if (!("command" in HTMLButtonElement.prototype)) {
  on("click", (event) => {
    const button = event.target.closest("button[commandfor]");
    const dialog = button && document.getElementById(button.getAttribute("commandfor"));
    if (!dialog || event.defaultPrevented) return;
    if (button.getAttribute("command") === "show-modal") dialog.showModal();
    else dialog.close();
  });
}

on("click", (event) => {
  if (event.target.matches?.("dialog.dialog[open]")) {
    const box = event.target.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) event.target.close();
  }
});

if (!CSS.supports("position-area", "bottom")) {
  on("toggle", (event) => {
    const menu = event.target;
    if (!menu.matches?.(".menu") || event.newState !== "open") return;
    const box = all(`[popovertarget="${menu.id}"]`)[0].getBoundingClientRect();
    const up = menu.matches(".menu-up") || box.bottom + menu.offsetHeight > innerHeight;
    menu.style.top = `${Math.max(8, up ? box.top - menu.offsetHeight - 6 : box.bottom)}px`;
    menu.style.left = `${Math.max(8, Math.min(box.left, innerWidth - menu.offsetWidth - 8))}px`;
  }, true);
}

// Escape leaves a form that was opened in the page, as it leaves a dialog: it presses what the form has for that.
on("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
  if (document.querySelector("dialog[open], [popover]:popover-open")) return;
  const leave = event.target.closest?.("form")?.querySelector("[data-cancel]");
  if (!leave) return;
  event.preventDefault();
  leave.click();
});

// A form that HTMX put into a place kept for it (`data-opened`) leaves it empty, and the focus returns to what asked.
/** @type {any} */
let opener = null;
on("htmx:beforeRequest", ({ detail }) => {
  if (detail.target?.matches?.("[data-opened]") && !detail.target.contains(detail.elt)) opener = document.activeElement;
});
on("click", (event) => {
  const leave = event.target.closest?.("[data-opened] [data-cancel]");
  if (!leave) return;
  event.preventDefault();
  leave.closest("[data-opened]").replaceChildren();
  opener?.focus?.();
});

// A dialog that came with an answer is there to be answered.
whenever((root) => {
  const brought = root.matches("dialog[data-opens]") ? [root] : all("dialog[data-opens]", root);
  brought.filter((dialog) => !dialog.open).forEach((dialog) => dialog.showModal());
});
