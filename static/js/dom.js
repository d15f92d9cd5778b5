// What all modules stand on. Elements are `any` where they come out of the page: it is the page that knows them.

/** @param {string} selector @param {ParentNode} [root] @returns {any[]} */
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/** @param {string} event @param {(event: any) => void} listener @param {boolean | AddEventListenerOptions} [options] */
export const on = (event, listener, options) => document.addEventListener(event, listener, options);

/** Runs for the page and for whatever HTMX brings later.
 * @param {(root: HTMLElement) => void} callback */
export function whenever(callback) {
  callback(document.body);
  on("htmx:load", (event) => callback(event.detail.elt));
}

/** @param {string | undefined} text */
export function announce(text) {
  const region = document.getElementById("announcer");
  if (region && text && region.textContent !== text) region.textContent = text;
}
