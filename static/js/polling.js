// Progress fragments ask again by themselves ("load delay:Nms, resume"). Here: rest while the tab is hidden,
// keep trying while the connection is gone, and say only what changed.
import { all, announce, on, whenever } from "./dom.js";

const waiting = new Set();
const failures = new WeakMap();
const banner = document.getElementById("offline");

/** @param {string | undefined} text */
function say(text) {
  if (!banner) return;
  banner.textContent = text ?? "";
  banner.hidden = !text;
}

/** @param {Element} element */
function resume(element) {
  if (element.isConnected) window.htmx.trigger(element, "resume");
}

on("htmx:beforeRequest", (event) => {
  const element = event.detail.elt;
  if (document.hidden && element.matches("[data-poll]")) {
    event.preventDefault();
    waiting.add(element);
  }
});

on("visibilitychange", () => {
  if (document.hidden) return;
  waiting.forEach(resume);
  waiting.clear();
});

/** Seconds until a question that got no answer is asked again. @param {number} tries @returns {number} */
export const pause = (tries) => Math.min(30, 2 ** tries);

/** @param {any} event @param {string | undefined} text */
function failed(event, text) {
  const element = event.detail.elt;
  say(text);
  if (!element.matches("[data-poll]")) return;
  const tries = (failures.get(element) ?? 0) + 1;
  failures.set(element, tries);
  setTimeout(() => resume(element), pause(tries) * 1000);
}

on("htmx:sendError", (event) => failed(event, document.body.dataset.lost));
on("htmx:responseError", (event) => {
  if ([502, 503, 504].includes(event.detail.xhr.status)) failed(event, document.body.dataset.away);
});

on("htmx:afterRequest", (event) => {
  if (event.detail.successful && navigator.onLine) say("");
});

addEventListener("offline", () => say(document.body.dataset.offline));
addEventListener("online", () => {
  say("");
  all("[data-poll]").forEach(resume);
});

let step = "";
whenever((root) => {
  const found = root.matches?.("[data-poll], .job") ? root : root.querySelector("[data-poll]");
  const said = found?.querySelector("[data-announce]")?.textContent.trim() ?? "";
  if (said && step && said !== step) announce(said);
  if (said) step = said;
});
