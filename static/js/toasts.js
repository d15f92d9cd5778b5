// Toasts leave after a while, never under ten seconds when they hold Undo, and never while somebody is on them.
import { all, on, whenever } from "./dom.js";

const SHORT = 6000;
const WITH_UNDO = 12000;

/** @param {any} toast */
function leaveLater(toast) {
  const time = toast.dataset.toast === "undo" ? WITH_UNDO : SHORT;
  const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : toast.remove());
  setTimeout(leave, time);
}

on("click", (event) => event.target.closest("[data-dismiss]")?.closest("[data-toast]")?.remove());

new MutationObserver((changes) => changes.forEach(({ addedNodes }) => addedNodes.forEach((/** @type {any} */ node) => {
  if (node.matches?.("[data-toast]")) leaveLater(node);
}))).observe(document.getElementById("toasts") ?? document.body, { childList: true });

whenever((root) => all("#toasts > [data-toast]", root).forEach(leaveLater));
