// What every page gains from scripts; each part looks for its data attribute and works without.
document.documentElement.classList.add("js");

const all = (selector) => document.querySelectorAll(selector);

// An error summary takes the focus, so that a screen reader starts there.
document.querySelector("[data-focus]")?.focus();

// <div data-count="300"><textarea>…<p data-left data-over hidden>
for (const box of all("[data-count]")) {
  const text = box.querySelector("textarea, input");
  const note = box.querySelector("[data-left]");
  const limit = Number(box.dataset.count);
  text.removeAttribute("maxlength"); // what is too long is shown, not cut off
  note.hidden = false;
  let pause;
  const show = () => {
    const left = limit - Array.from(text.value.replace(/\r?\n/g, "\r\n")).length;
    note.classList.toggle("over", left < 0);
    note.textContent = `${left < 0 ? note.dataset.over : note.dataset.left} ${Math.abs(left)}`;
  };
  text.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(show, 200);
  });
  show();
}

// <div data-password data-show data-hide data-label-show data-label-hide><input type="password">
for (const box of all("[data-password]")) {
  const input = box.querySelector("input");
  const button = document.createElement("button");
  const words = box.dataset;
  const draw = (shown) => {
    input.type = shown ? "text" : "password";
    button.textContent = shown ? words.hide : words.show;
    button.setAttribute("aria-label", shown ? words.labelHide : words.labelShow);
  };
  button.type = "button";
  button.className = "btn alt slim";
  input.setAttribute("autocapitalize", "none");
  input.spellcheck = false;
  button.addEventListener("click", () => draw(input.type === "password"));
  input.form?.addEventListener("submit", () => draw(false));
  draw(false);
  box.append(button);
}

// <button type="button" hidden data-copy="#id" data-done="Copied">: copies the text of that element.
for (const button of all("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.querySelector(button.dataset.copy);
    await navigator.clipboard.writeText((source.value ?? source.innerText).trim());
    button.textContent = button.dataset.done;
  });
}

// <button type="button" hidden data-print>
for (const button of all("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// <form data-keep>: asks before half-written text is lost. The booth has this too.
for (const form of all("form[data-keep], form[data-booth]")) {
  let isDirty = false;
  form.addEventListener("change", () => (isDirty = true));
  form.addEventListener("submit", () => (isDirty = false));
  window.addEventListener("beforeunload", (event) => isDirty && event.preventDefault());
}
