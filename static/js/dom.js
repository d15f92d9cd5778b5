// What all modules stand on. Elements are `any` where they come out of the page: it is the page that knows them.

/** What fits in `root`, and `root` itself where it fits: HTMX brings a form as the root of what comes.
 * @param {string} selector @param {any} [root] @returns {any[]} */
export const all = (selector, root = document) => [...(root.matches?.(selector) ? [root] : []), ...root.querySelectorAll(selector)];

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
