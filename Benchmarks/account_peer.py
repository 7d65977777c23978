#!/usr/bin/env python3
"""HiGHS (scipy's milp) beside plimsoll on the commitments of a whole account: the kind `account` of `solve mix`.

  account_peer.py time PLIMSOLL BENCH_MIX        the table of mix.sh; fails where HiGHS is better by more than 0.5 %
  account_peer.py gen FOLDER                     small problems with HiGHS' optimum, for Tests/SolversTests/Fixtures

The model given to HiGHS is the problem's: whole units of every offer and whole increments of every plan, bought at the
start of any stretch; in each state what a pool needs is covered, spot, on demand or paid by plans, each plan by no more
than it has. HiGHS may lay a plan where it likes, which the provider's order (cheapest use first, plan by plan) does not
allow, and pay by a plan for what would be spot; so its optimum may be less than what can be reached. It is
the same with one plan and no spot; where no plan pays for a pool with spot, our bound may not be above it.
SEED and HIGHS_SECONDS (the time HiGHS has for a problem) are read from the environment.
"""
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_matrix

SEED, SECONDS = int(os.environ.get("SEED", 7)), float(os.environ.get("HIGHS_SECONDS", 60))
MONTH = 730
ALLOWED = 0.005


# ---------------------------------------------------------------- problems
def offers(rng, price, count):
    """No, partial and all upfront for one and three years; four of them leave out partial."""
    one, three = rng.uniform(0.55, 0.75), rng.uniform(0.35, 0.52)
    made = []
    for term, base in ((8760, one), (26280, three)):
        for pay, factor, share in (("no", 1, 0), ("partial", 0.97, 0.5), ("all", 0.94, 1)):
            if count < 6 and pay == "partial":
                continue
            hourly = int(price * base * factor)
            made.append({"name": "%dy-%s" % (term // 8760, pay), "term_hours": term, "hourly": hourly,
                         "upfront": int(hourly * share) * term})
    return made


def account(rng, pools, count, plans, months, states, scale, budget=None, spot_share=0.3, spot_in_plans=True):
    """An account of some pools with daily demand; the last plan pays for all of them, each other for some."""
    made, shapes = [], []
    for index in range(pools):
        price = rng.randint(20_000, 400_000)
        pool = {"name": "p%02d" % index, "on_demand": price, "offers": offers(rng, price, count)}
        if rng.random() < spot_share:
            pool["spot"] = price * 35 // 100
        made.append(pool)
        shapes.append((rng.uniform(0.2, 1) * scale, rng.uniform(0, 1.2) * scale, rng.randrange(24), rng.uniform(-0.2, 0.4),
                       rng.uniform(0.3, 1), rng.uniform(0, 0.15)))
    plan_list = []
    for plan in range(plans):
        own = [p for i, p in enumerate(made) if spot_in_plans or "spot" not in p]
        own = [p for i, p in enumerate(own) if plan == plans - 1 or i % max(1, plans - 1) == plan][:None if plan == plans - 1 else 3]
        low, high = (0.66, 0.83) if plan == plans - 1 else (0.58, 0.70)
        plan_list.append({"name": "s%d" % plan, "rates": {p["name"]: int(p["on_demand"] * rng.uniform(low, high)) for p in own},
                          "term_hours": 8760})
    stretches = []
    for month in range(months):
        needs, spot = [], []
        for hour in range(states):
            for pool, (base, day, phase, growth, weekend, noise) in zip(made, shapes):
                away = abs((hour - phase) % 24 - 12) / 12
                units = base + day * max(0, 1 - 1.6 * away) * (weekend if hour // 24 % 7 >= 5 else 1)
                units *= (1 + growth * month / 12) * (1 + noise * rng.uniform(-1, 1))
                needs.append(int(max(0, units) * 3600))
                spot.append(needs[-1] * 3 // 10 if "spot" in pool else 0)
        stretches.append({"start": month * MONTH, "end": (month + 1) * MONTH, "needs": needs, "spot_needs": spot})
    problem = {"parts": 3600, "pools": made, "plans": plan_list, "stretches": stretches}
    if budget is not None:
        problem["upfront_budget"] = budget
    return problem


def few(rng):
    """1 to 6 pools of few units, plans of which some are paid upfront, and a budget of a twentieth to two fifths of a year."""
    problem = account(rng, rng.randint(1, 6), rng.choice([4, 6]), rng.randint(1, 3), rng.randint(1, 12), 24,
                      rng.choice([1, 2, 3]), spot_share=0)
    for plan in problem["plans"]:
        plan["upfront_permille"] = rng.choice([0, 500, 1000])
    prices, hours = [pool["on_demand"] for pool in problem["pools"]], 0
    bill = 0
    for stretch in problem["stretches"]:
        units = sum(need * prices[index % len(prices)] for index, need in enumerate(stretch["needs"])) / problem["parts"]
        bill += units / (len(stretch["needs"]) / len(prices)) * (stretch["end"] - stretch["start"])
        hours = stretch["end"]
    problem["upfront_budget"] = int(bill / hours * 8760 * rng.choice([0.05, 0.1, 0.2, 0.4]))
    return problem


def day(pools, plans, hours, months=12):
    """An account whose days are all alike; `hours` has the units of every pool in each of 24 hours."""
    needs = [units * 3600 for hour in hours for units in hour]
    stretches = [{"start": m * MONTH, "end": (m + 1) * MONTH, "needs": needs} for m in range(months)]
    return {"parts": 3600, "pools": pools, "plans": plans, "stretches": stretches}


def pool(name, price, one=0.62):
    return {"name": name, "on_demand": price,
            "offers": [{"name": "1y", "term_hours": 8760, "hourly": int(price * one), "upfront": 0}]}


def constructed():
    """Three fleets in which services complement one another."""
    peaks = [sum(4 if (hour - 3 * service) % 24 < 6 else 1 for service in range(8)) for hour in range(24)]
    yield "8 services, peaks 3 hours apart", day([pool("m5", 96_000)], [], [[units] for units in peaks])
    halves = [sum((hour - service) % 24 < 12 for service in range(40)) for hour in range(24)]
    yield "40 services on for half a day", day([pool("m5", 96_000)], [], [[units] for units in halves])
    plan = {"name": "compute", "rates": {"m5": 69_000, "c5": 62_000}, "term_hours": 8760}
    hours = [[20, 4] if 8 <= hour < 20 else [4, 22] for hour in range(24)]
    yield "m5 by day, c5 by night", day([pool("m5", 96_000), pool("c5", 85_000)], [plan], hours)


# ---------------------------------------------------------------- the model, for HiGHS
class Model:
    def __init__(self, problem):
        self.problem, self.costs, self.most, self.whole = problem, [], [], []
        self.rows, self.columns, self.values, self.low, self.high = [], [], [], [], []
        self.build()

    def column(self, cost, most=np.inf, whole=False):
        self.costs.append(cost)
        self.most.append(most)
        self.whole.append(int(whole))
        return len(self.costs) - 1

    def row(self, entries, low, high):
        for column, value in entries:
            self.rows.append(len(self.low))
            self.columns.append(column)
            self.values.append(value)
        self.low.append(low)
        self.high.append(high)

    def build(self):
        problem = self.problem
        horizon, starts = problem["stretches"][-1]["end"], [s["start"] for s in problem["stretches"]]
        self.bought, cash = [], []

        def buy(key, term, hourly, upfront):
            bought = []
            for start in starts:
                end = min(horizon, start + term)
                column = self.column(hourly * (end - start), whole=True)
                cash.append((column, upfront))
                bought.append((start, end, column))
                self.bought.append((key, start, column))
            return bought

        units = [[b for o in p["offers"] for b in buy(p["name"] + "/" + o["name"], o["term_hours"], o["hourly"], o.get("upfront", 0))]
                 for p in problem["pools"]]
        money = []
        for plan in problem["plans"]:
            inc = plan.get("increment", 1000)
            upfront = -(-inc * plan.get("term_hours", 0) * plan.get("upfront_permille", 0) // 1000)
            money.append(buy(plan["name"], plan["term_hours"], inc, upfront) if "term_hours" in plan else [])
        for stretch in problem["stretches"]:
            cuts = {stretch["start"], stretch["end"]}
            cuts |= {end for bought in units + money for _, end, _ in bought if stretch["start"] < end < stretch["end"]}
            cuts |= {h["until"] for p in problem["plans"] for h in p.get("existing", []) if stretch["start"] < h["until"] < stretch["end"]}
            cuts = sorted(cuts)
            for start, end in zip(cuts, cuts[1:]):
                self.segment(stretch, start, end, units, money)
        if "upfront_budget" in problem:
            self.row(cash, -np.inf, problem["upfront_budget"])

    def segment(self, stretch, start, end, units, money):
        problem, pools = self.problem, self.problem["pools"]
        parts = problem.get("parts", 1)
        needs, spot = stretch["needs"], stretch.get("spot_needs") or [0] * len(stretch["needs"])
        states = {}
        weights = stretch.get("weights") or [1] * (len(needs) // len(pools))
        for state, weight in enumerate(weights):
            row = slice(state * len(pools), (state + 1) * len(pools))
            key = (tuple(needs[row]), tuple(spot[row]))
            states[key] = states.get(key, 0) + weight
        held = [sum(h["amount"] for h in p.get("existing", []) if start < h["until"]) for p in problem["plans"]]
        for (need, cheap), weight in states.items():
            hours = weight / sum(weights) * (end - start)
            used = [[] for _ in money]
            for index, pool in enumerate(pools):
                if need[index] == 0:
                    continue
                serves = [(c, 1) for s, e, c in units[index] if s <= start and end <= e]
                serves.append((self.column(pool["on_demand"] * hours), 1))
                if pool.get("spot", pool["on_demand"]) < pool["on_demand"] and cheap[index]:
                    serves.append((self.column(pool["spot"] * hours, cheap[index] / parts), 1))
                for plan, terms in enumerate(problem["plans"]):
                    rate = terms["rates"].get(pool["name"])
                    if rate is not None:
                        column = self.column(0)
                        serves.append((column, 1))
                        used[plan].append((column, rate))
                self.row(serves, need[index] / parts, np.inf)
            for plan, entries in enumerate(used):
                if entries:
                    inc = problem["plans"][plan].get("increment", 1000)
                    bought = [(c, -inc) for s, e, c in money[plan] if s <= start and end <= e]
                    self.row(entries + bought, -np.inf, held[plan])

    def solve(self, gap, seconds):
        """The cost that HiGHS found, its own bound, and the seconds of its run."""
        shape = (len(self.low), len(self.costs))
        matrix = coo_matrix((self.values, (self.rows, self.columns)), shape=shape).tocsr()
        begin = time.perf_counter()
        result = milp(np.array(self.costs, dtype=float), constraints=LinearConstraint(matrix, self.low, self.high),
                      integrality=np.array(self.whole), bounds=Bounds(0, np.array(self.most, dtype=float)),
                      options={"mip_rel_gap": gap, "time_limit": seconds})
        taken = time.perf_counter() - begin
        return (None if result.x is None else result.fun), result.mip_dual_bound, taken


def line(problem, name):
    return json.dumps({"id": name, "kind": "account", "input": problem}, separators=(",", ":"))


# ---------------------------------------------------------------- the table
def ours(lines, plimsoll, bench):
    """The answers and the least, median and greatest seconds of each."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        times = subprocess.run([bench, "times", file.name], check=True, capture_output=True, text=True).stdout
        with open(file.name) as problems:
            solved = subprocess.run([plimsoll, "solve", "mix"], stdin=problems, check=True, capture_output=True, text=True).stdout
    answers = [json.loads(text) for text in solved.splitlines()]
    for answer, timed in zip(answers, map(json.loads, times.splitlines())):
        answer["seconds"] = [n / 1e9 for n in timed["nanoseconds"]]
    return answers


def row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def compare(what, problems, plimsoll, bench, bar=None, peer=True):
    names = [name for name, _ in problems]
    answers = ours([line(problem, name) for name, problem in problems], plimsoll, bench)
    for (name, problem), answer in zip(problems, answers):
        gap = 1 - answer["bound"] / answer["cost"] if answer["cost"] else 0
        cells = [what if len(names) == 1 else f"{what}: {name}", "%.0f ms" % (1000 * answer["seconds"][1]), "%.3f %%" % (100 * gap)]
        if peer:
            cost, bound, seconds = Model(problem).solve(1e-4, SECONDS)
            excess = answer["cost"] / cost - 1 if cost else float("nan")
            cells += ["%.0f ms" % (1000 * seconds), "none in time" if cost is None else "%+.3f %%" % (100 * excess),
                      "" if not bound else "%.3f %%" % (100 * (answer["cost"] / bound - 1))]
            if cost is not None and excess > ALLOWED:
                sys.exit(f"{name}: HiGHS is {100 * excess:.3f} % better")
            is_free = any(pool.get("spot") and pool["name"] in plan["rates"] for plan in problem["plans"] for pool in problem["pools"])
            if cost is not None and not is_free and answer["bound"] > cost * (1 + 1e-6) + 1:
                sys.exit(f"{name}: the bound {answer['bound']} is above HiGHS' {cost}")
        else:
            cells += ["not run", "", ""]
        row(*cells, bar or "")
        if gap > ALLOWED:
            sys.exit(f"{name}: a gap of {100 * gap:.3f} %")


def table(plimsoll, bench):
    row("account", "plimsoll", "gap", "HiGHS", "ours over HiGHS", "ours over its bound", "bar")
    row("---", "--:", "--:", "--:", "--:", "--:", "--:")
    rng = random.Random(SEED)
    compare("8 pools, 4 offers, 2 plans, 12 months of 168 hours",
            [("a", account(rng, 8, 4, 2, 12, 168, 10))], plimsoll, bench, "200 ms")
    compare("40 pools, 6 offers, 1 plan, 36 months of 168 hours",
            [("b", account(rng, 40, 6, 1, 36, 168, 20))], plimsoll, bench, "3 s", peer=False)
    drawn = []
    for index in range(8):
        pools = rng.randint(2, 30)
        drawn.append(("%d pools" % pools, account(rng, pools, 4, rng.randint(1, 3), rng.randint(1, 12), 24, rng.choice([3, 8, 20]),
                                                       spot_share=index % 2 * 0.3, spot_in_plans=False)))
    compare("random", drawn, plimsoll, bench, "0.5 %")
    compare("few units, a budget", [("%d" % index, few(rng)) for index in range(10)], plimsoll, bench, "0.5 %")
    compare("constructed", list(constructed()), plimsoll, bench, "0.5 %")


# ---------------------------------------------------------------- fixtures
def fixtures(folder):
    rng = random.Random("account-%d" % SEED)
    with open(os.path.join(folder, "mix-account.jsonl"), "w") as file:
        drawn = list(constructed())
        for index in range(5):
            budget = None if index % 2 == 0 else rng.randint(1, 4) * 10**9
            drawn.append(("drawn %d" % index, account(rng, rng.randint(2, 5), 4, rng.randint(0, 2), rng.randint(1, 3), 12, 4, budget)))
        for name, problem in drawn:
            cost, bound, _ = Model(problem).solve(1e-9, SECONDS)
            text = {"id": name, "kind": "account", "input": problem, "optimum": {"cost": round(cost, 3), "bound": round(bound, 3)}}
            file.write(json.dumps(text, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["time"] and len(sys.argv) == 4:
        table(*sys.argv[2:])
    elif sys.argv[1:2] == ["gen"] and len(sys.argv) == 3:
        fixtures(sys.argv[2])
    else:
        sys.exit(__doc__)
