// Lets a drawn exercise move between its two positions, slowly there and back. It begins by itself once, unless less
// motion is asked for, and rests out of sight. Without this script the positions stand beside each other.
const HALF = 3000; // milliseconds from one position to the other
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

// --- between two drawings ---------------------------------------------------------------------------

// A path as its closed pieces, each a row of letters and numbers: M, l, a and z are all that the drawings use.
const pieces = (path) =>
  (path.match(/M[^M]*/g) ?? []).map((piece) =>
    piece.match(/[a-zA-Z]|-?\d*\.?\d+/g).map((part) => (/[a-zA-Z]/.test(part) ? part : Number(part))));

// Where the numbers stand that are flags of an arc: nothing lies between 0 and 1.
function flags(piece) {
  let letter, place;
  return piece.map((part) => {
    if (typeof part === "string") [letter, place] = [part, -1];
    else place += 1;
    return letter === "a" && [3, 4].includes(place % 7);
  });
}

const alike = (one, other) =>
  one.length === other.length && one.every((part, at) => typeof part === "number" ? typeof other[at] === "number" : part === other[at]);

// The middle of all the points of a piece.
function middle(piece) {
  const [xs, ys] = [[], []];
  let letter, x = 0, y = 0;
  for (let at = 0; at < piece.length; ) {
    if (typeof piece[at] === "string") letter = piece[at++];
    if (letter === "z") continue;
    const skip = letter === "a" ? 5 : 0;
    x = (letter === "M" ? 0 : x) + piece[at + skip];
    y = (letter === "M" ? 0 : y) + piece[at + skip + 1];
    at += skip + 2;
    xs.push(x);
    ys.push(y);
  }
  return [xs, ys].map((all) => (Math.min(...all) + Math.max(...all)) / 2);
}

// One piece on its way: (how far, 0 to 1) -> the words of its path. Outlines with more points on one side than on the
// other keep their shape half the way and travel with the rest.
function pieceBetween(one, other) {
  if (alike(one, other)) {
    const whole = flags(one);
    return (far) => one.map((part, at) => {
      if (typeof part === "string") return part;
      return whole[at] ? (far < 0.5 ? part : other[at]) : Math.round(part + (other[at] - part) * far);
    }).join(" ");
  }
  const [from, to] = [middle(one), middle(other)];
  return (far) => {
    const near = far < 0.5 ? one : other;
    const moved = to.map((end, axis) => Math.round((end - from[axis]) * (far < 0.5 ? far : far - 1)));
    return near.map((part, at) => (at === 1 || at === 2 ? part + moved[at - 1] : part)).join(" ");
  };
}

const look = (one) => [one.tagName, ...[...one.attributes].filter(({ name }) => name !== "d").map(({ value }) => value)].join();

// Two drawings that follow each other -> (how far) -> the drawing to show. Where a limb changes places with another,
// nothing lies between.
function drawingBetween(one, other) {
  const [here, there] = [one, other].map((drawing) => [...drawing.querySelectorAll("*")]);
  if (here.length !== there.length || here.some((part, at) => look(part) !== look(there[at]))) {
    return (far) => (far < 0.5 ? one : other);
  }
  const live = one.cloneNode(true);
  const ways = [...live.querySelectorAll("*")].flatMap((part, at) => {
    const [from, to] = [here[at], there[at]].map((end) => end.getAttribute("d"));
    if (from === to) return [];
    const [ours, theirs] = [pieces(from), pieces(to)];
    if (ours.length !== theirs.length) return [];
    const each = ours.map((piece, number) => pieceBetween(piece, theirs[number]));
    return [(far) => part.setAttribute("d", each.map((way) => way(far)).join(""))];
  });
  return (far) => {
    for (const way of ways) way(far);
    return live;
  };
}

// --- on the page --------------------------------------------------------------------------------------

async function drawings(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  const { frames } = await answer.json();
  const parser = new DOMParser();
  return frames.map((frame) => document.importNode(parser.parseFromString(frame, "image/svg+xml").documentElement, true));
}

// The same address for the other side of the body.
const ofSide = (address, other) => (other ? `${address}?side=other` : address);

for (const figure of document.querySelectorAll(".figure")) {
  const [still, moving, move, side] = ["still", "moving", "move", "side"].map((name) => figure.querySelector(`[data-${name}]`));
  const loaded = new Map();
  const other = () => side?.getAttribute("aria-pressed") === "true";
  let running = 0; // counts up, so that what was asked for before a pause comes too late
  let begun = false;

  async function start() {
    begun = true;
    running += 1;
    const mine = running;
    move.firstChild.data = move.dataset.pause;
    const address = ofSide(figure.dataset.figure, other());
    try {
      if (!loaded.has(address)) loaded.set(address, await drawings(address));
    } catch {
      if (mine === running) rest();
      return;
    }
    if (mine === running) run(loaded.get(address), mine);
  }

  function run(frames, mine) {
    const ways = [];
    let since;
    const draw = (now) => {
      if (mine !== running) return;
      since ??= now;
      const way = ((now - since) / HALF) % 2;
      const eased = (1 - Math.cos(Math.PI * way)) / 2;
      const place = Math.min(Math.floor(eased * (frames.length - 1)), frames.length - 2);
      ways[place] ??= drawingBetween(frames[place], frames[place + 1]);
      const drawing = ways[place](eased * (frames.length - 1) - place);
      if (moving.firstChild !== drawing) moving.replaceChildren(drawing);
      requestAnimationFrame(draw);
    };
    moving.hidden = false;
    still.classList.add("figure__still--away");
    requestAnimationFrame(draw);
  }

  function rest() {
    running += 1;
    moving.hidden = true;
    still.classList.remove("figure__still--away");
    move.firstChild.data = words;
  }

  const words = move?.textContent;
  const atRest = () => move?.textContent === words;
  move?.addEventListener("click", () => (atRest() ? start() : rest()));
  side?.addEventListener("click", () => {
    side.setAttribute("aria-pressed", !other());
    for (const picture of still.querySelectorAll("[data-other]")) {
      [picture.src, picture.dataset.other] = [picture.dataset.other, picture.getAttribute("src")];
    }
    if (move && !atRest()) start();
  });
  if (move) {
    CALM.addEventListener("change", () => CALM.matches && !atRest() && rest());
    new IntersectionObserver((seen) => {
      const here = seen.at(-1).isIntersecting;
      if (!here && !atRest()) rest();
      else if (here && !begun && !CALM.matches) start();
    }, { threshold: 0.25 }).observe(figure);
  }
  const buttons = figure.querySelector("[data-figure-buttons]");
  buttons.hidden = !buttons.children.length;
}
