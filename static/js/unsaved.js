// A part of the page that was changed says so. That the browser asks before it is lost is in guard.js.
document.addEventListener("input", ({ target }) => {
  if (target.form?.method !== "post") return;
  for (const word of target.form.querySelectorAll("[data-unsaved]")) {
    word.hidden = false;
  }
});
