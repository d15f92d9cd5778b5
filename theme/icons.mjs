// Collects the named Lucide outlines and our own drawings into one sprite, so that pages load a single file.
import { readFileSync, readdirSync, writeFileSync, copyFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { dirname, join } from "node:path";

const here = dirname(fileURLToPath(import.meta.url));
const lucide = join(here, "node_modules", "lucide-static");
const RENAMED = { "circle-help": "circle-question-mark", filter: "funnel" };
const names = readFileSync(join(here, "icons.txt"), "utf8").split(/\s+/).filter(Boolean).sort();

const inside = (file) =>
  readFileSync(file, "utf8")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/^[\s\S]*?<svg[^>]*>/, "")
    .replace(/<\/svg>\s*$/, "")
    .replace(/\s*\n\s*/g, "")
    .replace(/ \/>/g, "/>")
    .trim();
const symbol = (id, box, body, extra = "") => `<symbol id="${id}" viewBox="${box}"${extra}>${body}</symbol>`;

const outlines = names.map((name) =>
  symbol(name, "0 0 24 24", inside(join(lucide, "icons", `${RENAMED[name] ?? name}.svg`))),
);
const drawings = readdirSync(join(here, "art")).sort().map((file) => {
  const name = file.replace(".svg", "");
  return name === "mark"
    ? symbol(name, "0 0 28 28", inside(join(here, "art", file)))
    : symbol(name, "0 0 400 400", inside(join(here, "art", file)), ' preserveAspectRatio="xMidYMid slice"');
});
const head =
  '<?xml version="1.0" encoding="UTF-8"?>\n<!-- Outlines: Lucide, ISC licence (icons.LICENSE.txt); mark and art-*: PostHub. -->\n<svg xmlns="http://www.w3.org/2000/svg">\n';
writeFileSync(join(here, "..", "static", "icons.svg"), `${head}${[...outlines, ...drawings].join("\n")}\n</svg>\n`);
copyFileSync(join(lucide, "LICENSE"), join(here, "..", "static", "icons.LICENSE.txt"));
