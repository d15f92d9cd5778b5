// As much of a page as the modules touch while they are loaded: their logic is tested here, their effect in the journeys.
const nothing = () => {};
const element = () => ({
  addEventListener: nothing, append: nothing, querySelector: () => null, querySelectorAll: () => [], matches: () => false,
  setAttribute: nothing, removeAttribute: nothing, classList: { toggle: nothing, add: nothing, remove: nothing }, dataset: {}, style: {},
});
const body = element();
Object.assign(globalThis, {
  document: { ...element(), body, documentElement: element(), createElement: element, getElementById: () => null },
  addEventListener: nothing,
  window: { sessionStorage: { getItem: () => null, setItem: nothing, removeItem: nothing } },
  HTMLButtonElement: class {}, CSS: { supports: () => true, escape: (text) => text },
  MutationObserver: class { observe() {} },
  location: { hash: "", search: "" }, performance: { getEntriesByType: () => [] },
});
