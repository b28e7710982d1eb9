// The screen on the wall and the phones in the hall: ask for the fragment every few seconds and
// show it where it has changed. The browser asks with the ETag it knows; mostly the answer is 304.
// How many seconds is the server's word: on the page, and then with every answer.
const MOST = 60; // seconds between two tries on a network that fails

for (const box of document.querySelectorAll("[data-live]")) {
  let every = Number(box.dataset.every);
  let wait = every;
  let shown = box.innerHTML;
  const ask = async () => {
    try {
      const answer = await fetch(box.dataset.live, { cache: "no-cache" });
      if (!answer.ok) throw new Error(answer.status);
      const html = await answer.text();
      if (html !== shown) box.innerHTML = html;
      shown = html;
      every = Number(answer.headers.get("Ask-Again")) || every;
      wait = every;
    } catch {
      wait = Math.min(wait * 2, MOST);
    }
    plan();
  };
  // Two hundred phones that were opened at one moment do not ask at one moment.
  const plan = () => setTimeout(document.hidden ? plan : ask, wait * 1000 * (0.8 + 0.4 * Math.random()));
  plan();
}
