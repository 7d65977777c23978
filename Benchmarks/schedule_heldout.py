#!/usr/bin/env python3
"""Plays schedules on weeks that they were not learned on: plimsoll's, and three rules beside it.

Usage: schedule_heldout.py PLIMSOLL TRACE... (a CSV of minutes and requests) [--seeds N]

A trace, or a synthetic load of two months, becomes the CPU of a group that nothing scales, of 20 instances which the 99.9th percentile
of the load fills to 70 %. Each rule learns counts by the time of the week from what is before the last month, of a trace of one month before its last week, and
is played on that:

  mean       an hour needs what it needed on average (OptScale's rule for windows)
  quantile   a quarter of an hour needs the 95th percentile of its weeks
  plimsoll   what `plimsoll schedule --month` advises, none where it refuses
  hindsight  a quarter of an hour needs the most that it will need: the best counts by the time of the week

All count instances at 80 % CPU. Saved are instance-hours of those that ran; short are minutes in which CPU would pass 100 %.
Moments are moved by 28 years, after which the calendar repeats, so that weekdays stay. Synthetic loads are drawn with seeds 1 to N.
"""

import argparse
import csv
import datetime
import json
import math
import random
import subprocess
import tempfile
from pathlib import Path

STEP = 300
WEEK = 7 * 86_400
START = datetime.datetime(1970, 1, 5)  # a Monday
DAYS = {"SUN": 6, "MON": 0, "TUE": 1, "WED": 2, "THU": 3, "FRI": 4, "SAT": 5}


def read_trace(path):
    """The most requests a minute of each five minutes, by the moment, 28 years later."""
    slots = {}
    with open(path) as rows:
        for moment, requests in list(csv.reader(rows))[1:]:
            time = datetime.datetime.fromisoformat(moment)
            slot = time.replace(year=time.year + 28, minute=time.minute - time.minute % 5, second=0)
            slots[slot] = max(slots.get(slot, 0), float(requests))
    return slots


def synthetic(seed):
    """Two months of office hours, a night job every second Wednesday, and noise of 10 %."""
    random.seed(seed)
    slots, moment = {}, datetime.datetime(2026, 9, 1)
    while moment < datetime.datetime(2026, 11, 1):
        office = moment.weekday() < 5 and 8 <= moment.hour < 18
        job = moment.weekday() == 2 and moment.isocalendar()[1] % 2 == seed % 2 and moment.hour == 2
        level = (100 if office else 85 if job else 15) * (1 + 0.2 * math.sin(moment.hour))
        slots[moment] = level * random.uniform(0.9, 1.1)
        moment += datetime.timedelta(seconds=STEP)
    return slots


def week_slot(moment):
    return int((moment - START).total_seconds()) % WEEK // STEP


