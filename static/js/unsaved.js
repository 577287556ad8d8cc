// A part of the page that was changed says so, and the browser asks before what was typed there is lost.
const changed = new Set();

document.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (!form || form.method !== "post") return;
  changed.add(form);
  for (const word of form.querySelectorAll("[data-unsaved]")) {
    word.hidden = false;
  }
});

// What is sent now is saved; what stands elsewhere on the page is not.
let leaving = null;
document.addEventListener("submit", ({ target }) => {
  leaving = changed.delete(target) ? target : null;
});

window.addEventListener("beforeunload", (event) => {
  if (!changed.size) return;
  event.preventDefault();
  // This runs only for who chose to stay: then nothing was sent after all.
  const form = leaving;
  setTimeout(() => {
    if (!form) return;
    changed.add(form);
    form.dispatchEvent(new Event("stayed", { bubbles: true }));
  });
});
