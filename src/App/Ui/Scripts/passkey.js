// Passkeys: the browser makes and uses them, the server checks. Offered only where the browser can (HTTPS or localhost, a name and no bare address).
import { whenThere } from "./say.js";

const can = () => window.PublicKeyCredential?.parseRequestOptionsFromJSON && isSecureContext && !/^[\d.:[\]]+$/.test(location.hostname);

async function ask(url, form) {
  const answer = await fetch(url, { method: "POST", headers: { "HX-Request": "true", RequestVerificationToken: form.elements.__RequestVerificationToken.value } });
  if (!answer.ok) throw new Error((await answer.json()).detail);
  return answer.json();
}

async function send(url, form) {
  const answer = await fetch(url, { method: "POST", headers: { "HX-Request": "true" }, body: new URLSearchParams(new FormData(form)) });
  if (!answer.ok) throw new Error((await answer.json()).detail);
  return answer;
}

function put(form, credential) {
  const field = form.elements.Credential ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "Credential" }));
  field.value = JSON.stringify(credential);
}

function handle(selector, act) {
  document.addEventListener("submit", async e => {
    const form = e.target.closest(selector);
    if (!form) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    const button = form.querySelector("[type=submit]");
    const said = form.querySelector("[data-passkey-said]");
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    said.textContent = "";
    try {
      await act(form);
    } catch (fault) {
      // Closed by the person: nothing to say.
      if (fault.name !== "NotAllowedError" && fault.name !== "AbortError") said.textContent = fault.message;
    } finally {
      button.removeAttribute("aria-busy");
    }
  }, true);
}

handle("[data-passkey-signin]", async form => {
  const options = PublicKeyCredential.parseRequestOptionsFromJSON(await ask("/passkey/options", form));
  put(form, (await navigator.credentials.get({ publicKey: options })).toJSON());
  location.assign((await send("/passkey/sign-in", form)).headers.get("HX-Redirect") ?? "/home");
});

handle("[data-passkey-add]", async form => {
  const options = PublicKeyCredential.parseCreationOptionsFromJSON(await ask("/me/passkeys/options", form));
  put(form, (await navigator.credentials.create({ publicKey: options })).toJSON());
  await send("/me/passkeys/", form);
  location.reload();
});

whenThere("[data-passkey-offer]", offer => { offer.hidden = !can(); });
whenThere("[data-passkey-cannot]", note => { note.hidden = Boolean(can()); });
