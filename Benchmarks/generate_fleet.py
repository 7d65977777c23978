#!/usr/bin/env python3
"""Writes a synthetic fleet of single-instance services as a dataset: nothing in it ran anywhere.

What is real is the types, which the price book has a price and a specification of. The folder gets fleet.yaml,
inventory.csv, utilisation/ (CPU and memory of each instance at five minutes, and users, for September and October 2026)
and truth.csv: how each instance was meant to be, and whether half of its size would carry its highest sample with the
fleet's headroom. CANDIDATES chooses whether advice stays within a service's family or looks through the price book.

The same seed gives the same bytes. A service is the same in a fleet of any size that has it.
"""
import argparse
import calendar
import csv
import gzip
import math
import pathlib
import random
import re

REGION = "us-east-1"
YEAR, MONTHS = 2026, (9, 10)
PER_DAY = 288
HEADROOM = 20
# Families whose sizes differ in size alone: general purpose, compute and memory, with letters such as m6i or c7gd.
FAMILY = re.compile(r"[mcr][5-9][a-z]*$")
SIZES = ("large", "xlarge", "2xlarge", "4xlarge", "8xlarge")

# How an instance was meant to be: how many of a hundred, and between which percentages the busiest samples of CPU and
# of memory lie, noise not counted.
KINDS = {
    "idle": (5, (1, 2), (3, 5)),
    "oversized": (40, (8, 32), (8, 32)),
    "fitting": (40, (50, 68), (50, 68)),
    "tight": (15, (86, 94), (84, 92)),
}

HEAD = """\
# Synthetic: made by Benchmarks/generate_fleet.py with seed {seed}. No instance in it ever ran.
name: synthetic-{count}
title: A synthetic fleet of {count} services
note: Fleet, inventory and utilisation are synthetic (Benchmarks/generate_fleet.py, seed {seed}).
provider: aws
region: {region}
timezone: UTC
currency: USD

review:
  required_coverage_percent: 80
  minimum_hours: 30
  percentile: 99.5
  cpu_headroom_percent: {headroom}
  memory_headroom_percent: {headroom}
  minimum_weeks: 3
  minimum_saving_usd: 5.00
  candidates: {candidates}

user_types:
  - name: everyone
    title: Everyone
    behaviour: ""
    resource_impact: ""
    websocket_connections: 1
    api_calls_per_session: 20
    prompts_per_session: 0
    session_minutes: 30

purchase:
  offers: [standard-1yr-no-upfront]
  maximum_spot_percent: 0
  spot_rework_percent: 0
  reserved_baseline: []
  strategies: []

objectives: []
global: {{ limits: [], thresholds: [] }}
charges: []
load_tests: []
alerts: []
claims: {{ expected_consumption: [], allocations: [] }}
effectiveness_metrics: []

services:
"""

SERVICE = """\
  - name: {name}
    title: Service {number}
    approach: vertical
    engine: linux
    initial_type: {type}
    instance_types: [{types}]
    minimum: 1
    maximum: 1
    interruptible: false
    driver: users
    scaling: {{ scale_out: [], scale_in: [], cooldown: 5min, add_replica: [] }}
    policies: []
    scheduled_actions: []
    limits: []
    thresholds:
      - {{ metric: cpu_percent, warning: "> 70% for 15min", scaling: "> 80% for 15min", critical: "> 90% for 15min" }}
    considerations: []
"""


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))


def ladders(prices):
    """Lists of types of one family, each twice the CPU and memory of the one before, all with a price."""
    priced = {
        row["type"]
        for row in rows(prices / "ec2-on-demand.csv")
        if row["region"] == REGION and row["engine"] == "linux"
    }
    sizes = {
        row["type"]: (int(row["vcpu"]), float(row["memory_gib"]))
        for row in rows(prices / "ec2-specifications.csv")
        if row["type"] in priced
    }
    found = []
    for family in sorted({name.split(".")[0] for name in sizes}):
        types = [f"{family}.{size}" for size in SIZES if f"{family}.{size}" in sizes]
        doubles = all(
            sizes[large] == (2 * sizes[small][0], 2 * sizes[small][1]) for small, large in zip(types, types[1:])
        )
        if FAMILY.match(family) and len(types) == len(SIZES) and doubles:
            found.append(types)
    return found


def moments():
    """The samples' timestamps by day, with whether the day is one of work."""
    clock = [f"T{minute // 60:02}:{minute % 60:02}:00Z," for minute in range(0, 1440, 5)]
    days = [(month, day) for month in MONTHS for day in range(1, calendar.monthrange(YEAR, month)[1] + 1)]
    for month, day in days:
        date = f"{YEAR}-{month:02}-{day:02}"
        yield [date + time for time in clock], calendar.weekday(YEAR, month, day) < 5


def hump(middle, width):
    """A day with one busy time, as shares of the busiest."""
    away = ((tick / PER_DAY - middle + 0.5) % 1 - 0.5 for tick in range(PER_DAY))
    return [0.25 + 0.75 * math.exp(-((distance / width) ** 2)) for distance in away]


# Shapes of a working day, and what of it is left at the weekend.
SHAPES = [(hump(0.5, 0.15), 0.4), (hump(0.85, 0.12), 1.0), (hump(0.1, 0.05), 1.0), ([1.0] * PER_DAY, 1.0)]


