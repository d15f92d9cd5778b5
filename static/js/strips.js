// Tabs wider than the window stand at the one that is shown. An observer, as measuring here would lay out the page again.
import { all, whenever } from "./dom.js";

const watcher = new IntersectionObserver((entries) => entries.forEach(({ target, intersectionRatio, boundingClientRect }) => {
  watcher.unobserve(target);
  const bar = target.parentElement;
  if (!bar || intersectionRatio === 1) return;
  const box = bar.getBoundingClientRect();
  bar.scrollLeft += boundingClientRect.left - box.left - (box.width - boundingClientRect.width) / 2;
}));

whenever((root) => all(".tabs > [aria-current], .side-nav-turns > [aria-current]", root).forEach((here) => watcher.observe(here)));
