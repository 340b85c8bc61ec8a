# Change points of series by the package that the argument names: a JSON array of series in, one of findings out.
import json
import sys

import numpy as np
from asv.step_detect import detect_regressions, detect_steps
from otava.analysis import compute_change_points

# asv's default for `regressions_thresholds`, and Otava's for `window_len` and `max_pvalue`.
ASV_THRESHOLD = 0.05
OTAVA_WINDOW, OTAVA_P = 50, 0.001


def by_asv(series):
    steps = detect_steps(series)
    alarms = detect_regressions(steps, threshold=ASV_THRESHOLD)[2] or []
    after = {position[1] for position in alarms}
    return [{"index": step[0], "alarm": step[0] in after} for step in steps[1:]]


def by_otava(series):
    points, _ = compute_change_points(series, window_len=OTAVA_WINDOW, max_pvalue=OTAVA_P)
    return [{"index": int(point.index), "alarm": bool(point.stats.mean_2 > point.stats.mean_1)} for point in points]


def main():
    np.seterr(all="ignore")
    detector = {"asv": by_asv, "otava": by_otava}[sys.argv[1]]
    json.dump([detector(series) for series in json.load(sys.stdin)], sys.stdout)


main()
