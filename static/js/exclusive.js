// 'None of these' clears the other ticks, and a tick clears 'none of these'. The server holds the same rule.
for (const group of document.querySelectorAll("[data-exclusive]")) {
  const boxes = [...group.querySelectorAll("input[type=checkbox]")];
  const none = boxes.filter((box) => box.value === group.dataset.exclusive);
  group.addEventListener("change", ({ target }) => {
    if (!target.checked) return;
    for (const box of none.includes(target) ? boxes : none) {
      if (box !== target) box.checked = false;
    }
  });
}
