// After signing in, whoever has one organization only goes on to it. Back then leads to the list, and not here again.
const form = document.querySelector("form[data-onward]");
if (form instanceof HTMLFormElement) {
  history.replaceState(null, "", location.pathname);
  form.requestSubmit();
}
