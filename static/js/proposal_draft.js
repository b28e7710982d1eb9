// A proposal is saved while it is typed. The buttons save the same without scripts.
//
// <form data-draft="where to save" data-place="the list of drafts" data-saving data-unsaved data-gone>
// with [data-draft-state] inside. What could not be sent yet waits on this device under its place and step.
const form = document.querySelector("form[data-draft]");
const state = form?.querySelector("[data-draft-state]");
const PAUSE = 800; // milliseconds after the last keystroke
const AGAIN = 5000; // milliseconds until a save that failed is tried again
const PATIENCE = 10000; // milliseconds for one save
const KEPT = ["key", "page", "revision"];
let pause;
let isSending = false;
let isWaiting = false;

const shelf = (step = form.elements.step.value) => `draft:${form.dataset.place}:${step}`;
const typed = () => [...form.elements].filter((field) => field.name && field.type !== "file" && field.type !== "submit");

function put(isSent = false) {
  const values = typed().filter((field) => field.name !== "csrfmiddlewaretoken");
  const entries = values.map((field) => [field.name, field.value]);
  try {
    localStorage.setItem(shelf(), JSON.stringify({ ...Object.fromEntries(entries), isSent }));
  } catch {
    // A browser that keeps nothing: the server is tried again all the same.
  }
}

function forget(name = shelf()) {
  try {
    localStorage.removeItem(name);
  } catch {
    // as above
  }
}

function fetchBack() {
  let left;
  try {
    left = JSON.parse(localStorage.getItem(shelf()));
  } catch {
    return false;
  }
  const isNew = !location.pathname.includes(form.elements.key.value);
  if (!left || (!isNew && left.key !== form.elements.key.value)) return false;
  const shown = typed().filter((field) => field.type !== "hidden" && field.name in left);
  if (shown.every((field) => field.value === left[field.name])) {
    forget(); // it has arrived
    return false;
  }
  for (const field of typed()) {
    if (field.name in left && (field.type !== "hidden" || KEPT.includes(field.name))) field.value = left[field.name];
  }
  form.dataset.draft = form.dataset.draft.replace(/[0-9a-f-]{36}/, left.key);
  return true;
}

// The page of another step has come: what was sent from the one before has arrived.
function clearOthers() {
  for (const step of ["what", "where", "how"]) {
    if (step !== form.elements.step.value && localStorage.getItem(shelf(step))?.includes('"isSent":true')) {
      forget(shelf(step));
    }
  }
}

async function save() {
  clearTimeout(pause);
  if (isSending) {
    isWaiting = true;
    return;
  }
  isSending = true;
  const body = new FormData(form);
  body.delete("photo");
  body.set("turn", Date.now());
  const answer = await fetch(form.dataset.draft, {
    method: "POST", body, keepalive: true, signal: AbortSignal.timeout(PATIENCE),
  }).catch(() => null);
  const told = answer && (await answer.json().catch(() => null));
  isSending = false;
  if (isWaiting) {
    isWaiting = false;
    save();
  } else if (answer?.ok) {
    forget();
    state.textContent = told.message;
    const own = form.dataset.draft.replace(/save\/$/, `${form.elements.step.value}/`);
    if (location.pathname !== own) history.replaceState(null, "", own);
  } else if (told?.message && answer.status < 429) {
    state.textContent = told.message;
  } else if (answer?.status === 403 || answer?.status === 404) {
    state.textContent = form.dataset.gone;
  } else {
    state.textContent = form.dataset.unsaved;
    pause = setTimeout(save, AGAIN);
  }
}

form?.addEventListener("input", (event) => {
  if (event.target.type === "file") return;
  put();
  state.textContent = form.dataset.saving;
  clearTimeout(pause);
  pause = setTimeout(save, PAUSE);
});
form?.addEventListener("submit", () => {
  clearTimeout(pause);
  put(true);
});
if (form) {
  try {
    clearOthers();
  } catch {
    // A browser that keeps nothing.
  }
  window.addEventListener("online", save);
  if (fetchBack()) save();
}
