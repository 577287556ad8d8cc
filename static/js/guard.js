// Before a form leaves: is there a connection, and was it not sent already? Nothing is stored.
const sent = new WeakSet();
const banner = document.querySelector("[data-offline]");
// A site on this very machine is reached without any network.
const local = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  const reachable = local || navigator.onLine;
  if (banner) banner.hidden = reachable;
  if (!reachable) {
    event.preventDefault();
    banner?.focus();
  } else if (sent.has(form)) {
    event.preventDefault();
  } else {
    sent.add(form);
    form.setAttribute("aria-busy", "true");
    setTimeout(release, 8000, form); // a download or a stopped page never comes back
  }
});

function release(form) {
  sent.delete(form);
  form.removeAttribute("aria-busy");
}

// Somebody chose to stay when the browser asked: the form may be sent again at once.
document.addEventListener("stayed", ({ target }) => release(target));

window.addEventListener("online", () => {
  if (banner) banner.hidden = true;
});

// Also when the page comes back out of the browser's own memory, by the back button.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) {
    release(form);
  }
});
