#!/usr/bin/env python3
"""The weekly ring beside schedule_oracle.py: what `schedule.sh` prints.

  schedule_peer.py ORACLES PLIMSOLL SEED COUNT      fails where a cost is not the optimum, or 2,016 slots take 50 ms
"""
import glob
import json
import os
import resource
import subprocess
import sys
import time

REPEATS, LIMIT_MS = 20, 50


def solve(plimsoll, problems):
    """The answers of one process, and the seconds of processor that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    lines = "".join(json.dumps({"id": p["id"], "input": p["input"]}) + "\n" for p in problems)
    run = subprocess.run([plimsoll, "solve", "schedule"], input=lines, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return [json.loads(line) for line in run.stdout.splitlines()], seconds


def is_right(problem, answer):
    """True where the steps are valid, cost what is said, and that is the optimum."""
    given, slots = problem["input"], len(problem["input"]["required"])
    steps, capacity = sorted(answer["changes"]), [0] * slots
    for (start, value), end in zip(steps, [s for s, _ in steps[1:]] + [steps[0][0] + slots]):
        for slot in range(start, end):
            capacity[slot % slots] = value
    changes = sum(capacity[slot] != capacity[slot - 1] for slot in range(slots))
    cost = sum(capacity) + given["change_cost"] * changes
    holds = all(a >= b for a, b in zip(capacity, given["required"])) and changes <= given["max_changes"]
    return holds and cost == answer["cost"] == problem["optimum"]["cost"]


def main():
    oracles, plimsoll, seed, count = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    sys.path.insert(0, oracles)
    import schedule_oracle as oracle
    failed = False
    sets = [(os.path.basename(f), [json.loads(line) for line in open(f)]) for f in sorted(glob.glob(f"{oracles}/schedule-*.jsonl"))]
    for slots, number in ((168, count), (2016, max(1, count // 25))):
        made = [{"id": i, "input": oracle.gen(seed, i, slots)} for i in range(number)]
        sets.append((f"seed {seed}, {slots} slots", [{**p, "optimum": oracle.dp(p["input"])} for p in made]))
    for name, problems in sets:
        answers, _ = solve(plimsoll, problems)
        right = sum(map(is_right, problems, answers))
        failed |= right < len(problems)
        print(f"{name}: {right} of {len(problems)} at the optimum, valid")
    for slots in (168, 2016):
        problems = [{"id": i, "input": {**oracle.gen(seed, i, slots), "max_changes": 10}} for i in range(8)]
        few, many = solve(plimsoll, problems)[1], solve(plimsoll, problems * (1 + REPEATS))[1]
        ours = 1000 * (many - few) / REPEATS / len(problems)
        start = time.process_time()
        for problem in problems:
            oracle.dp(problem["input"])
        theirs = 1000 * (time.process_time() - start) / len(problems)
        failed |= ours > LIMIT_MS
        print(f"{slots} slots, at most 10 changes: ours {ours:.2f} ms, the line read and printed; "
              f"the oracle's dynamic programme in numpy {theirs:.1f} ms, {theirs / ours:.0f} times as long; bar {LIMIT_MS} ms")
    start = time.process_time()
    milp = oracle.milp_bigm({**oracle.gen(seed, 0, 168), "max_changes": 10}, 120)
    print(f"168 slots by HiGHS (milp, big-M): {time.process_time() - start:.1f} s, cost {milp['cost']}")
    sys.exit(failed)


main()