class Noise:
    """A stock of noise by its width in hundredths of a percent; drawing from it costs a look-up."""

    WIDTHS = (3, 6, 12, 25, 50, 100, 200)
    STOCK = 20011

    def __init__(self, draws):
        self.stock = {}
        for width in self.WIDTHS:
            once = [max(-2 * width, min(2 * width, round(draws.gauss(0, width)))) for _ in range(self.STOCK)]
            self.stock[width] = once + once[:PER_DAY]

    def beside(self, level):
        """Noise of some three percent of a level."""
        return self.stock[min(self.WIDTHS, key=lambda width: abs(width - 0.03 * level))]


def series(level, shape, weekend, draws, noise, days):
    """A series in hundredths of a percent, a list for each day."""
    stock = noise.beside(level)
    floor = 2 * max(stock)
    work = [max(floor // 2, round(level * share)) for share in shape]
    rest = [max(floor // 2, round(level * share * weekend)) for share in shape]
    for _, works in days:
        start = draws.randrange(Noise.STOCK)
        yield [base + more for base, more in zip(work if works else rest, stock[start : start + PER_DAY])]


def instance(number, seed, families):
    """What an instance is to be, by draws of its own."""
    draws = random.Random(f"{seed}/{number}")
    types = draws.choice(families)
    kind = draws.choices(list(KINDS), [share for share, _, _ in KINDS.values()])[0]
    return {
        "number": number,
        "name": f"svc-{number:04}",
        "resource": f"i-0{draws.getrandbits(64):016x}",
        "types": types,
        "type": draws.choice(types[1:4]),
        "zone": REGION + draws.choice("abc"),
        "kind": kind,
        "cpu": round(100 * draws.uniform(*KINDS[kind][1])),
        "memory": round(100 * draws.uniform(*KINDS[kind][2])),
        "shape": draws.choice(SHAPES),
        "draws": draws,
    }


def write_samples(path, one, noise, days, texts):
    """Appends an instance's samples; the highest and the mean of CPU and of memory."""
    shape, weekend = one["shape"]
    calm = [0.8 + 0.2 * share for share in shape]
    highest, total = [0, 0], [0, 0]
    tail = f"{one['name']},{one['resource']},"
    cpu = series(one["cpu"], shape, weekend, one["draws"], noise, days)
    memory = series(one["memory"], calm, 1.0, one["draws"], noise, days)
    for (times, _), used, held in zip(days, cpu, memory):
        path.write("".join([f"{time}{tail}{texts[u]},{texts[h]}\n" for time, u, h in zip(times, used, held)]).encode())
        for index, values in enumerate((used, held)):
            highest[index] = max(highest[index], *values)
            total[index] += sum(values)
    return highest, [value // (PER_DAY * len(days)) for value in total]


def write_users(path, draws, noise, days):
    with packed(path) as out:
        out.write(b"timestamp,service,resource,concurrent_users\n")
        for (times, _), users in zip(days, series(1000, SHAPES[0][0], 0.6, draws, noise, days)):
            out.write("".join([f"{time}users,everyone,{count}\n" for time, count in zip(times, users)]).encode())


def packed(path):
    return gzip.GzipFile(path, "wb", compresslevel=1, mtime=0)


def main():
    options = argparse.ArgumentParser(description="Writes a synthetic fleet of single-instance services as a dataset.")
    options.add_argument("--services", type=int, required=True)
    options.add_argument("--seed", type=int, default=20261101)
    options.add_argument("--candidates", choices=("list", "catalogue"), default="list")
    book = pathlib.Path(__file__).parent.parent / "pricing" / "aws"
    options.add_argument("--prices", type=pathlib.Path, default=book)
    options.add_argument("--out", type=pathlib.Path, required=True)
    chosen = options.parse_args()

    families = ladders(chosen.prices)
    noise = Noise(random.Random(f"{chosen.seed}/noise"))
    days = list(moments())
    texts = [f"{value // 100}.{value % 100:02}" for value in range(10001)]
    (chosen.out / "utilisation").mkdir(parents=True, exist_ok=True)
    write_users(chosen.out / "utilisation" / "users.csv.gz", random.Random(f"{chosen.seed}/users"), noise, days)

    with (
        open(chosen.out / "fleet.yaml", "w", encoding="utf-8") as fleet,
        open(chosen.out / "inventory.csv", "w", encoding="utf-8") as inventory,
        open(chosen.out / "truth.csv", "w", encoding="utf-8") as truth,
        packed(chosen.out / "utilisation" / "instances.csv.gz") as samples,
    ):
        fleet.write(
            HEAD.format(
                seed=chosen.seed, count=chosen.services, region=REGION, headroom=HEADROOM, candidates=chosen.candidates
            )
        )
        inventory.write("service,resource,type,zone,lifecycle,started,stopped\n")
        truth.write(
            "service,resource,type,meant,oversized,half,"
            "cpu_percent_mean,cpu_percent_highest,memory_percent_mean,memory_percent_highest\n"
        )
        samples.write(b"timestamp,service,resource,cpu_percent,memory_percent\n")
        for number in range(1, chosen.services + 1):
            one = instance(number, chosen.seed, families)
            fleet.write(SERVICE.format(**{**one, "types": ", ".join(one["types"])}))
            placed = f"{one['name']},{one['resource']},{one['type']}"
            inventory.write(f"{placed},{one['zone']},on-demand,2026-08-01T00:00:00Z,\n")
            highest, mean = write_samples(samples, one, noise, days, texts)
            half = one["types"][one["types"].index(one["type"]) - 1]
            oversized = "yes" if 2 * max(highest) <= 100 * (100 - HEADROOM) else "no"
            loads = ",".join(texts[value] for pair in zip(mean, highest) for value in pair)
            truth.write(f"{placed},{one['kind']},{oversized},{half},{loads}\n")


if __name__ == "__main__":
    main()
