// The practice's tablet: after a quarter of an hour without a hand on it, a page that says nothing. The server has
// forgotten by then whose turn it was. Whoever is still reading or typing keeps the place, and what was typed.
for (const bar of document.querySelectorAll("[data-idle]")) {
  const patience = Number(bar.dataset.seconds) * 1000;
  let told = Date.now();
  let timer;

  const here = () => {
    clearTimeout(timer);
    timer = setTimeout(() => location.replace(bar.dataset.idle), patience);
    if (Date.now() - told < patience / 3) return;
    told = Date.now();
    fetch(location.href, { method: "HEAD" }).catch(() => {});
  };

  for (const sign of ["pointerdown", "keydown", "input", "scroll"]) {
    document.addEventListener(sign, here, { passive: true });
  }
  here();
}
