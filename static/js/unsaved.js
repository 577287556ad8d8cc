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
document.addEventListener("submit", ({ target }) => changed.delete(target));

window.addEventListener("beforeunload", (event) => {
  if (changed.size) event.preventDefault();
});
