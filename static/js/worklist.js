// The worklist keeps itself up to date: it asks for the same page again, and changes it only where something changed.
// Whoever looks away is asked nothing; whoever was signed out is shown the way in, and no name stays on the screen.
const live = document.querySelector("[data-live]");
const said = document.querySelector("[data-say]");
const every = 1000 * live.dataset.every;
let asked = Date.now();

async function ask() {
  asked = Date.now();
  const headers = { "X-Quiet": "1", "X-Shown": live.dataset.shown };
  let answer;
  try {
    answer = await fetch(location.href, { headers, redirect: "manual", cache: "no-store" });
  } catch {
    return; // no connection: the next time, then
  }
  if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
    clearInterval(clock);
    location.reload();
  } else if (answer.status === 200) {
    show(new DOMParser().parseFromString(await answer.text(), "text/html"));
  }
}

function show(page) {
  const fresh = page.querySelector("[data-live]");
  if (!fresh) return;
  const known = new Set(live.dataset.now.split(" "));
  const isNew = fresh.dataset.now.split(" ").some((code) => code && !known.has(code));
  const place = whereWeAre();
  live.replaceChildren(...fresh.childNodes);
  Object.assign(live.dataset, { shown: fresh.dataset.shown, now: fresh.dataset.now });
  document.getElementById("alert").replaceChildren(...page.getElementById("alert").childNodes);
  place();
  if (isNew) say();
  if (!fresh.dataset.now) said.hidden = true;
}

// What has the focus, and how far from the top the first row in sight stands; afterwards it is all put back.
function whereWeAre() {
  const here = document.activeElement;
  const focused = live.contains(here) && nameOf(here);
  const row = [...live.querySelectorAll("[data-row]")].find((one) => one.getBoundingClientRect().bottom > 0);
  const top = row?.getBoundingClientRect().top;
  return () => {
    const same = row && live.querySelector(`[data-row="${row.dataset.row}"]`);
    if (same && scrollY) scrollBy(0, same.getBoundingClientRect().top - top);
    if (!focused) return;
    const again = [...live.querySelectorAll("a, button")].find((one) => nameOf(one) === focused);
    (again ?? document.getElementById("main")).focus({ preventScroll: true });
  };
}

// A row has two links to the same page: its words tell them apart.
function nameOf(one) {
  return [one.getAttribute("href") ?? one.form?.action, one.textContent.trim()].join(" ");
}

function say() {
  said.hidden = false;
  said.textContent = "";
  // Words that come a moment later are read out also where the same ones stood before.
  setTimeout(() => (said.textContent = said.dataset.say), 100);
}

const clock = setInterval(() => document.visibilityState === "visible" && ask(), every);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && Date.now() - asked >= every) ask();
});
