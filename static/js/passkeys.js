// Passkeys: a form with data-passkey asks the browser for one and posts what it answered. The options stand in
// the element that data-options names; the log-in page's are fetched, so that they are fresh when asked for.
import { all, announce, on } from "./dom.js";

const known = window.PublicKeyCredential?.parseCreationOptionsFromJSON !== undefined;
if (known) all("[data-passkey]").forEach((form) => (form.hidden = false));
else all("[data-passkey-missing]").forEach((note) => (note.hidden = false));

/** @param {any} form */
async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(document.querySelector(form.dataset.options).textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  return answer.json();
}

/** @param {any} options @param {boolean} passwordless */
function made(options, passwordless) {
  const publicKey = structuredClone(options.creation_options.publicKey);
  if (passwordless) {
    const wanted = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
    Object.assign(publicKey.authenticatorSelection, wanted);
  }
  return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
}

/** @param {any} options */
function used(options) {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options.request_options.publicKey);
  return navigator.credentials.get({ publicKey });
}

on("submit", async (event) => {
  const form = event.target;
  if (form.dataset.passkey === undefined) return;
  event.preventDefault();
  try {
    const options = await optionsOf(form);
    const adding = form.dataset.passkey === "add";
    /** @type {any} */
    const credential = await (adding ? made(options, form.elements.passwordless?.checked) : used(options));
    form.elements.credential.value = JSON.stringify(credential.toJSON());
    form.submit();
  } catch {
    form.querySelector("[data-passkey-failed]").hidden = false;
    announce(form.querySelector("[data-passkey-failed]").textContent);
  }
});
