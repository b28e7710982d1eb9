// The voting booth: the bar adds up while one chooses. The server has the last word.
//
// <form data-booth data-kind="knapsack|approval|k_approval|cumulative|graded|ranked" data-amount data-max>
//   each project: [data-pick][data-cost] with a checkbox, a number field for points, radio buttons
//   for grades, or a list of places
//   the bar: [data-bar] with [data-left][data-currency], [data-spent], [data-chosen],
//   [data-points-given], [data-meter] and [data-when="within|over|counted|uncounted"]
const form = document.querySelector("form[data-booth]");
const bar = form?.querySelector("[data-bar]");
const amount = Number(form?.dataset.amount);
const isKnapsack = form?.dataset.kind === "knapsack";

const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
const write = (selector, text) => {
  for (const element of bar.querySelectorAll(selector)) element.textContent = text;
};
const when = (state, isShown) => {
  for (const element of bar.querySelectorAll(`[data-when="${state}"]`)) element.hidden = !isShown;
};

function add() {
  let spent = 0;
  let chosen = 0;
  let points = 0;
  for (const pick of form.querySelectorAll("[data-pick]")) {
    const box = pick.querySelector("input[type=checkbox], input[type=radio]");
    const place = pick.querySelector("select");
    const given = Math.max(0, Math.floor(Number(pick.querySelector("input[type=number]")?.value) || 0));
    const isMarked = place ? place.value !== "" : Boolean(pick.querySelector("input:checked"));
    const isIn = box || place ? isMarked : given > 0;
    pick.classList.toggle("in", isIn);
    if (isIn) {
      chosen += 1;
      points += given;
      spent += Number(pick.dataset.cost);
    }
  }
  return { spent, chosen, points };
}

function show() {
  const { spent, chosen, points } = add();
  const currency = bar.querySelector("[data-left]")?.dataset.currency ?? "";
  const limit = isKnapsack ? amount : Number(form.dataset.points || form.dataset.max || Infinity);
  const used = isKnapsack ? spent : form.dataset.points ? points : chosen;
  const isOver = used > limit;
  write("[data-chosen]", chosen);
  write("[data-points-given]", points);
  write("[data-spent]", `${grouped(spent)}\u00a0${currency}`);
  write("[data-left]", `${grouped(Math.abs(amount - spent))}\u00a0${currency}`);
  when("within", !isOver);
  when("over", isOver);
  bar.classList.toggle("over", isOver);
  const meter = bar.querySelector("[data-meter]");
  if (meter) {
    meter.value = Math.min(used, limit);
    meter.classList.toggle("over", isOver);
  }
}

if (bar) {
  form.addEventListener("input", () => {
    show();
    when("counted", false);
    when("uncounted", true);
  });
  show();
  when("counted", true); // true until something is changed, which only a script can see
}
