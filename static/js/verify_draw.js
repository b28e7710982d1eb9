// The check of a published draw, in the reader's own browser and on the published files alone.
// councils/verify_draw.py does the same without a browser.
const box = document.querySelector("[data-verify]");
const steps = box?.querySelector("[data-verify-steps]");
const button = box?.querySelector("[data-verify-start]");

async function sha256(text) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function load(name) {
  const answer = await fetch(box.dataset.files + name);
  if (!answer.ok) throw new Error(name);
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await answer.arrayBuffer());
}

function say(text, isRight) {
  const item = document.createElement("li");
  item.textContent = `${isRight ? "✓" : "✗"} ${text}`;
  steps.append(item);
  return isRight;
}

function lines(text) {
  return text.split("\n").filter(Boolean);
}

function fault(panels, people, quotas) {
  const { size, group } = box.dataset;
  for (const [number, panel] of panels.entries()) {
    const seats = panel.map((token) => people.get(token));
    if (new Set(panel).size !== Number(size) || panel.length !== Number(size)) return `№ ${number}`;
    if (seats.includes(undefined)) return `№ ${number}`;
    const groups = seats.map((person) => person[group]).filter(Boolean);
    if (group && new Set(groups).size !== groups.length) return `№ ${number}`;
    for (const [feature, value, low, high] of quotas) {
      const there = seats.filter((person) => person[feature] === value).length;
      if (there < Number(low) || there > Number(high)) return `№ ${number}: ${feature} ${value}`;
    }
  }
  return "";
}

async function drawnNumber(lotteryHash, panels) {
  const { source, randomness } = box.dataset;
  if (source === "dice") return Number(randomness);
  const seed = await sha256(`councils-draw/v1\n${lotteryHash}\n${randomness}`);
  return Number(BigInt(`0x${seed}`) % BigInt(panels));
}

async function check() {
  const said = steps.dataset;
  const [pool, quotaText, lottery] = await Promise.all(
    ["pool.jsonl", "quotas.csv", "lottery.txt"].map(load),
  );
  const [poolHash, lotteryHash] = await Promise.all([sha256(pool), sha256(lottery)]);
  let isRight = say(`${said.saidPool} ${poolHash}`, poolHash === box.dataset.pool);
  isRight = say(`${said.saidLottery} ${lotteryHash}`, lotteryHash === box.dataset.lottery) && isRight;
  const people = new Map(lines(pool).map((line) => JSON.parse(line)).map((one) => [one.token, one]));
  const quotas = lines(quotaText).slice(1).map((line) => line.split(","));
  const panels = lines(lottery).map((line) => line.split(","));
  const wrong = fault(panels, people, quotas);
  isRight = say(wrong ? `${said.saidWrong} ${wrong}` : said.saidPanels, !wrong) && isRight;
  if (box.dataset.randomness) {
    const number = await drawnNumber(lotteryHash, panels.length);
    const panel = [...(panels[number] ?? [])].sort().join(",");
    const announced = box.dataset.panel.split(",").sort().join(",");
    isRight = say(`${said.saidDrawn} № ${number}`, panel === announced) && isRight;
  }
  if (isRight) say(said.saidRight, true);
}

if (button && crypto.subtle) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    steps.replaceChildren();
    await check().catch(() => say(steps.dataset.saidOffline, false));
    button.disabled = false;
  });
}
