// A tap on the body ticks its card without moving the page there: a label would give the card the focus.
document.querySelector(".body__map")?.addEventListener("click", (event) => {
  const box = event.target.closest("label")?.control;
  if (!box) return;
  event.preventDefault();
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
});
