#!/usr/bin/env python3
"""Our capacities beside the rules of rightsize_bench.py: what `size.sh` prints.

  size_peer.py ORACLES BENCH_SIZE FOLDER TITLE [must-win]     with must-win it fails where we are not 10 % below the best peer
"""
import os
import re
import subprocess
import sys
import tempfile

RISKS = ("bold", "expected", "cautious")
LINE = re.compile(r"(.{36}) cont cap .*? J +([\d.]+) \| ladder cap +([\d.]+) .*? viol +([\d.]+) min/30d .* J +([\d.]+) \|")


def oracle(arguments):
    """The rows of a run: name, capacity, violations, J of the ladder, J of the continuous capacity; and the hindsight."""
    text = subprocess.run([sys.executable, "-B", *arguments], check=True, capture_output=True, text=True).stdout
    rows = [(m[1].strip(), float(m[3]), float(m[4]), float(m[5]), float(m[2])) for m in map(LINE.match, text.splitlines()) if m]
    return rows, float(re.search(r"J_ladder ([\d.]+)", text)[1])


def measure(program, bench, folder, mode):
    peers, hindsight = oracle([program, "run", "--data", folder, "--mode", mode])
    ours = []
    for risk in RISKS:
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as recs:
            recs.write(subprocess.run([bench, "recommend", folder, mode, risk], check=True, capture_output=True, text=True).stdout)
            recs.flush()
            (row,), _ = oracle([program, "score", "--data", folder, "--mode", mode, "--recs", recs.name])
        ours.append((f"plimsoll {risk}", *row[1:]))
    return peers, ours, hindsight


def main():
    oracles, bench, folder, title = sys.argv[1:5]
    program, failed = os.path.join(oracles, "rightsize_bench.py"), False
    print(f"\n{title}\n")
    for mode in ("rolling", "oneshot"):
        peers, ours, hindsight = measure(program, bench, folder, mode)
        print(f"| {mode:36} | capacity | violations, min/30 d |      J | J, continuous |\n| {'---':36} |      --: |                  --: |    --: |           --: |")
        for name, cap, viol, loss, continuous in sorted(peers + ours, key=lambda row: row[3]):
            print(f"| {name:36} | {cap:8.2f} | {viol:19.1f}  | {loss:6.2f} | {continuous:13.2f} |")
        print(f"| {'one constant size, in hindsight':36} |          |                      | {hindsight:6.2f} |               |")
        best, expected = min(peers, key=lambda row: row[3]), ours[RISKS.index("expected")]
        print(f"\nexpected is {100 * (1 - expected[3] / best[3]):.1f} % below the best peer ({best[0]}); bar 10 %")
        better = [(p[0], o[0]) for p in peers for o in ours if p[1] < o[1] and p[2] < o[2]]
        print("a peer with less capacity and fewer violations: " + ("; ".join(f"{p} than {o}" for p, o in better) or "none") + "\n", flush=True)
        failed |= expected[3] > 0.9 * best[3] or bool(better)
    sys.exit(failed and sys.argv[5:] == ["must-win"])


main()
