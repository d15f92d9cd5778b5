// Copies what pages load of other people's scripts, each with its licence, so that no page needs another host.
import { copyFileSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { dirname, join } from "node:path";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const target = join(here, "..", "static", "js", "vendor");
mkdirSync(target, { recursive: true });
copyFileSync(join(modules, "sortablejs", "Sortable.min.js"), join(target, "sortable.js"));
copyFileSync(join(modules, "sortablejs", "LICENSE"), join(target, "sortable.LICENSE.txt"));
