"""MongoDB's signal-processing-algorithms: E-divisive over whole segments, its statistics in C."""

import numpy
from signal_processing_algorithms.energy_statistics import energy_statistics

from serve import serve


def permutations(given):
    if not energy_statistics.C_EXTENSION_LOADED:
        raise RuntimeError("its C extension was not built")
    series = numpy.array(given["series"], dtype=float)

    def run():
        numpy.random.seed(given["seed"])
        found = energy_statistics.e_divisive(series, given["significance"], given["permutations"])
        return sorted(int(index) for index in found)

    return run


serve({"permutations": permutations})
