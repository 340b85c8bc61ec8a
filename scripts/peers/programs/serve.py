"""How a contestant in Python answers: lines of JSON in and out, as serve.mjs does."""

import json
import sys
import time


def serve(workloads):
    """Serves workloads by name: each takes the input apart once, and gives what one run does."""
    run = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if request["do"] == "prepare":
                run = workloads[request["workload"]](request["input"])
            before = time.process_time_ns()
            for _ in range(request.get("runs", 1)):
                output = run()
            answer = {"cpuNs": time.process_time_ns() - before}
            if request["do"] == "prepare":
                answer["output"] = output
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)
