// A press of the map writes its coordinates into a field; the field alone is enough without scripts.
//
// <svg data-picks="id of the field" data-south data-north data-west data-east> with circle.place-mark
const map = document.querySelector("[data-picks]");
const field = map && document.getElementById(map.dataset.picks);

map?.addEventListener("click", (event) => {
  const box = map.getBoundingClientRect();
  const [across, down] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  const { south, north, west, east } = Object.fromEntries(
    Object.entries(map.dataset).map(([name, value]) => [name, Number(value)]),
  );
  const latitude = north - (north - south) * down;
  const longitude = west + (east - west) * across;
  field.value = `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  const { width, height } = map.viewBox.baseVal;
  const mark = map.querySelector(".place-mark");
  mark.setAttribute("cx", across * width);
  mark.setAttribute("cy", down * height);
});
