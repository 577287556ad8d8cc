// Counts one exercise: get ready, hold or breathe, change sides, rest. Time is what has passed since the start, so a tab
// that slept is right again when it wakes. Nothing is stored; without this script the timer is not there.
const SECONDS = { ready: 5, change: 5, rest: 5, round: 30, in: 4, out: 6 };
const TONES = { hold: 660, in: 520, out: 440, change: 440, rest: 440, done: 780 };
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

// Every part of the exercise in its order, each with the second at which it ends.
function parts({ sets, repetitions, sides, seconds, breaths, minutes }) {
  const found = [];
  const add = (kind, length, more) => found.push({ kind, length, end: (found.at(-1)?.end ?? 0) + length, ...more });
  const turns = sets * repetitions;
  add("ready", SECONDS.ready, { turn: 1, side: 1 });
  for (let turn = 1; turn <= turns; turn += 1) {
    for (let side = 1; side <= sides; side += 1) {
      if (side > 1) add("change", SECONDS.change, { turn, side });
      else if (turn > 1 && (turn - 1) % repetitions === 0) add("rest", SECONDS.round, { turn, side });
      else if (turn > 1) add(sides > 1 ? "change" : "rest", SECONDS.rest, { turn, side });
      for (let left = breaths; left > 0; left -= 1) {
        add("in", SECONDS.in, { turn, side, left });
        add("out", SECONDS.out, { turn, side, left });
      }
      if (!breaths) add("hold", seconds + 60 * minutes, { turn, side, minutes });
    }
  }
  return found;
}

function inMinutes(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

for (const clock of document.querySelectorAll("[data-clock]")) {
  const one = (name) => clock.querySelector(`[data-${name}]`);
  const [start, again, sound, phase, count, turnNow, ring, said] = [
    "start", "again", "sound", "phase", "count", "turn-now", "ring", "said",
  ].map(one);
  const fields = [...clock.querySelectorAll("[data-set]")];
  const words = { begin: start.textContent, idle: phase.textContent, unit: turnNow.textContent };
  let row, turns, sides, before, since, shown, ticking, audio, awake;

  function read() {
    const asked = { sets: 1, repetitions: 1, seconds: 0, breaths: 0, minutes: 0, sides: Number(clock.dataset.sides) };
    for (const field of fields) {
      const number = Math.min(Math.max(Math.round(Number(field.value)) || 1, 1), Number(field.max));
      field.value = number;
      asked[field.dataset.set] = number;
    }
    row = parts(asked);
    turns = asked.sets * asked.repetitions;
    sides = asked.sides;
  }

  const passed = () => before + (since === null ? 0 : (performance.now() - since) / 1000);

  function where({ turn, side }) {
    const told = turns > 1 ? [clock.dataset.turn.replace("{number}", turn).replace("{all}", turns)] : [];
    if (sides > 1) told.push(side === 1 ? clock.dataset.first : clock.dataset.other);
    return told.join(" · ");
  }

  function remaining(part) {
    if (part.left) return part.left;
    const left = Math.max(Math.ceil(part.end - passed()), 0);
    return part.minutes ? inMinutes(left) : left;
  }

  // The ring empties while something is held; with the breath it fills and empties.
  function drawRing(part) {
    const done = Math.min(Math.max(1 - (part.end - passed()) / part.length, 0), 1);
    if (!CALM.matches) ring.setAttribute("stroke-dashoffset", part.kind === "in" ? 1 - done : done);
  }

  function tone(kind) {
    if (!audio || !TONES[kind]) return;
    const [wave, volume] = [audio.createOscillator(), audio.createGain()];
    wave.frequency.value = TONES[kind];
    volume.gain.setValueAtTime(0.0001, audio.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.08, audio.currentTime + 0.04);
    volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + 0.5);
    wave.connect(volume).connect(audio.destination);
    wave.start();
    wave.stop(audio.currentTime + 0.5);
  }

  // Told once, when something begins. Each breath by itself would be told over the one before.
  function tell(part) {
    const later = part.left && (part.kind === "out" || part.left !== row.find((other) => other.left).left);
    if (later) return;
    const unit = ["hold", "in"].includes(part.kind) ? ` ${words.unit}` : "";
    said.textContent = [clock.dataset[part.kind], `${remaining(part)}${unit}`, where(part)].filter(Boolean).join(". ");
  }

  function change(part) {
    shown = part;
    phase.textContent = clock.dataset[part.kind];
    turnNow.textContent = where(part);
    clock.dataset.now = part.kind;
    tone(part.kind);
    tell(part);
  }

  function tick() {
    const part = row.find(({ end }) => end > passed());
    if (!part) return finish();
    if (part !== shown) change(part);
    const left = String(remaining(part));
    if (count.textContent !== left) count.textContent = left;
    drawRing(part);
  }

  function stop() {
    clearInterval(ticking);
    ticking = null;
    before = passed();
    since = null;
    awake?.then((lock) => lock.release()).catch(() => {});
    awake = null;
  }

  function go() {
    since = performance.now();
    ticking = setInterval(tick, 100);
    start.textContent = start.dataset.pause;
    again.hidden = false;
    awake = navigator.wakeLock?.request("screen");
    awake?.catch(() => {});
    tick();
  }

  function finish() {
    stop();
    reset();
    clock.dataset.now = "done";
    phase.textContent = said.textContent = clock.dataset.done;
    count.textContent = turnNow.textContent = "";
    tone("done");
  }

  function reset() {
    if (since !== undefined && since !== null) stop();
    read();
    [before, since, shown] = [0, null, null];
    const first = row[1];
    start.textContent = words.begin;
    phase.textContent = words.idle;
    count.textContent = first.left || (first.minutes ? inMinutes(first.length) : first.length);
    turnNow.textContent = words.unit;
    again.hidden = true;
    ring.setAttribute("stroke-dashoffset", 0);
    delete clock.dataset.now;
  }

  start.addEventListener("click", () => {
    if (ticking) {
      stop();
      start.textContent = start.dataset.on;
    } else {
      go();
    }
  });
  again.addEventListener("click", () => {
    reset();
    go();
  });
  sound.addEventListener("click", () => {
    const on = sound.getAttribute("aria-pressed") !== "true";
    sound.setAttribute("aria-pressed", on);
    if (on) audio = new AudioContext();
    else audio = audio.close() && null;
    tone("hold");
  });
  for (const field of fields) field.addEventListener("change", reset);
  // What waited while the tab slept is drawn as soon as somebody looks again.
  document.addEventListener("visibilitychange", () => ticking && tick());
  reset();
  clock.hidden = false;
}
