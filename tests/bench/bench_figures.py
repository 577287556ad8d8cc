"""One figure read, drawn and moved; all of them checked, as `manage.py check` does."""

from exercises import figure, poses
from exercises.figure_checks import faults
from tests.bench.timing import medians, tell


def cold(one):
    figure.bodies.cache_clear()
    return figure.svg(one)


def main():
    one = poses.figures()["y-seated-4"]
    variants = {
        "read a file": lambda: poses.read(poses.FOLDER / "y-seated-4.toml"),
        "draw two panels, never solved": lambda: cold(one),
        "draw two panels again": lambda: figure.svg(one),
        "one picture on the way": lambda: figure.between(one, 0.4),
        "check one figure": lambda: list(faults(one)),
    }
    tell(medians(variants, 50), against="draw two panels again")
    everything = {"check all figures": lambda: [list(faults(one)) for one in poses.figures().values()]}
    tell(medians(everything, 3), against="check all figures")


if __name__ == "__main__":
    main()
