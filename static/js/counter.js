// Says how many characters are left, once few are. Without this script the limit is said in the hint.
for (const area of document.querySelectorAll("textarea[data-max]")) {
  const line = document.getElementById(`${area.id}_counter`);
  if (!line) continue;
  const show = () => {
    const max = Number(area.dataset.max);
    const left = max - area.value.length;
    line.textContent = left <= max / 4 ? line.dataset.text.replace("0", left) : "";
  };
  area.addEventListener("input", show);
  show();
}
