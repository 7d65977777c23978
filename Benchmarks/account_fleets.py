#!/usr/bin/env python3
"""The purchases of `plimsoll mix` for whole accounts beside HiGHS (scipy's milp) on the same demand: what `mix.sh` prints.

  account_fleets.py PLIMSOLL [PRICES]     the table; fails where a plan is dearer than the pooled optimum by more than 0.5 %
The fleets are synthetic: written here from SEED, imported as an inventory without samples, with demand that the fleet file
says is certain, so that a month of it, stretched to 730 hours, is every future. Three are as accounts are built (services
of one family whose peaks follow one another; many small services, each on for half of the day; m5 by day and c5 by night
with a Compute Savings Plan allowed), COUNT more are random. HiGHS chooses reservations of each family and dollars an hour
of the plan, laid where they save most; prices are those of the price book's files, read here.
"""
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_matrix

SEED, COUNT = int(os.environ.get("SEED", 7)), int(os.environ.get("COUNT", 20))
REGION, MONTH, HOURS = "us-east-1", "2026-10", 744
FACTORS = {"large": 4, "xlarge": 8, "2xlarge": 16}
OFFER = ("standard", "1", "no-upfront")
BAR = 0.005


def rows(folder, name):
    with open(os.path.join(folder, name)) as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


class Prices:
    """USD an hour of a large of a family."""

    def __init__(self, folder):
        def latest(name, wanted):
            best = {}
            for row in rows(folder, name):
                if row["region"] == REGION and row.get("engine", "linux") == "linux" and wanted(row):
                    key, day = row["type"], row["effective_from"]
                    if day <= "2026-10-31" and day >= best.get(key, ("",))[0]:
                        best[key] = (day, row)
            return {key: row for key, (_, row) in best.items()}

        self.on_demand = {k: float(r["usd_per_hour"]) for k, r in latest("ec2-on-demand.csv", lambda r: True).items()}

        def offer(kind):
            return lambda r: (r["class"], r["years"], r["payment"]) == (kind, "1", "no-upfront")

        reserved = latest("ec2-reserved.csv", offer("standard"))
        convertible = latest("ec2-reserved.csv", offer("convertible"))
        self.reserved = {k: float(r["usd_per_hour"]) for k, r in reserved.items()}
        # A Compute Savings Plan without upfront costs what the convertible reservation does.
        self.plan = {k: float(r["usd_per_hour"]) for k, r in convertible.items()}
        self.families = sorted(
            t.split(".")[0] for t in self.on_demand
            if t.endswith(".large") and t in self.reserved and t in self.plan and "." in t and not t.startswith(("cache", "db")))


class Fleet:
    def __init__(self, name, families, hourly, plan):
        """hourly: service -> (type, counts of 744 hours)"""
        self.name, self.families, self.hourly, self.plan = name, families, hourly, plan

    def units(self, family):
        """Demand of a family in larges, hour by hour."""
        sums = np.zeros(HOURS, dtype=int)
        for kind, counts in self.hourly.values():
            if kind.split(".")[0] == family:
                sums += np.array(counts) * FACTORS[kind.split(".")[1]] // 4
        return sums

    def write(self, folder):
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "fleet.yaml"), "w") as file:
            offers = "[standard-1yr-no-upfront]"
            plans = "  savings_plans: [compute-savings-plan-1yr-no-upfront]\n" if self.plan else ""
            file.write(f"name: {self.name}\nregion: {REGION}\ntimezone: UTC\npurchase:\n  offers: {offers}\n{plans}")
            file.write("outlook: {uncertainty_percent_a_year: 0}\n")
        with open(os.path.join(folder, "inventory.csv"), "w") as file:
            file.write("service,resource,type,zone,lifecycle,started,stopped\n")
            for service, (kind, counts) in self.hourly.items():
                self.runs(file, service, kind, counts)

    def runs(self, file, service, kind, counts):
        for level in range(max(counts)):
            start = None
            for hour in range(HOURS + 1):
                on = hour < HOURS and counts[hour] > level
                if on and start is None:
                    start = hour
                if not on and start is not None:
                    file.write(f"{service},{service}-{level}-{start},{kind},us-east-1a,on-demand,{stamp(start)},{stamp(hour)}\n")
                    start = None


