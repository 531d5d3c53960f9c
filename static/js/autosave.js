// Saving while writing, on a form with data-autosave. One save at a time, soon after the last key. What could not be
// saved stays on the page, is tried again, and outlives signing in again in the same tab. Without script buttons do it.
const PAUSE = 1200;
const TRIES = [2000, 5000, 10000, 20000, 30000];
const DAY = 24 * 3600 * 1000;
let form = null, timer = 0, flying = null, isDirty = false, failures = 0, turn = 0;

const statusLine = () => document.querySelector("#lagret .saved");
const mine = event => form && event.detail.ctx?.request?.form === form;
const isStored = status => status && (status < 400 || status === 409 || status === 422);
const keptAs = () => `saman:${form.dataset.person}:${new URL(form.action).pathname}`;

function tell(key) {
  const line = statusLine();
  if (!line) return;
  line.replaceChildren(key === "saving" ? "" : document.getElementById("feiltegn").content.cloneNode(true), form.dataset[key]);
  line.classList.toggle("nok", key !== "saving");
}

function schedule(wait) {
  clearTimeout(timer);
  timer = setTimeout(save, wait);
}

function save() {
  clearTimeout(timer);
  if (form?.isConnected && isDirty && !flying) form.dispatchEvent(new Event("autosave"));
}

// A copy in this tab only, for the one who wrote it, until it is stored, signed out or a day old.
function keep() {
  const body = new URLSearchParams(new FormData(form));
  body.delete("csrfmiddlewaretoken");
  body.set("nr", ++turn);
  try { sessionStorage.setItem(keptAs(), JSON.stringify({ at: Date.now(), body: body.toString() })); } catch { /* full */ }
}

function forget() {
  sessionStorage.removeItem(keptAs());
}

function failed(status) {
  const words = { 401: "signedOut", 403: "forbidden", 404: "forbidden", 412: "other" };
  const key = status ? words[status] ?? "failed" : "offline";
  isDirty = true;
  keep();
  tell(key);
  document.getElementById("logg-inn-igjen").hidden = !["signedOut", "other"].includes(key);
  if (!failures++ && key in message().dataset) say(key);
  // The rest waits for someone to do something: write on, or come back from signing in.
  if (!status || status >= 500 || status === 429) schedule(TRIES[Math.min(failures, TRIES.length) - 1] * (1 + Math.random() / 4));
}

// What is said of an answer comes with each save; its fields say the same.
function markAnswers() {
  for (const said of form.querySelectorAll("[id$=_said]")) {
    const isWrong = said.querySelector(".ds-validation-message:not([data-color])") !== null;
    for (const field of form.querySelectorAll(`[name="${said.id.replace(/_said$/, "")}"]`)) {
      if (isWrong) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
  }
}

function begin() {
  const found = document.querySelector("form[data-autosave]");
  if (found === form) return;
  clearTimeout(timer);
  [form, flying, isDirty, failures] = [found, null, false, 0];
}

document.addEventListener("input", event => {
  if (!form || event.target.form !== form) return;
  isDirty = true;
  schedule(PAUSE);
});

document.addEventListener("change", event => {
  if (!form || event.target.form !== form) return;
  isDirty = true;
  schedule(0);
});

document.addEventListener("htmx:config:request", event => {
  if (!mine(event)) return;
  const { request } = event.detail.ctx;
  request.body.set("nr", ++turn);
  // A page that is left can still send, as long as it is not too much.
  if (document.visibilityState === "hidden" && new URLSearchParams(request.body).toString().length < 60000) request.keepalive = true;
});

document.addEventListener("htmx:before:request", event => {
  if (!mine(event)) return;
  const { ctx } = event.detail;
  [flying, isDirty] = [ctx, false];
  setTimeout(() => { if (flying === ctx) tell("saving"); }, 600);
});

document.addEventListener("htmx:finally:request", event => {
  const { ctx } = event.detail;
  begin(); // a press may have brought a new form
  if (!mine(event)) return;
  if (flying === ctx) flying = null;
  else if (flying) return; // a press has taken over, and holds the same words
  const status = ctx.response?.status;
  if (!isStored(status)) return failed(status);
  failures = 0;
  document.getElementById("logg-inn-igjen").hidden = true;
  markAnswers();
  if (isDirty) schedule(PAUSE);
  else forget();
});

document.addEventListener("submit", event => { if (event.target.matches("[data-sign-out]")) form = null; });
addEventListener("online", save);
addEventListener("focus", () => { if (failures) save(); });
document.addEventListener("visibilitychange", () => { if (form && (document.visibilityState === "hidden" || failures)) save(); });
addEventListener("pagehide", () => { if (form?.isConnected && (isDirty || flying)) keep(); });
addEventListener("beforeunload", event => {
  const isSigningIn = document.activeElement?.id === "logg-inn-igjen";
  if (form?.isConnected && isDirty && failures && !isSigningIn) event.preventDefault();
});

const answers = () => [...form.elements].filter(field => /^(sv|svar)-(?!var-)/.test(field.name));

function isShown(body) {
  const now = new FormData(form);
  return answers().every(({ name }) => String(now.getAll(name)) === String(body.getAll(name)).replace(/\r\n/g, "\n"));
}

function show(body) {
  for (const field of answers()) {
    if (["checkbox", "radio"].includes(field.type)) field.checked = body.getAll(field.name).includes(field.value);
    else if (body.has(field.name)) field.value = body.get(field.name);
  }
  for (const name of ["save_id", "base_version", "was"]) form.elements[name].value = body.get(name);
}

// Back on the page after signing in again, or after it was left in the middle of a save: the server stores what was
// kept as what it is, an older page's save, and the page is shown anew. What it refuses stays in the fields.
async function recover() {
  let kept;
  try { kept = JSON.parse(sessionStorage.getItem(keptAs())); } catch { /* not ours */ }
  if (!kept || Date.now() - kept.at > DAY) return forget();
  const body = new URLSearchParams(kept.body);
  if (isShown(body)) return forget();
  tell("saving");
  let status;
  try {
    const headers = { "X-CSRFToken": csrfToken(), "HX-Request": "true", "HX-Request-Type": "partial" };
    status = (await fetch(form.action, { method: "POST", headers, body })).status;
  } catch { /* no net */ }
  if (status === 200 || status === 409) {
    forget();
    isDirty = false;
    return location.reload();
  }
  show(body);
  failed(status);
}

addEventListener("DOMContentLoaded", () => {
  begin();
  if (form) recover();
});
