// The calendar page: dragging (SortableJS), Alt and arrows, and "Move…" in a dialog. Each posts the same form; what
// comes back is the calendar as it is, so that what was refused stands where it was.
import { all, announce, on, whenever } from "./dom.js";

/** @type {any} */
const form = document.getElementById("drop");
/** @type {Record<string, number>} */
const days = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
/** @param {number} number */
const pad = (number) => String(number).padStart(2, "0");

/** `day` is "2026-12-03"; counted in UTC, where every day is as long as another.
 * @param {string} day @param {number} count */
function daysLater(day, count) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/** @param {any} slot @param {string} date @param {number | string} [hour] */
function move(slot, date, hour) {
  const { day, hour: before } = slot.closest("[data-day]").dataset;
  /** @type {Record<string, string>} */
  const values = { topic: slot.dataset.topic, post: slot.dataset.post ?? "", on: day, version: slot.dataset.version, date };
  values.time = hour !== undefined && hour !== before ? `${pad(Number(hour))}:00` : "";
  Object.entries(values).forEach(([name, value]) => (form.elements[name].value = value));
  form.requestSubmit();
}

// Phones show days below each other, where dragging leads nowhere: they do not load it.
const wide = matchMedia("(width >= 40rem)");
const SORTABLE = "./vendor/sortable.js"; // not ours: its types are not looked at
const dragging = wide.matches ? import(SORTABLE) : null;

/** @param {any} list */
async function sortable(list) {
  await dragging;
  /** @type {any} */ (window).Sortable?.create(list, {
    group: "calendar",
    draggable: ".slot[data-topic]",
    filter: ".slot-move",
    preventOnFilter: false,
    sort: false,
    delay: 250,
    delayOnTouchOnly: true,
    animation: 0,
    ghostClass: "is-dragged",
    onStart: () => document.body.classList.add("is-moving"),
    onMove: (/** @type {any} */ { to }) => {
      all(".is-target").forEach((cell) => cell.classList.remove("is-target"));
      to.closest("td").classList.add("is-target");
    },
    onEnd: (/** @type {any} */ { item, from, to, oldIndex }) => {
      document.body.classList.remove("is-moving");
      all(".is-target").forEach((cell) => cell.classList.remove("is-target"));
      if (from === to) return;
      const { day, hour } = to.dataset;
      from.insertBefore(item, from.children[oldIndex] ?? null); // it stays until the server has said yes
      item.classList.add("is-dragged");
      move(item, day, hour);
    },
  });
}

/** @returns {any} */
const here = () => document.activeElement?.closest?.(".slot[data-topic]");

/** @param {any} link */
function ask(link) {
  /** @type {any} */ (window).htmx.ajax("GET", link.href, { target: "#cal-dialog", swap: "innerHTML", source: link });
}

on("keydown", (event) => {
  const slot = here();
  if (!slot) return;
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (event.altKey && plain && event.key in days) {
    event.preventDefault();
    const { day, hour } = slot.closest("[data-day]").dataset;
    const byHour = hour !== undefined && Math.abs(days[event.key]) === 7;
    if (byHour) move(slot, day, Math.min(23, Math.max(0, Number(hour) + Math.sign(days[event.key]))));
    else move(slot, daysLater(day, days[event.key]));
  } else if (event.key === "m" && plain && !event.altKey) {
    event.preventDefault();
    slot.querySelector(".slot-move")?.click();
  }
}, true);

on("click", (event) => {
  const link = event.target.closest(".slot-move:not([data-page]), [data-move]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  ask(link);
});

// Dragging leaves empty style attributes, which HTMX would copy to what comes: the content policy forbids them.
on("htmx:beforeSwap", () => all(".slot[style]").forEach((slot) => slot.removeAttribute("style")));

["htmx:sendError", "htmx:timeout"].forEach((name) => on(name, (event) => {
  if (event.detail.elt !== form) return;
  all(".slot.is-dragged").forEach((slot) => slot.classList.remove("is-dragged"));
  announce(form.dataset.lost);
}));

whenever((root) => [root, ...all(".slots", root)].filter((list) => list.matches(".slots")).forEach(sortable));
