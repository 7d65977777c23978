#!/usr/bin/env python3
"""Problems of `plimsoll solve size` and their answers by brute force: fractions, a full sort, every type tried.

  generate.py FOLDER [SEED COUNT]      writes problems.jsonl and answers.jsonl; the committed ones are of seed 20261124, 48

Many requirements meet a type exactly, so that any rounding shows. Numbers are read as decimals, as JSON has them.
"""
import bisect
import json
import random
import sys
from decimal import Decimal, ROUND_FLOOR
from fractions import Fraction

ASKED = ("percentile", "cpu_headroom_percent", "memory_headroom_percent", "minimum_hours", "minimum_coverage_percent")


def series(rng, count, gaps):
    """Quarters of a percent, two decimals, or doubles with all their digits."""
    style = rng.randrange(3)
    top = rng.choice((3, 30, 100))
    draw = (lambda: rng.randrange(4 * top + 1) / 4, lambda: round(rng.uniform(0, top), 2), lambda: rng.uniform(0, top) ** 3 / top**2)
    return [None if rng.random() < gaps else draw[style]() for _ in range(count)]


def problem(rng, number):
    types = []
    for family in range(rng.randrange(1, 4)):
        speed = rng.choice((1, 1.0, 1.25, round(rng.uniform(0.7, 1.4), 3), rng.uniform(0.7, 1.4)))
        price, memory = rng.choice((0.0125, 0.024, 0.05)), rng.choice((2, 3.75, 4, 7.625, 8))
        for power in range(rng.randrange(1, 7)):
            size = 2**power
            types.append({"type": f"f{family}.{size}", "vcpu": size, "memory_gib": memory * size, "usd_per_hour": round(price * size, 6),
                          "relative_performance": speed})
    for twin in range(rng.randrange(3)):
        types.append(dict(rng.choice(types), type=f"twin{twin}"))
    rng.shuffle(types)
    own = max(rng.sample(types, min(3, len(types))), key=lambda t: t["vcpu"])
    count, gaps = rng.choice((60, 120, 150)), rng.choice((0, 0, 0.1, 0.2, 0.3))
    asked = [rng.choice((50, 95, 99, 99.5, 100)), rng.choice((0, 20, 30, 37.5)), rng.choice((0, 20, 25)), rng.choice((5, 5, 10)), rng.choice((70, 80))]
    line = {"id": number, "interval_seconds": 300, "cpu_percent": series(rng, count, gaps), "current": own["type"], "catalogue": types,
            "rules": dict(zip(ASKED, asked))}
    if rng.random() < 0.8:
        line["memory_percent"] = series(rng, count, gaps)
    if rng.random() < 0.5:  # a requirement that is met to the digit
        line["cpu_percent"] = [None if x is None else rng.choice((10, 20, 40)) for x in line["cpu_percent"]]
    return line


def exact(number):
    return Fraction(Decimal(repr(number)))


def percentile(samples, percent):
    """The least sample with at least so many percent of all at or below it."""
    seen = sorted(exact(x) for x in samples if x is not None)
    return next((x for x in seen if bisect.bisect_right(seen, x) * 100 >= exact(percent) * len(seen)), None)


def nine(number):
    if number is None:
        return None
    whole = int(Decimal((number * 10**9 + Fraction(1, 2)).__floor__()).to_integral_value(ROUND_FLOOR))
    text = f"{whole // 10**9}.{whole % 10**9:09d}".rstrip("0").rstrip(".")
    return Decimal(text)


def answer(line):
    rules, own = line["rules"], next(t for t in line["catalogue"] if t["type"] == line["current"])
    power = lambda t: exact(t["vcpu"]) * exact(t["relative_performance"])
    need = {}
    for name, key, present in (("cpu", "cpu_percent", power(own)), ("memory", "memory_percent", exact(own["memory_gib"]))):
        high = percentile(line.get(key, []), rules["percentile"])
        need[name] = None if high is None else high / 100 * present / (1 - exact(rules[f"{name}_headroom_percent"]) / 100)
    result = {"id": line["id"], "type": None, "refused": False, "binding": None,
              "required_vcpu": nine(need["cpu"]), "required_memory_gib": nine(need["memory"])}
    for key in ("cpu_percent", "memory_percent"):
        if key in line:
            seen = sum(x is not None for x in line[key])
            if seen * line["interval_seconds"] < rules["minimum_hours"] * 3600 or seen * 100 < rules["minimum_coverage_percent"] * len(line[key]):
                result["refused"] = True
    if result["refused"]:
        return result
    fitting = [t for t in line["catalogue"] if power(t) >= need["cpu"] and (need["memory"] is None or exact(t["memory_gib"]) >= need["memory"])]
    if not fitting:
        return result
    best = min(fitting, key=lambda t: (exact(t["usd_per_hour"]), t["vcpu"], exact(t["memory_gib"]), t["type"]))
    if need["memory"] is None and best["memory_gib"] < own["memory_gib"]:
        result["refused"] = True
        return result
    memory = 0 if need["memory"] is None else need["memory"] / exact(best["memory_gib"])
    return dict(result, type=best["type"], binding="memory" if memory > need["cpu"] / power(best) else "cpu")


def main():
    folder, seed, count = (sys.argv[1:] + ["20261124", "48"])[:3] if len(sys.argv) != 3 else sys.exit(__doc__)
    rng = random.Random(int(seed))
    lines = [problem(rng, number) for number in range(int(count))]
    with open(f"{folder}/problems.jsonl", "w") as out:
        out.writelines(json.dumps(line, separators=(",", ":")) + "\n" for line in lines)
    with open(f"{folder}/answers.jsonl", "w") as out:
        out.writelines(json.dumps(answer(line), default=str, separators=(",", ":")) + "\n" for line in lines)


main()
