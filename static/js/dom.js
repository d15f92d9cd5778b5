export const all = (selector, root = document) => [...root.querySelectorAll(selector)];
export const on = (event, listener, options) => document.addEventListener(event, listener, options);

/** Runs for the page and for whatever HTMX brings later. */
export function whenever(callback) {
  callback(document.body);
  on("htmx:load", (event) => callback(event.detail.elt));
}

export function announce(text) {
  const region = document.getElementById("announcer");
  if (region && text && region.textContent !== text) region.textContent = text;
}
