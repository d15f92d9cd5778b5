// A bar of tabs that is wider than the window stands at the tab that is shown. Whether it is to be seen is asked of an
// observer: to measure it here would make the browser lay out the page once more.
import { all, whenever } from "./dom.js";

const watcher = new IntersectionObserver((entries) => entries.forEach(({ target, isIntersecting, intersectionRatio, boundingClientRect }) => {
  watcher.unobserve(target);
  const bar = target.parentElement;
  if (!bar || (isIntersecting && intersectionRatio === 1)) return;
  const box = bar.getBoundingClientRect();
  bar.scrollLeft += boundingClientRect.left - box.left - (box.width - boundingClientRect.width) / 2;
}));

whenever((root) => all(".tabs > [aria-current], .side-nav-turns > [aria-current]", root).forEach((here) => watcher.observe(here)));
