"""scipy: bootstraps, the Mann-Whitney test and Gaussian densities."""

import numpy
from scipy import stats

from serve import serve


def bootstrap_mean(given):
    return bootstrap(given, numpy.mean)


def bootstrap_quantile(given):
    at = given["at"]
    if at == 0.5:
        return bootstrap(given, numpy.median)
    return bootstrap(given, lambda values, axis: numpy.quantile(values, at, axis=axis))


def bootstrap(given, statistic):
    values = numpy.array(given["values"])

    def run():
        found = stats.bootstrap(
            (values,),
            statistic,
            n_resamples=given["resamples"],
            confidence_level=given["confidence"],
            method="percentile",
            rng=given["seed"],
        )
        return [float(found.confidence_interval.low), float(found.confidence_interval.high)]

    return run


def mann_whitney(given):
    first, second = numpy.array(given["first"]), numpy.array(given["second"])

    def run():
        found = stats.mannwhitneyu(first, second, method="asymptotic")
        return [float(found.statistic), float(found.pvalue)]

    return run


def density(given):
    values = numpy.array(given["values"])

    def run():
        curve = stats.gaussian_kde(values, "silverman")
        reach = 3 * float(numpy.sqrt(curve.covariance[0, 0]))
        points = numpy.linspace(values.min() - reach, values.max() + reach, given["points"])
        return curve(points).tolist()

    return run


serve(
    {
        "bootstrap-mean": bootstrap_mean,
        "bootstrap-quantile": bootstrap_quantile,
        "mann-whitney": mann_whitney,
        "density": density,
    }
)
