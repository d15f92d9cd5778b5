// The toolbar of a text in Markdown. Without it the field is a plain one.
import { all, on, whenever } from "./dom.js";
import { moved } from "./lists.js";

/** @type {Record<string, [string, string]>} */
const AROUND = { bold: ["**", "**"], link: ["[", "](https://)"] };
/** @type {Record<string, string>} */
const BEFORE = { heading: "## ", list: "- ", numbers: "1. ", quote: "> " };

/** The text after a tool was used on what is selected, and the new selection. A second use takes it back.
 * @param {{text: string, start: number, end: number}} from @param {string} tool */
export function used(from, tool) {
  const { text, start, end } = from;
  const chosen = text.slice(start, end);
  if (tool in AROUND) {
    const [left, right] = AROUND[tool];
    if (text.slice(start - left.length, start) === left && text.slice(end, end + right.length) === right) {
      const bare = text.slice(0, start - left.length) + chosen + text.slice(end + right.length);
      return { text: bare, start: start - left.length, end: end - left.length };
    }
    const marked = text.slice(0, start) + left + chosen + right + text.slice(end);
    return { text: marked, start: start + left.length, end: end + left.length };
  }
  const sign = BEFORE[tool];
  const from0 = text.lastIndexOf("\n", start - 1) + 1;
  const to = text.indexOf("\n", end) < 0 ? text.length : text.indexOf("\n", end);
  const lines = text.slice(from0, to).split("\n");
  const has = (/** @type {string} */ line) => (tool === "numbers" ? /^\d+\. /.test(line) : line.startsWith(sign));
  const bare = (/** @type {string} */ line) => line.replace(/^(#{1,6} |- |> |\d+\. )/, "");
  const back = lines.every(has);
  const changed = lines.map((line, at) => (back ? bare(line) : (tool === "numbers" ? `${at + 1}. ` : sign) + bare(line)));
  const body = changed.join("\n");
  return { text: text.slice(0, from0) + body + text.slice(to), start: from0, end: from0 + body.length };
}

/** @param {any} editor @param {string} tool */
function use(editor, tool) {
  const field = editor.querySelector("textarea");
  const after = used({ text: field.value, start: field.selectionStart, end: field.selectionEnd }, tool);
  field.value = after.text;
  field.focus();
  field.setSelectionRange(after.start, after.end);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

on("click", (event) => {
  const button = event.target.closest?.("[data-tool]");
  if (button) use(button.closest("[data-editor]"), button.dataset.tool);
});
on("keydown", (event) => {
  const editor = event.target.closest?.("[data-editor]");
  if (!editor) return;
  if (event.target.matches("textarea") && (event.ctrlKey || event.metaKey) && "bk".includes(event.key)) {
    event.preventDefault();
    use(editor, event.key === "b" ? "bold" : "link");
    return;
  }
  const bar = event.target.closest("[role=toolbar]");
  if (!bar) return;
  const tools = all("button", bar);
  const at = moved(event.key, tools.indexOf(event.target), tools.length);
  if (at === null) return;
  event.preventDefault();
  tools.forEach((tool) => (tool.tabIndex = tool === tools[at] ? 0 : -1));
  tools[at].focus();
});
whenever((root) => all("[data-editor] [role=toolbar]", root).forEach((bar) => (bar.hidden = false)));
