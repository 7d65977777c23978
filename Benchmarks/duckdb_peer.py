#!/usr/bin/env python3
"""DuckDB beside plimsoll: what `import.sh` times. Microseconds go to standard output, Python's start not counted.

  duckdb_peer.py import SAMPLES.csv DATABASE      a table of the file, the database closed and so on disk
  duckdb_peer.py query DATABASE                   p50, p95, p99 and maximum of every series
  duckdb_peer.py compare DATABASE SERIES.csv      the same against `plimsoll series --format csv`, exactly
"""
import csv
import decimal
import os
import sys
import time

import duckdb

THREADS = 2
QUERY = """
  SELECT resource, metric, quantile_disc(value, [0.5, 0.95, 0.99]) AS percentiles, max(value) AS maximum
  FROM samples GROUP BY resource, metric
"""
OURS = {"cpu_utilization": "cpu_percent", "memory_utilization": "memory_percent"}


def microseconds(work):
    start = time.perf_counter()
    result = work()
    print(round((time.perf_counter() - start) * 1e6))
    return result


def load(samples, path):
    for file in (path, path + ".wal"):
        if os.path.exists(file):
            os.remove(file)
    database = duckdb.connect(path, config={"threads": THREADS})
    database.execute("CREATE TABLE samples AS SELECT * FROM read_csv(?)", [samples])
    database.close()


def query(path):
    database = duckdb.connect(path, read_only=True, config={"threads": THREADS})
    return microseconds(lambda: database.execute(QUERY).fetchall())


def compare(path, series):
    """The values of DuckDB are doubles; the shortest text of one is the decimal that was in the file."""
    database = duckdb.connect(path, read_only=True)
    theirs = {
        (resource, OURS.get(metric, metric)): [decimal.Decimal(str(value)) for value in percentiles + [maximum]]
        for resource, metric, percentiles, maximum in database.execute(QUERY).fetchall()
    }
    with open(series, newline="") as file:
        ours = {
            (row["resource"], row["metric"]): [decimal.Decimal(row[name]) for name in ("p50", "p95", "p99", "max")]
            for row in csv.DictReader(file)
        }
    wrong = [key for key in theirs.keys() | ours.keys() if theirs.get(key) != ours.get(key)]
    for key in sorted(wrong)[:5]:
        print(f"{key}: plimsoll {ours.get(key)}, DuckDB {theirs.get(key)}", file=sys.stderr)
    if wrong or not ours:
        sys.exit(f"{len(wrong)} of {len(theirs)} series differ")
    print(len(ours))


if __name__ == "__main__":
    command, arguments = sys.argv[1], sys.argv[2:]
    if command == "import":
        microseconds(lambda: load(*arguments))
    elif command == "query":
        query(*arguments)
    elif command == "compare":
        compare(*arguments)
    else:
        sys.exit(__doc__)
