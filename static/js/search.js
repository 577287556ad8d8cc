// Patients while typing: the form sends what stands in it, and shows the rows alone. Arrows walk through them, Enter
// opens one, Escape goes back to the typing. Without this script the form does the same with a button.
const form = document.querySelector("[data-search]");
const field = form.elements.q;
const place = document.getElementById(form.dataset.search);
const before = [...place.childNodes];
const wasHidden = place.hidden;
const PAUSE = 200;
let timer;
let running;
let shown = field.value.trim();

field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(find, PAUSE);
});

async function find() {
  const typed = field.value.trim();
  if (typed === shown) return;
  running?.abort();
  shown = typed;
  if (!typed) {
    place.replaceChildren(...before);
    place.hidden = wasHidden;
    return;
  }
  running = new AbortController();
  const headers = { "X-Rows-Alone": "1" };
  try {
    const options = { method: "POST", body: new FormData(form), headers, redirect: "manual", signal: running.signal };
    const answer = await fetch(form.action, options);
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      location.reload(); // signed out meanwhile
    } else if (answer.ok) {
      const rows = new DOMParser().parseFromString(await answer.text(), "text/html");
      place.hidden = false;
      place.replaceChildren(...rows.body.childNodes);
    }
  } catch (problem) {
    // No connection: what was typed stays, and the button still sends it.
    if (problem.name !== "AbortError") shown = "";
  }
}

function links() {
  return [...place.querySelectorAll(".people a")];
}

form.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" && event.target === field && links().length) {
    event.preventDefault();
    links()[0].focus();
  }
});

place.addEventListener("keydown", (event) => {
  const all = links();
  const at = all.indexOf(document.activeElement);
  const next = { ArrowDown: all[at + 1], ArrowUp: at > 0 ? all[at - 1] : field, Escape: field }[event.key];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
});
