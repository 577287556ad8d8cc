// Sends a form without leaving its page, so that nothing typed is lost while connection or server is away. It goes on
// trying by itself with the form's own key, so that there is one effect. The server says where a saved form leads;
// every other answer is a page, and then the browser sends the same form once more itself and shows it.
// Without the banner, or in an older browser, a form goes as the browser sends it. Nothing is stored.
const PAUSES = [2, 5, 10, 20, 40, 60]; // seconds; the last one again and again
const PATIENCE = 30000; // milliseconds after which a silent server counts as gone
const banner = document.querySelector("[data-held]");
const able = banner && "requestSubmit" in HTMLFormElement.prototype && "timeout" in AbortSignal;
// A site on this very machine is reached without any network.
const local = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
const released = new WeakSet(); // forms that the browser itself may send now
const changed = new Set(); // forms in which something was typed that was not sent
let at = null; // the form on its way: {form, button, tries, busy, timer, words}
let gone = false; // saved: the next page is being opened

document.addEventListener("input", ({ target }) => {
  if (target.form?.method === "post" && !asBefore(target.form)) changed.add(target.form);
});

// What came back with a sentence beside it is not saved either.
const returned = document.querySelector("[data-error-summary]") && document.getElementById("page-form");
if (returned) changed.add(returned);

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (released.delete(form)) return; // as the browser sends it
  if (form.hasAttribute("aria-busy") || at?.busy) {
    event.preventDefault(); // a second click
    return;
  }
  if (at && at.form !== form) rest();
  if (!able || asBefore(form) || othersChanged(form)) {
    if (!banner || local || navigator.onLine) return busy(form);
    event.preventDefault();
    return tell("network");
  }
  event.preventDefault();
  at = at ?? { form, tries: 0 };
  at.button = submitter;
  send();
});

async function send() {
  const { form, button } = at;
  clearTimeout(at.timer);
  at.busy = true;
  form.setAttribute("aria-busy", "true");
  if (at.tries) say(banner.dataset.trying);
  let answer = await post(form, button);
  if (answer?.headers.get("X-Held") === "token" && (await freshToken())) answer = await post(form, button);
  at.busy = false;
  const why = answer ? answer.headers.get("X-Held") : "network";
  if (answer?.headers.has("X-Next")) leave(answer.headers.get("X-Next"));
  else if (!answer || answer.status >= 500) hold(why ?? "server");
  else if (banner.querySelector(`[data-why="${why}"]`)) hold(why);
  else handOver();
}

async function post(form, button) {
  const action = button?.getAttribute("formaction") ?? form.getAttribute("action") ?? "";
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  // Line ends as the browser itself would send them: the server must know the form again.
  const typed = [...data].map(([name, value]) => [name, typeof value === "string" ? value.replace(/\r\n?|\n/g, "\r\n") : value]);
  const body = form.enctype === "multipart/form-data" ? data : new URLSearchParams(typed);
  const asked = { method: "POST", body, headers: { "X-Next": "1" }, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) };
  return fetch(new URL(action, location.href), asked).catch(() => null);
}

// Signed in again in another tab: the page's own token is out of date then.
async function freshToken() {
  const page = await fetch(location.href).then((answer) => answer.text(), () => "");
  const token = new DOMParser().parseFromString(page, "text/html").querySelector("[name=csrfmiddlewaretoken]")?.value;
  for (const field of token ? document.querySelectorAll("[name=csrfmiddlewaretoken]") : []) field.value = token;
  return token;
}

// Not sent: everything stays as it is. What may pass by itself is tried again after a while.
function hold(why) {
  tell(why);
  at.form.removeAttribute("aria-busy");
  changed.add(at.form);
  at.again = ["network", "server"].includes(why);
  if (!at.again) return rest();
  say(banner.dataset.trying);
  at.timer = setTimeout(send, 1000 * PAUSES[Math.min(at.tries, PAUSES.length - 1)]);
  at.tries += 1;
}

// The focus goes to the banner when it comes, and not again: somebody may be typing.
function tell(why) {
  const first = banner.hidden;
  for (const line of banner.querySelectorAll("[data-why]")) line.hidden = line.dataset.why !== why;
  banner.hidden = false;
  if (first) banner.focus();
}

function leave(next) {
  const { form } = at;
  rest();
  busy(form);
  gone = true;
  const to = new URL(next, location.href);
  // To another place on this page a browser would only scroll; with a '?' in between the page is a new one.
  const scrolls = to.hash && to.href.split("#")[0] === location.href.split("#")[0];
  location.assign(scrolls ? `${to.pathname}${to.search || "?"}${to.search && "&"}${to.hash}` : to);
}

// A page answers: the browser sends the form and shows it.
function handOver() {
  const { form, button } = at;
  rest();
  released.add(form);
  form.requestSubmit(button);
  busy(form);
}

// On its way to another page.
function busy(form) {
  changed.delete(form);
  form.setAttribute("aria-busy", "true");
  setTimeout(release, 8000, form); // a download or a stopped page never comes back
}

function release(form) {
  form.removeAttribute("aria-busy");
  gone = false;
}

// Nothing is on its way any more.
function rest() {
  clearTimeout(at.timer);
  at.form.removeAttribute("aria-busy");
  if (at.words) at.said.replaceChildren(...at.words);
  at = null;
}

function say(text) {
  if (at.words) return;
  at.said = at.button?.classList.contains("btn") ? at.button : at.form.querySelector(".btn-primary");
  if (!at.said) return;
  at.words = [...at.said.childNodes];
  at.said.replaceChildren(text);
}

// Nothing is saved by looking for something.
function asBefore(form) {
  return form.matches("[data-native], [role=search]");
}

// What was typed in another form of this page is not sent along: then the browser must ask before it leaves.
function othersChanged(form) {
  return [...changed].some((one) => one !== form);
}

// 'Back' saves what was typed on the way, as far as it goes.
document.addEventListener("click", (event) => {
  const form = document.getElementById("page-form");
  if (event.target.closest?.(".meanwhile a")) changed.clear(); // what is saved was chosen
  if (!event.target.closest?.("a.back") || !able || !changed.has(form) || !form.elements.seen) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey) return; // in another tab
  event.preventDefault();
  const back = Object.assign(document.createElement("button"), { type: "submit", name: "back", value: "1", hidden: true, formNoValidate: true });
  form.append(back);
  form.requestSubmit(back);
});

window.addEventListener("beforeunload", (event) => {
  // Where somebody may have to leave quickly, nothing asks.
  if (!banner || !changed.size || document.querySelector("[data-exit]")) return;
  event.preventDefault();
  // This runs only for who chose to stay: the form that was on its way may be sent again at once.
  setTimeout(() => {
    for (const form of document.querySelectorAll("form[aria-busy]")) {
      release(form);
      changed.add(form);
    }
  });
});

window.addEventListener("online", () => {
  if (at?.again && !at.busy) send();
});

// The page comes out of the browser's own memory, by the back button: what was saved since is not on it.
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted && gone) location.reload();
  for (const form of document.forms) {
    if (at?.form !== form) release(form);
  }
});
