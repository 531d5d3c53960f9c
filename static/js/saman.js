// Focus after a swap, and a word when a request failed. Every page works without it.
const message = () => document.getElementById("melding");

function say(key) {
  const box = message();
  box.textContent = box.dataset[key];
  box.hidden = false;
  clearTimeout(box.timer);
  box.timer = setTimeout(() => { box.hidden = true; }, 12000);
}

const words = { 401: "signedOut", 403: "forbidden", 404: "missing", 409: "stale", 412: "stale" };

for (const name of ["htmx:response:error", "htmx:error"]) document.addEventListener(name, event => {
  const status = event.detail.ctx?.response?.status;
  const source = event.detail.ctx?.sourceElement;
  const saving = source?.closest?.("[data-autosave]");
  // The form, or its status line, says what is wrong.
  if (status === 422 || (saving && (status === 409 || saving === source))) return;
  say(status ? words[status] ?? "failed" : "offline");
});

// Signing in again in another tab changes the token this page was made with: take the one that counts now.
const csrfToken = () => document.cookie.match(/(?:^|; )(?:__Host-)?csrf=([^;]+)/)?.[1];

document.addEventListener("htmx:config:request", event => {
  const token = csrfToken();
  const { request } = event.detail.ctx;
  if (!token || request.method === "GET") return;
  request.headers["X-CSRFToken"] = token;
  request.body?.delete?.("csrfmiddlewaretoken");
});

document.addEventListener("htmx:before:request", () => { message().hidden = true; });

document.addEventListener("htmx:after:swap", event => {
  const target = event.detail.ctx?.target;
  const now = target?.id ? document.getElementById(target.id) : target; // an outerHTML swap leaves the old element behind
  (now?.matches?.("[data-focus]") ? now : now?.querySelector?.("[data-focus]"))?.focus();
});

// What one person has written and could not save (autosave.js) is not for the next one on the same machine.
function dropKept(person) {
  const others = Object.keys(sessionStorage).filter(key => key.startsWith("saman:") && !key.startsWith(`saman:${person}:`));
  others.forEach(key => sessionStorage.removeItem(key));
}

document.addEventListener("submit", event => { if (event.target.matches("[data-sign-out]")) dropKept(""); });

// A double click sends a form once. What htmx sends by itself has been stopped before this hears of it.
const underway = new WeakMap();

document.addEventListener("submit", event => {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || form.method !== "post") return;
  if (underway.get(form) === submitter) { event.preventDefault(); return; }
  underway.set(form, submitter);
  setTimeout(() => underway.delete(form), 3000);
});

addEventListener("pageshow", event => { if (event.persisted) document.querySelectorAll("form").forEach(form => underway.delete(form)); });

addEventListener("DOMContentLoaded", () => {
  const { person } = document.body.dataset;
  if (person) dropKept(person);
  document.querySelectorAll(":is(.menu, .tabs) [aria-current]").forEach(link => link.scrollIntoView({ inline: "nearest", block: "nearest" }));
});

// A button that prints the page: only there where a script can do it.
addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-print]").forEach(button => { button.hidden = false; }));
document.addEventListener("click", event => { if (event.target.closest("[data-print]")) print(); });
