// The one module of every page. Everything here upgrades something that works without it.
import { whenever } from "./dom.js";
import "./polling.js";
import "./focus.js";
import "./shortcuts.js";
import "./drafts.js";
import "./fields.js";
import "./layers.js";
import "./toasts.js";
import "./strips.js";

// What few pages have is loaded by those that have it, or when HTMX brings it.
/** @type {[string, () => Promise<unknown>][]} */
const LATER = [
  ["[data-comment-url]", () => import("./selection.js")],
  ["[data-passkey], [data-passkey-missing]", () => import("./passkeys.js")],
  ["[data-panels], [data-dismissed], .tip", () => import("./lists.js")],
  ["[data-combobox]", () => import("./combobox.js")],
  ["[data-onward]", () => import("./onward.js")],
  ["[data-editor]", () => import("./editor.js")],
  ["[data-mirror], [data-colour], [data-crop]", () => import("./picking.js")],
];

whenever((root) => LATER.forEach(([places, load]) => {
  if (root.matches(places) || root.querySelector(places)) load();
}));
