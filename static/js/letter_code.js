// The square on a letter carries the code behind the #, which no browser sends: it is taken over
// into the form and out of the address, so that it stays in no history.
const field = document.querySelector("input[name=code]");
if (field && location.hash.length > 1) {
  field.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname + location.search);
  document.querySelector("input[name=born_on]")?.focus();
}
