#!/usr/bin/env python3
"""HiGHS (scipy's milp) beside plimsoll on the purchase mix: what `mix.sh` times.

  mix_peer.py ORACLES PLIMSOLL BENCH_MIX      the table; fails where costs differ
Problems are drawn and modelled by ORACLES/mix_oracle.py. SEED and COUNT are read from the environment.
"""
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

SEED, COUNT = int(os.environ.get("SEED", 7)), int(os.environ.get("COUNT", 20))
# kind, hours or most slots of a problem, problems, bar in milliseconds
KINDS = [
    ("single", 8760, COUNT, 1),
    ("expiry", 8760, COUNT, None),
    ("phased", 26280, COUNT, 5),
    ("budget", 8760, COUNT, None),
    ("multi", 336, max(1, COUNT // 2), None),
]
EXACT = ("single", "expiry", "phased")
HORIZON = 36 * 730


class Peer:
    """HiGHS through the oracle's models: seconds within the solver, and with the model built and the answer priced.

    They are of the processor (HiGHS has one thread here), so that what else the machine does is not held against it.
    """

    def __init__(self, oracle):
        self.oracle, self.spent = oracle, 0.0
        solve = oracle.solve

        def timed(*arguments, **options):
            start = time.process_time()
            try:
                return solve(*arguments, **options)
            finally:
                self.spent += time.process_time() - start

        oracle.solve = timed

    def __call__(self, model, problem, **options):
        self.spent, start = 0.0, time.process_time()
        answer = model(problem, **options)
        return answer["cost"], self.spent, time.process_time() - start


def problems(oracle, kind, hours, count):
    """Those of `mix_oracle.py gen`; of `phased` only those of 36 months."""
    index = 0
    while count:
        problem = oracle.gen(kind, SEED, index, hours)
        if kind != "phased" or problem["hours"] == HORIZON:
            yield {"id": f"{kind}-{SEED}-{index}", "kind": kind, "input": problem}
            count -= 1
        index += 1


def ours(lines, plimsoll, bench):
    """What each problem costs by plimsoll, the seconds of the solver and those of a process that answers one line."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.writelines(line + "\n" for line in lines)
        file.flush()
        told = subprocess.run([bench, "times", file.name], check=True, capture_output=True, text=True).stdout
    answers = [json.loads(line) for line in told.splitlines()]
    for line, answer in zip(lines, answers, strict=True):
        answer["seconds"] = answer["nanoseconds"][1] / 1e9
        answer["process"] = statistics.median(process(line, plimsoll) for _ in range(3))
    return answers


def process(line, plimsoll):
    """Seconds of the processor from start to end of a process, like those of the peer."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([plimsoll, "solve", "mix"], input=line.encode(), stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def milliseconds(seconds):
    low, middle, high = min(seconds), statistics.median(seconds), max(seconds)
    digits = 3 if high < 0.01 else 1 if high < 1 else 0
    return "%.*f ms" % (digits, middle * 1e3), "%.*f .. %.*f" % (digits, low * 1e3, digits, high * 1e3)


def row(*cells):
    widths = "-29 9 14 -29 9 14 6 -27 4".split()
    print("| " + " | ".join("%*s" % (int(width), cell) for width, cell in zip(widths, cells)) + " |", flush=True)


def compare(kind, answers, costs):
    """In words, how our costs differ from the peer's; ends the run where they must not."""
    excess = max(answer["cost"] / cost - 1 if cost else answer["cost"] for answer, cost in zip(answers, costs))
    # To the micro-dollar, of which the oracle's bill of a savings plan can have a fraction.
    same = sum(abs(answer["cost"] - cost) < 1 for answer, cost in zip(answers, costs))
    if kind in EXACT and same < len(costs):
        sys.exit(f"{kind}: {len(costs) - same} of {len(costs)} costs differ")
    words = f"{same} of {len(costs)} equal"
    if kind not in EXACT:
        gap = max(1 - answer["bound"] / answer["cost"] if answer["cost"] else 0 for answer in answers)
        words += f", gap {100 * gap:.3f} %"
        if excess > 1e-3:
            sys.exit(f"{kind}: {100 * excess:.3f} % above HiGHS")
    return words


def measure(oracle, peer, kind, hours, count, bar, plimsoll, bench):
    drawn = list(problems(oracle, kind, hours, count))
    model = {"phased": oracle.milp_phased, "multi": oracle.milp_multi}.get(kind, oracle.milp_single)
    theirs = [peer(model, problem["input"]) for problem in drawn]
    answers = ours([json.dumps(problem, separators=(",", ":")) for problem in drawn], plimsoll, bench)
    words = compare(kind, answers, [cost for cost, _, _ in theirs])
    solver, process = ([answer[name] for answer in answers] for name in ("seconds", "process"))
    inside, whole = ([times[index] for times in theirs] for index in (1, 2))
    what = f"{kind}, 36 months by the hour" if kind == "phased" else f"{kind}, {hours} hours"

    def line(what, own, name, other, words, bar):
        ratio = "%.0f" % (statistics.median(other) / statistics.median(own))
        row(what, *milliseconds(own), name, *milliseconds(other), ratio, words, bar)

    line(what, solver, "HiGHS, states merged", inside, words, f"{bar} ms" if bar else "")
    if kind in ("single", "expiry"):
        naive = [peer(oracle.milp_single, problem["input"], naive=True) for problem in drawn]
        words = compare(kind, answers, [cost for cost, _, _ in naive])
        line("", solver, "HiGHS, hour by hour (--naive)", [times[1] for times in naive], words, "")
    line("... plimsoll solve mix < line", process, "HiGHS, model built and priced", whole, "", "")


def main(oracles, plimsoll, bench):
    sys.path.insert(0, oracles)
    sys.dont_write_bytecode = True
    import mix_oracle

    peer = Peer(mix_oracle)
    row("what", "plimsoll", "min .. max", "beside", "peer", "min .. max", "times", "cost", "bar")
    row("---", "--:", "--:", "---", "--:", "--:", "--:", "---", "--:")
    for kind in KINDS:
        measure(mix_oracle, peer, *kind, plimsoll, bench)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