def learned(load, per_slots, rule):
    """A count for each slot of the week; times that were never measured keep the most."""
    weeks = {}
    for moment, value in load.items():
        weeks.setdefault(week_slot(moment) // per_slots, []).append(value)
    most = max(rule(values) for values in weeks.values())
    return [max(1, math.ceil(rule(weeks[slot // per_slots]) - 1e-9)) if slot // per_slots in weeks else math.ceil(most)
            for slot in range(WEEK // STEP)]


def quantile(values):
    return sorted(values)[min(len(values) - 1, math.ceil(len(values) * 0.95) - 1)]


def of_actions(actions, most):
    """What runs in each slot of the week under recurring actions; the most where there are none."""
    strikes = []
    for action in actions:
        minute, hour, _, _, days = action["recurrence"].split()
        for day in range(7):
            if not runs_on(days, day):
                continue
            for one in hour.split(","):
                strikes.append(((day * 86_400 + int(one) * 3600 + int(minute) * 60) // STEP, action["desired"]))
    if not strikes:
        return [most] * (WEEK // STEP)
    counts, strikes = [], sorted(strikes)
    current = strikes[-1][1]
    for slot in range(WEEK // STEP):
        for at, desired in strikes:
            if at == slot:
                current = desired
        counts.append(current)
    return counts


def runs_on(field, day):
    if field == "*":
        return True
    def number(word):
        return DAYS[word] if word in DAYS else (int(word) - 1) % 7
    for part in field.upper().split(","):
        ends = [number(word) for word in part.split("-")]
        span = (ends[-1] - ends[0]) % 7
        if (day - ends[0]) % 7 <= span:
            return True
    return False


def advised(plimsoll, load, instances, month):
    """The actions that plimsoll advises on a store of a group with this load."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first = min(load)
        names = [f"i-{index:017x}" for index in range(1, instances + 1)]
        (folder / "fleet.yaml").write_text(
            "name: held\nregion: us-east-1\ntimezone: UTC\nservices:\n"
            "  - { name: web, approach: group, minimum: 1, instance_types: [m5.large], scaling: { launch: 1min } }\n")
        (folder / "inventory.csv").write_text("service,resource,type,zone,lifecycle,started,stopped\n" + "".join(
            f"web,{one},m5.large,us-east-1a,on-demand,{first:%Y-%m-%dT%H:%M:%SZ},\n" for one in names))
        (folder / "prices.csv").write_text(
            "# plimsoll-prices: on-demand 1\n# provider: aws\n# currency: USD\n# retrieved: 2026-11-01\n"
            "# source A: made for this benchmark\nregion,type,engine,usd_per_hour,effective_from,quality,source\n"
            "us-east-1,m5.large,linux,0.096,2020-01-01,derived,A\n")
        specification = Path(__file__).resolve().parents[1] / "pricing/aws/ec2-specifications.csv"
        with open(folder / "samples.csv", "w") as samples:
            samples.write("timestamp,service,resource,cpu_percent,memory_percent\n")
            for moment, value in load.items():
                for one in names:
                    samples.write(f"{moment:%Y-%m-%dT%H:%M:%SZ},web,{one},{100 * value / instances:.2f},20\n")
        store = folder / "store.sqlite"
        for kind, files in [("fleet", ["fleet.yaml"]), ("inventory", ["inventory.csv"]), ("prices", ["prices.csv", specification]),
                            ("utilisation", ["samples.csv"])]:
            run(plimsoll, "import", "--store", store, kind, *[folder / file for file in files])
        text = run(plimsoll, "schedule", "--store", store, "--month", month, "--format", "json", "--allow-unpriced")
        return json.loads(text)["schedule"]["actions"]


def run(*command):
    ran = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if ran.returncode:
        raise SystemExit(f"{' '.join(map(str, command[:4]))}: {ran.returncode}\n{ran.stderr}")
    return ran.stdout


def play(name, load, plimsoll):
    """Learns on what is before the last month, or week, and plays on that."""
    instances = 20
    # A minute that is like no other is no measure of a fleet.
    peak = sorted(load.values())[len(load) * 999 // 1000]
    load = {moment: min(value, peak / 0.7) for moment, value in load.items()}
    last = max(load)
    start = last.replace(day=1, hour=0, minute=0)
    if (last - start).days < 7:
        # The last whole month, as plimsoll takes it.
        last = start - datetime.timedelta(seconds=STEP)
        load = {moment: value for moment, value in load.items() if moment < start}
        start = last.replace(day=1, hour=0, minute=0)
    if (start - min(load)).days < 28:
        start = last + datetime.timedelta(seconds=STEP) - datetime.timedelta(days=7)
    before = {moment: value for moment, value in load.items() if moment < start}
    after = {moment: value for moment, value in load.items() if moment >= start}
    unit = peak / (0.7 * instances)  # what an instance carries at 100 %
    def scaled(part, at):
        return {moment: value / unit / at for moment, value in part.items()}
    wanted, ahead = scaled(before, 0.8), scaled(after, 0.8)
    actions = advised(plimsoll, scaled(load, 1), instances, f"{last:%Y-%m}")
    rules = [
        ("mean", learned(wanted, 12, lambda values: sum(values) / len(values)), None),
        ("quantile", learned(wanted, 3, quantile), None), ("plimsoll", of_actions(actions, instances), len(actions)),
        ("hindsight", learned(ahead, 3, max), None),
    ]
    needed = scaled(after, 1)
    for rule, counts, entries in rules:
        ran = sum(min(instances, counts[week_slot(moment)]) for moment in after)
        short = sum(STEP // 60 for moment, need in needed.items() if need > counts[week_slot(moment)])
        saved = 100 * (1 - ran / (instances * len(after)))
        print(f"{name:<12} {rule:<10} {saved:5.1f} %  {short:>6,}  {entries if entries is not None else '':>4}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("plimsoll")
    parser.add_argument("traces", nargs="*")
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    print(f"{'load':<12} {'rule':<10} {'saved':>7}  {'short':>6}  {'actions':>4}")
    for trace in options.traces:
        play(Path(trace).stem[:12], read_trace(trace), options.plimsoll)
    for seed in range(1, options.seeds + 1):
        play(f"seed {seed}", synthetic(seed), options.plimsoll)


main()
