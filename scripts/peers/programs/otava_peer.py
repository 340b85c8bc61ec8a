"""Apache Otava: E-divisive in windows with t-tests, and as published with permutations."""

import numpy
from otava.analysis import compute_change_points, compute_change_points_orig

from serve import serve


def windows(given):
    series = [float(value) for value in given["series"]]

    def run():
        found, _ = compute_change_points(series, given["window"], given["significance"], given["leastMagnitude"])
        return [int(point.index) for point in found]

    return run


def permutations(given):
    series = numpy.array(given["series"], dtype=float)

    def run():
        # It makes 100 permutations, always.
        found, _ = compute_change_points_orig(series, given["significance"], seed=given["seed"])
        return [int(point.index) for point in found]

    return run


serve({"windows": windows, "permutations": permutations})
