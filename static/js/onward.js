// After signing in, whoever has one organization goes on to it. Back then leads to the list, not here again.
import { all, whenever } from "./dom.js";

whenever((root) => all("form[data-onward]", root).forEach((form) => {
  history.replaceState(null, "", location.pathname);
  form.requestSubmit();
}));
