"""Variants in turn, medians, ratios."""

import statistics
import time


def medians(variants, rounds):
    """Median seconds per call of each variant {name: function}; one round calls each of them once."""
    seconds = {name: [] for name in variants}
    for function in variants.values():
        function()
    for _round in range(rounds):
        for name, function in variants.items():
            begun = time.perf_counter()
            function()
            seconds[name].append(time.perf_counter() - begun)
    return {name: statistics.median(taken) for name, taken in seconds.items()}


def tell(found, *, against, unit="ms"):
    """Print one line per variant: its time, and how many times that of the variant `against`."""
    factor = {"ms": 1e3, "µs": 1e6}[unit]
    for name, seconds in found.items():
        print(f"{name:32} {seconds * factor:9.2f} {unit} {seconds / found[against]:8.2f} ×")
