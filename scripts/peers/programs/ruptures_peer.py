"""ruptures: optimal partitions of a signal."""

import numpy
import ruptures

from serve import serve


def kernel_cpd(given):
    series = numpy.array(given["series"]).reshape(-1, 1)
    # A minimal size of 2, the default, prunes what may be the best.
    return lambda: changes(ruptures.KernelCPD("linear", min_size=1).fit(series).predict(pen=given["penalty"]))


def pelt(given):
    series = numpy.array(given["series"])
    return lambda: changes(ruptures.Pelt("l2", min_size=1, jump=1).fit(series).predict(pen=given["penalty"]))


def changes(ends):
    """The last end is that of the series."""
    return [int(end) for end in ends[:-1]]


serve({"kernel-cpd": kernel_cpd, "pelt": pelt})
