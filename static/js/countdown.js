// A speaker's time runs on between two questions to the server. The clock of the reader's machine
// may be wrong: what counts is how far it is from the server's when the page was made.
const made = document.querySelector("[data-now]");
const ahead = made ? Date.now() / 1000 - Number(made.dataset.now) : 0;

const tick = () => {
  for (const clock of document.querySelectorAll("[data-ends]")) {
    const left = Math.round(Number(clock.dataset.ends) + ahead - Date.now() / 1000);
    const seconds = Math.abs(left);
    const sign = left < 0 ? "−" : "";
    const text = `${sign}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (clock.textContent !== text) clock.textContent = text;
  }
};
tick();
setInterval(tick, 500);
