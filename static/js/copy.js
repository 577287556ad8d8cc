// Copies a field where the browser can, and says so; without this script one selects it and copies by hand.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    const done = document.querySelector(`[data-copied="${button.dataset.copy}"]`);
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      done.textContent = "";
      try {
        await navigator.clipboard.writeText(field.value);
        done.textContent = done.dataset.text;
      } catch {
        field.focus(); // Not allowed here: it stands selected, ready to copy by hand.
      }
    });
  }
}
