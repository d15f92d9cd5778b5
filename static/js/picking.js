// Numbers that can be slid to, colours with a code and names, and the frame around what of a picture is shown.
import { all, on, whenever } from "./dom.js";

on("input", (event) => {
  const mirror = event.target.dataset?.mirror;
  if (mirror) all(`#${CSS.escape(mirror)}`).forEach((other) => (other.value = event.target.value));
});

on("input", (event) => {
  const holder = event.target.closest?.("[data-colour]");
  if (!holder) return;
  const [picker, code] = all("input", holder);
  if (event.target === picker) code.value = picker.value;
  else if (/^#[0-9a-f]{6}$/i.test(code.value)) picker.value = code.value;
});
on("click", (event) => {
  const swatch = event.target.closest?.("[data-colour-to]");
  if (!swatch) return;
  all("input", swatch.closest("[data-colour]")).forEach((field) => (field.value = swatch.dataset.colourTo));
});

/** The greatest frame of a ratio inside a picture that stays around the middle of `frame`; all in per cent.
 * @param {{x: number, y: number, w: number, h: number}} frame @param {number} ratio width to height
 * @param {number} width of the picture @param {number} height of the picture */
export function fitted(frame, ratio, width, height) {
  const wide = Math.min(100, (100 * height * ratio) / width);
  const w = wide;
  const h = Math.min(100, (100 * (width * wide)) / 100 / ratio / height);
  const middle = (/** @type {number} */ start, /** @type {number} */ size) => start + size / 2;
  const inside = (/** @type {number} */ at, /** @type {number} */ size) => Math.max(0, Math.min(100 - size, at - size / 2));
  return { x: inside(middle(frame.x, frame.w), w), y: inside(middle(frame.y, frame.h), h), w, h };
}

const SIDES = ["x", "y", "w", "h"];
/** @param {any} crop @returns {Record<string, any>} */
const sidesOf = (crop) => Object.fromEntries(SIDES.map((side) => [side, crop.querySelector(`[data-crop-side=${side}]`)]));
/** @param {any} crop @returns {any} */
const frameOf = (crop) => Object.fromEntries(Object.entries(sidesOf(crop)).map(([side, field]) => [side, Number(field.value)]));

/** @param {any} crop @param {Record<string, number>} frame */
function draw(crop, frame) {
  /** @type {Record<string, string>} */
  const names = { x: "x", y: "y", w: "width", h: "height" };
  all("[data-crop-frame]", crop).forEach((rect) => SIDES.forEach((side) => rect.setAttribute(names[side], `${frame[side]}%`)));
}

/** @param {any} crop @param {Record<string, number>} frame */
function set(crop, frame) {
  const fields = sidesOf(crop);
  SIDES.forEach((side) => (fields[side].value = Math.round(frame[side])));
  draw(crop, frame);
}

on("input", (event) => {
  const crop = event.target.closest?.("[data-crop]");
  if (!crop) return;
  if (!event.target.name.endsWith("ratio")) return draw(crop, frameOf(crop));
  const [across, down] = event.target.value.split(":").map(Number);
  set(crop, fitted(frameOf(crop), across / down, Number(crop.dataset.width), Number(crop.dataset.height)));
});

on("pointerdown", (event) => {
  const crop = event.target.closest?.(".crop-shade")?.closest("[data-crop]");
  if (!crop) return;
  const box = crop.querySelector(".crop-on").getBoundingClientRect();
  const start = frameOf(crop);
  const from = { x: event.clientX, y: event.clientY };
  const move = (/** @type {PointerEvent} */ now) => {
    const x = start.x + (100 * (now.clientX - from.x)) / box.width;
    const y = start.y + (100 * (now.clientY - from.y)) / box.height;
    set(crop, { ...start, x: Math.max(0, Math.min(100 - start.w, x)), y: Math.max(0, Math.min(100 - start.h, y)) });
  };
  const stop = () => removeEventListener("pointermove", move);
  addEventListener("pointermove", move);
  addEventListener("pointerup", stop, { once: true });
  addEventListener("pointercancel", stop, { once: true });
});

whenever((root) => all("[data-mirror][hidden], [data-colour] [hidden]", root).forEach((one) => (one.hidden = false)));
