import assert from "node:assert/strict";
import { test } from "node:test";
import "./dom.mjs";

const { used } = await import("../../static/js/editor.js");
const { moved } = await import("../../static/js/lists.js");
const { fitting } = await import("../../static/js/combobox.js");
const { fitted } = await import("../../static/js/picking.js");
const { lengthOf, matchAddress } = await import("../../static/js/fields.js");
const { due, kept } = await import("../../static/js/drafts.js");
const { all } = await import("../../static/js/dom.js");
const { pause } = await import("../../static/js/polling.js");

test("a tool puts its signs around what is selected, and takes them back", () => {
  const bold = used({ text: "one two", start: 4, end: 7 }, "bold");
  assert.deepEqual(bold, { text: "one **two**", start: 6, end: 9 });
  assert.deepEqual(used(bold, "bold"), { text: "one two", start: 4, end: 7 });
  assert.equal(used({ text: "see it", start: 4, end: 6 }, "link").text, "see [it](https://)");
});

test("a tool for lines changes every line that is selected", () => {
  const text = "one\ntwo\nthree";
  const listed = used({ text, start: 1, end: 5 }, "list");
  assert.equal(listed.text, "- one\n- two\nthree");
  assert.equal(used(listed, "list").text, text);
  assert.equal(used({ text, start: 0, end: 13 }, "numbers").text, "1. one\n2. two\n3. three");
  assert.equal(used({ text: "- one", start: 0, end: 0 }, "heading").text, "## one");
});

test("arrows go around the tabs, Home and End to their ends, other keys nowhere", () => {
  assert.equal(moved("ArrowRight", 2, 3), 0);
  assert.equal(moved("ArrowLeft", 0, 3), 2);
  assert.equal(moved("Home", 2, 3), 0);
  assert.equal(moved("End", 0, 3), 2);
  assert.equal(moved("Enter", 1, 3), null);
});

test("what begins with the words is suggested first, whatever its accents", () => {
  const options = [["Nová pekárna", ""], ["Pekárna Černý", ""], ["Mlýn", "pekárenský"]].map(([value, words]) => ({ value, words }));
  assert.deepEqual(fitting(options, "pekar").map((one) => one.value), ["Pekárna Černý", "Nová pekárna", "Mlýn"]);
  assert.deepEqual(fitting(options, "cerny").map((one) => one.value), ["Pekárna Černý"]);
  assert.equal(fitting(options, " ").length, 3);
});

test("a frame of a ratio is the greatest that fits, around the middle of the one before", () => {
  const square = fitted({ x: 0, y: 0, w: 100, h: 100 }, 1, 1600, 900);
  assert.deepEqual(square, { x: 21.875, y: 0, w: 56.25, h: 100 });
  const wide = fitted({ x: 0, y: 0, w: 100, h: 100 }, 16 / 9, 900, 1600);
  assert.equal(wide.w, 100);
  assert.ok(Math.abs(wide.h - 31.640625) < 1e-9);
  const atTheEdge = fitted({ x: 90, y: 0, w: 10, h: 100 }, 1, 1600, 900);
  assert.equal(atTheEdge.x, 43.75);
});

test("a letter with its accents counts as one, and so does a picture of several signs", () => {
  assert.equal(lengthOf("příliš"), 6);
  assert.equal(lengthOf("👩‍👩‍👧"), 1);
});

test("lost questions are asked again later and later, never later than in half a minute", () => {
  assert.deepEqual([1, 2, 3, 4, 5, 6].map(pause), [2, 4, 8, 16, 30, 30]);
});

test("what is looked for in a part that came may be that part itself", () => {
  const inner = {};
  const form = { matches: (selector) => selector === "form", querySelectorAll: (selector) => (selector === "a" ? [inner] : []) };
  assert.deepEqual(all("form", form), [form]);
  assert.deepEqual(all("a", form), [inner]);
});

test("a draft holds what differs from what stood there, and knows it over a refusal", () => {
  const field = (value, defaultValue) => ({ name: "text", value, defaultValue });
  const draft = kept({}, [field("new", "old")], false);
  assert.deepEqual(draft, { text: { was: "old", now: "new" } });
  assert.deepEqual(kept(draft, [field("newer", "new")], true), { text: { was: "old", now: "newer" } });
  assert.deepEqual(kept(draft, [field("other", "saved")], false), { text: { was: "saved", now: "other" } });
  assert.deepEqual(kept(draft, [field("old", "old")], false), {});
});

test("a draft comes back over the words it was typed over, and over no others", () => {
  const draft = { text: { was: "", now: "mine" }, title: { was: "old", now: "new" } };
  const shown = (text, title) => due(draft, [{ name: "text", value: text }, { name: "title", value: title }, { name: "more", value: "" }]).map(({ name }) => name);
  assert.deepEqual(shown("", "old"), ["text", "title"]);
  assert.deepEqual(shown("", "changed by somebody"), ["text"]);
  assert.deepEqual(shown("typed already", "new"), []);
});

test("on the way back a filter says what the address says", () => {
  const asked = new URLSearchParams("state=DRAFT&kind=a&kind=b");
  const after = (field) => {
    matchAddress(asked, field);
    return field;
  };
  assert.equal(after({ name: "state", value: "ALL" }).value, "DRAFT");
  assert.equal(after({ name: "q", value: "words" }).value, "");
  assert.equal(after({ name: "kind", type: "checkbox", value: "b", checked: false }).checked, true);
  assert.equal(after({ name: "kind", type: "radio", value: "c", checked: true }).checked, false);
  assert.equal(after({ name: "persona", value: "x", selectedIndex: -1 }).selectedIndex, 0);
});
