// Tabs inside a page, messages that can be put away, and explanations that Escape closes.
import { all, on, whenever } from "./dom.js";

/** @param {HTMLElement} tab @param {HTMLElement[]} tabs */
function choose(tab, tabs) {
  tabs.forEach((one) => {
    const chosen = one === tab;
    one.setAttribute("aria-selected", String(chosen));
    one.tabIndex = chosen ? 0 : -1;
    const panel = document.getElementById(one.getAttribute("aria-controls") ?? "");
    if (panel) panel.hidden = !chosen;
  });
}

/** The place among `count` that a key of a tab list leads to, from `at`; null for another key.
 * @param {string} key @param {number} at @param {number} count */
export function moved(key, at, count) {
  if (key === "ArrowRight" || key === "ArrowDown") return (at + 1) % count;
  if (key === "ArrowLeft" || key === "ArrowUp") return (at - 1 + count) % count;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  return null;
}

/** @param {HTMLElement} holder */
function build(holder) {
  if (holder.querySelector("[role=tablist]")) return;
  const list = document.createElement("div");
  list.className = "panels-tabs";
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", holder.dataset.label ?? "");
  const tabs = all("[data-panel]", holder).map((panel) => {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.id = `${panel.id}-tab`;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", panel.id);
    const title = panel.querySelector("h3");
    tab.textContent = title?.textContent ?? "";
    if (title) title.hidden = true;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    list.append(tab);
    return tab;
  });
  list.addEventListener("click", (event) => {
    const tab = /** @type {HTMLElement} */ (event.target).closest("button");
    if (tab) choose(tab, tabs);
  });
  list.addEventListener("keydown", (event) => {
    const at = moved(event.key, tabs.indexOf(/** @type {HTMLButtonElement} */ (event.target)), tabs.length);
    if (at === null) return;
    event.preventDefault();
    choose(tabs[at], tabs);
    tabs[at].focus();
  });
  holder.prepend(list);
  const asked = tabs.find((tab) => `#${tab.getAttribute("aria-controls")}` === location.hash);
  if (tabs.length) choose(asked ?? tabs[0], tabs);
}

whenever((root) => {
  all("[data-panels]", root).forEach(build);
  all("[data-dismissed] [data-dismiss]", root).forEach((button) => (button.hidden = false));
});

on("click", (event) => event.target.closest("[data-dismiss]")?.closest("[data-dismissed]")?.remove());
on("keydown", (event) => {
  if (event.key === "Escape") all(".tip:is(:hover, :focus-within)").forEach((tip) => tip.classList.add("is-closed"));
});
["pointerout", "focusout"].forEach((name) => on(name, (event) => event.target.closest?.(".tip")?.classList.remove("is-closed")));
