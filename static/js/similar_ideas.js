// While an idea or a proposal is being written: what looks like it. A later page shows the same
// without scripts.
//
// <form data-similar="address" data-similar-fields="title …" data-idea="number of the draft"> with
// [data-similar-found] inside
const form = document.querySelector("form[data-similar]");
const box = form?.querySelector("[data-similar-found]");
const names = (form?.dataset.similarFields ?? "title capability technology market").split(" ");
let pause;
let asked = "";

async function look() {
  const query = new URLSearchParams(names.map((name) => [name, form.elements[name].value.trim()]));
  if (form.dataset.idea) query.set("idea", form.dataset.idea);
  if (query.toString() === asked || query.get("title").length < 4) return;
  asked = query.toString();
  const answer = await fetch(`${form.dataset.similar}?${asked}`).catch(() => null);
  // A slower answer to an older question is not shown any more.
  if (answer?.ok && query.toString() === asked) box.innerHTML = await answer.text();
}

form?.addEventListener("input", (event) => {
  if (!names.includes(event.target.name)) return;
  clearTimeout(pause);
  pause = setTimeout(look, 700);
});
