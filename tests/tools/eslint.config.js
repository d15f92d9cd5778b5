import js from "@eslint/js";

const ofThePage = [
  "document", "window", "location", "navigator", "addEventListener", "removeEventListener", "setTimeout", "clearTimeout", "innerWidth",
  "innerHeight", "scrollX", "scrollY", "fetch", "CSS", "Intl", "Event", "HTMLButtonElement", "MutationObserver", "DOMParser",
  "URLSearchParams", "URL", "PublicKeyCredential", "structuredClone", "FormData", "sessionStorage", "requestAnimationFrame",
  "matchMedia", "IntersectionObserver", "HTMLFormElement", "history", "performance",
];

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: Object.fromEntries(ofThePage.map((name) => [name, "readonly"])) },
    rules: { eqeqeq: "error", "no-var": "error", "prefer-const": "error", "no-unused-vars": "error", "no-eval": "error", "no-implied-eval": "error" },
  },
];