def stamp(hour):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(1790812800 + hour * 3600))


def constructed():
    def peaks(offset):
        return [2 + (6 if (hour - offset) % 24 < 3 else 0) for hour in range(HOURS)]

    def half(offset):
        return [1 if (hour - offset) % 24 < 12 else 0 for hour in range(HOURS)]

    yield Fleet("eight-peaks", ["m5"], {f"s{i}": ("m5.large", peaks(3 * i)) for i in range(8)}, False)
    yield Fleet("forty-halves", ["m5"], {f"s{i:02}": ("m5.large", half(i * 24 // 40)) for i in range(40)}, False)
    day = [4 if 8 <= hour % 24 < 20 else 0 for hour in range(HOURS)]
    night = [0 if 8 <= hour % 24 < 20 else 4 for hour in range(HOURS)]
    yield Fleet("day-and-night", ["m5", "c5"], {"web": ("m5.xlarge", day), "batch": ("c5.xlarge", night)}, True)


def drawn(families, index):
    rng = random.Random(f"account-{SEED}-{index}")
    own = rng.sample(families, rng.randint(1, min(12, len(families))))
    hourly = {}
    for number in range(rng.randint(2, 30)):
        kind = f"{rng.choice(own)}.{rng.choice(list(FACTORS))}"
        base, peak, start, length = rng.randint(0, 4), rng.randint(0, 8), rng.randrange(24), rng.randint(2, 14)
        weekend = rng.random() < 0.5
        counts = []
        for hour in range(HOURS):
            on = (hour - start) % 24 < length and not (weekend and (hour // 24 + 3) % 7 >= 5)
            counts.append(base + (peak if on else 0))
        if max(counts) > 0:
            hourly[f"s{number:02}"] = (kind, counts)
    if not hourly:
        hourly["s00"] = (f"{own[0]}.large", [1] * HOURS)
    return Fleet(f"random-{index}", sorted({k.split('.')[0] for k, _ in hourly.values()}), hourly, rng.random() < 0.6)


def cost(fleet, prices, reserved, plan):
    """USD of 744 hours with so many larges reserved of each family and so many dollars an hour of the plan."""
    total = plan * HOURS
    left = np.full(HOURS, plan)
    share = {f: prices.plan[f + ".large"] / prices.on_demand[f + ".large"] for f in fleet.families}
    for family in sorted(fleet.families, key=lambda f: (share[f], prices.plan[f + ".large"], f)):
        rest = np.maximum(0, fleet.units(family) - reserved.get(family, 0))
        total += reserved.get(family, 0) * prices.reserved[family + ".large"] * HOURS
        drawn_here = np.minimum(rest * prices.plan[family + ".large"], left) if plan > 0 else np.zeros(HOURS)
        left = left - drawn_here
        total += ((rest - drawn_here / prices.plan[family + ".large"]) * prices.on_demand[family + ".large"]).sum()
    return total


def optimum(fleet, prices):
    """The least cost of 744 hours, by HiGHS."""
    families = fleet.families
    states, weights = {}, []
    demand = np.stack([fleet.units(f) for f in families], axis=1)
    for row in map(tuple, demand):
        states[row] = states.get(row, 0) + 1
    width, count = len(families), len(states)
    # x_f whole, y, then for each state and family what is on demand and what the plan pays for.
    size = width + 1 + 2 * width * count
    objective = np.zeros(size)
    objective[:width] = [prices.reserved[f + ".large"] * HOURS for f in families]
    objective[width] = HOURS
    data, lower = [], []
    for index, (row, weight) in enumerate(states.items()):
        base = width + 1 + 2 * width * index
        for f, family in enumerate(families):
            objective[base + f] = weight * prices.on_demand[family + ".large"]
            line = len(lower)
            data += [(line, f, 1), (line, base + f, 1), (line, base + width + f, 1)]
            lower.append(row[f])
        line = len(lower)
        data.append((line, width, 1))
        data += [(line, base + width + f, -prices.plan[family + ".large"]) for f, family in enumerate(families)]
        lower.append(0)
    top = np.full(size, np.inf)
    if not fleet.plan:
        top[width] = 0
    matrix = coo_matrix(([v for *_, v in data], ([r for r, *_ in data], [c for _, c, _ in data])), shape=(len(lower), size))
    integral = np.zeros(size)
    integral[:width] = 1
    answer = milp(
        objective, constraints=LinearConstraint(matrix, lb=np.array(lower), ub=np.inf), bounds=Bounds(0, top),
        integrality=integral, options={"mip_rel_gap": 1e-6})
    return answer.fun


def advised(plimsoll, fleet, prices_folder, folder):
    """The plan of `plimsoll mix`: larges by family, dollars an hour, and its own word of the saving; seconds."""
    fleet.write(folder)
    store = os.path.join(folder, "store.sqlite")

    def run(*arguments):
        done = subprocess.run([plimsoll, *arguments], capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"{fleet.name}: plimsoll {' '.join(arguments)} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    files = [os.path.join(prices_folder, name) for name in sorted(os.listdir(prices_folder)) if name.startswith("ec2-")]
    run("import", "--store", store, "prices", *files)
    run("import", "--store", store, "dataset", folder)
    start = time.perf_counter()
    text = run("mix", "--store", store, "--month", MONTH, "--format", "json")
    seconds = time.perf_counter() - start
    plan = json.loads(text)["plan"]
    reserved, hourly = {}, 0.0
    for line in plan["purchases"]:
        if line["when"] != "2026-11-01":
            sys.exit(f"{fleet.name}: buys on {line['when']}, though demand stays as it is: {line}")
        if line["count"] is not None:
            family, size = line["type"].split(".")
            reserved[family] = reserved.get(family, 0) + line["count"] * FACTORS[size] // 4
        else:
            hourly += line["usd_per_hour"]
    return reserved, hourly, plan["saving_per_month"], seconds


def main(plimsoll, prices_folder="pricing/aws"):
    prices = Prices(prices_folder)
    fleets = list(constructed()) + [drawn(prices.families, index) for index in range(COUNT)]
    print(f"{'fleet':<16}{'families':>9}{'services':>9}{'optimum':>12}{'ours':>12}{'over':>9}{'its saving':>12}{'seconds':>9}")
    worst = 0.0
    for fleet in fleets:
        with tempfile.TemporaryDirectory() as folder:
            reserved, hourly, saving, seconds = advised(plimsoll, fleet, prices_folder, os.path.join(folder, "fleet"))
        month = 730 / HOURS
        best, ours = optimum(fleet, prices) * month, cost(fleet, prices, reserved, hourly) * month
        said = cost(fleet, prices, {}, 0) * month - saving
        over = ours / best - 1
        worst = max(worst, over)
        print(
            f"{fleet.name:<16}{len(fleet.families):>9}{len(fleet.hourly):>9}{best:>12.2f}{ours:>12.2f}{over:>9.4%}"
            f"{saving:>12.2f}{seconds:>9.3f}")
        if abs(said - ours) > 0.005 * ours:
            sys.exit(f"{fleet.name}: it says that it costs {said:.2f}, and it costs {ours:.2f}")
    print(f"worst {worst:.4%} over the pooled optimum, the bar is {BAR:.1%}; USD for 730 hours, one run of a cold process each")
    if worst > BAR:
        sys.exit("a plan is dearer than the bar")


main(*sys.argv[1:])
