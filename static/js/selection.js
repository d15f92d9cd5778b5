// Words selected in a text that can be commented on: a button beside them opens the form with their place in it.
// Without a pointer or scripts each paragraph has its own link to the same form.
import { on } from "./dom.js";
import { acts } from "./shortcuts.js";

const LONGEST = 600;
const button = document.createElement("button");
button.type = "button";
button.className = "btn btn-primary btn-s on-words";
button.hidden = true;
document.body.append(button);
/** @type {any} */
let asked = null;

function chosen() {
  const selection = document.getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  /** @type {any} */
  const start = range.startContainer.nodeType === 1 ? range.startContainer : range.startContainer.parentElement;
  const block = start?.closest("[data-comment-url] [data-block]");
  if (!block) return null;
  const within = document.createRange();
  within.selectNodeContents(block);
  within.setStart(range.startContainer, range.startOffset);
  if (block.contains(range.endContainer)) within.setEnd(range.endContainer, range.endOffset);
  const quote = within.toString().trim().slice(0, LONGEST);
  const before = document.createRange();
  before.selectNodeContents(block);
  before.setEnd(range.startContainer, range.startOffset);
  return quote ? { block, quote, offset: before.toString().length, box: within.getBoundingClientRect() } : null;
}

function show() {
  asked = chosen();
  button.hidden = !asked;
  if (!asked) return;
  button.textContent = asked.block.closest("[data-comment-url]").dataset.commentLabel;
  button.style.top = `${Math.max(8, asked.box.top - 44) + scrollY}px`;
  button.style.left = `${Math.max(8, Math.min(asked.box.left, innerWidth - button.offsetWidth - 8)) + scrollX}px`;
}

let later = 0;
on("selectionchange", () => {
  clearTimeout(later);
  later = setTimeout(show, 150);
});
button.addEventListener("pointerdown", (event) => event.preventDefault());
/** @param {any} words */
async function comment({ block, quote, offset }) {
  const query = new URLSearchParams({ block: block.dataset.block, quote, offset });
  button.hidden = true;
  document.getSelection()?.removeAllRanges();
  await window.htmx.ajax("GET", `${block.closest("[data-comment-url]").dataset.commentUrl}?${query}`, "#new-comment");
  document.getElementById("id-text")?.focus();
}
button.addEventListener("click", () => comment(asked));
// The key for a comment is about the words while some are selected, and only otherwise about the whole text.
on("keydown", (event) => {
  const words = event.key.toLowerCase() === "m" && acts(event) && chosen();
  if (!words) return;
  event.preventDefault();
  comment(words);
}, true);
// Words may have been selected before this came.
show();
