// Tabs wider than the window stand at the one that is shown.
import { all, whenever } from "./dom.js";

const watcher = new IntersectionObserver((entries) => entries.forEach(({ target, intersectionRatio, boundingClientRect: { left } }) => {
  watcher.unobserve(target);
  if (intersectionRatio < 1 && target.parentElement) target.parentElement.scrollLeft += left - 48;
}));

whenever((root) => all(".tabs > [aria-current], .side-nav-turns > [aria-current]", root).forEach((here) => watcher.observe(here)));
