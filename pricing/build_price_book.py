#!/usr/bin/env python3
"""Build the dated price book, pricing/aws/*.csv, from a folder of collected facts.

    python3 pricing/build_price_book.py [FACTS]        (default: ../shared/facts beside the repository)

Figures and their provenance are carried over; nothing is estimated. A row that follows from a figure rather than
stating one is marked `derived`, and the file's notes give the rule. The same facts give the same bytes. Every file is
built and checked before the first is written; a fact that cannot be placed stops the run with its file and line.
One function per file written; README.md beside this script describes the format.
"""

import csv
import io
import pathlib
import sys
from decimal import Decimal, InvalidOperation

RETRIEVED = "2026-11-23"
REGIONS = ("ap-southeast-1", "eu-west-1", "us-east-1", "us-west-2")
SPECIFICATIONS_DATE, NODES_DATE, TOKENS_DATE = "2026-07-20", "2025-04-24", "2026-08-05"
HOURS_IN_THREE_YEARS = 26280
OBSERVED = "effective_from is the date the source carried the figure, not the day AWS introduced it"
RECURRING = "usd_per_hour is the recurring part; the upfront is paid besides"
SPLIT = "a source row for Redis/Memcached is one row for redis and one for memcached, at the same price"
UNSTATED = "an empty cell is unknown, never zero"

# The facts' service -> the book's; the facts' item -> the book's item, unit and tier_from. Ordered as the facts are.
SERVICES = {
    "AWSDataTransfer": ("ec2-data-transfer", {
        "Intra-region data transfer": ("intra-region-gb", "gb", 0),
        "Outbound data transfer to Internet (first 10TB)": ("internet-out-gb", "gb", 0),
        "Outbound data transfer to Internet (next 40TB)": ("internet-out-gb", "gb", 10240),
        "Outbound data transfer to Internet (next 100TB)": ("internet-out-gb", "gb", 51200),
        "Outbound data transfer to Internet (over 150TB)": ("internet-out-gb", "gb", 153600),
        "Outbound data transfer to US East regions": ("inter-region-us-east-gb", "gb", 0),
        "Outbound data transfer to other regions": ("inter-region-gb", "gb", 0),
    }),
    "AWSELB": ("elb", {
        "ALB hour": ("alb-hour", "hour", 0),
        "ALB LCU-hour": ("alb-lcu-hour", "lcu-hour", 0),
        "NLB hour": ("nlb-hour", "hour", 0),
        "NLB LCU-hour": ("nlb-lcu-hour", "lcu-hour", 0),
    }),
    "AWSLambda": ("lambda", {
        "Compute x86 tier 1": ("x86-gb-second", "gb-second", 0),
        "Requests": ("1m-requests", "1m-requests", 0),
    }),
    "AmazonApiGateway": ("api-gateway", {"REST requests first 333M": ("rest-1m-requests", "1m-requests", 0)}),
    "AmazonCloudFront": ("cloudfront", {
        "Data transfer out first 10 TB (US/EU edge)": ("internet-out-us-eu-gb", "gb", 0),
    }),
    "AmazonCloudWatch": ("cloudwatch", {
        "Alarm (standard)": ("standard-alarm-month", "alarm-month", 0),
        "Log ingestion": ("log-ingestion-gb", "gb", 0),
    }),
    "AmazonDocDB": ("documentdb", {
        "Backup storage": ("backup-storage-gb-month", "gb-month", 0),
        "CPU credits T3": ("t3-cpu-credit-vcpu-hour", "vcpu-hour", 0),
        "I/O requests": ("io-1m-requests", "1m-requests", 0),
        "Storage": ("storage-gb-month", "gb-month", 0),
        "db.r5.4xlarge instance hour": ("db.r5.4xlarge-hour", "hour", 0),
        "db.t3.medium instance hour": ("db.t3.medium-hour", "hour", 0),
    }),
    "AmazonDynamoDB": ("dynamodb", {
        "Read request units": ("read-1m-units", "1m-units", 0),
        "Write request units": ("write-1m-units", "1m-units", 0),
    }),
    "AmazonEBS": ("ebs", {
        "Provisioned EBS I O Requests standard Volumes per IOs": ("standard-io", "io", 0),
        "Provisioned EBS IOPS gp3 Volumes per IOPS Mo": ("gp3-iops-month", "iops-month", 0),
        "Provisioned EBS IOPS io1 Volumes per IOPS Mo": ("io1-iops-month", "iops-month", 0),
        "Provisioned EBS IOPS io2 Volumes per IOPS Mo": ("io2-iops-month", "iops-month", 0),
        "Provisioned EBS IOPS Tier 2 io2 Volumes per IOPS Mo": ("io2-iops-month", "iops-month", 32000),
        "Provisioned EBS IOPS Tier 3 io2 Volumes per IOPS Mo": ("io2-iops-month", "iops-month", 64000),
        "Provisioned Throughput gp3 per GiBps mo": ("gp3-throughput-gibps-month", "gibps-month", 0),
        "Storage Cold HDD sc1 GB Mo": ("sc1-gb-month", "gb-month", 0),
        "Storage General Purpose gp2 GB Mo": ("gp2-gb-month", "gb-month", 0),
        "Storage General Purpose gp3 GB Mo": ("gp3-gb-month", "gb-month", 0),
        "Storage Magnetic standard GB Mo": ("standard-gb-month", "gb-month", 0),
        "Storage Provisioned IOPS io1 GB Mo": ("io1-gb-month", "gb-month", 0),
        "Storage Provisioned IOPS io2 GB month": ("io2-gb-month", "gb-month", 0),
        "Storage Snapshot Amazon S3 GB Mo": ("snapshot-gb-month", "gb-month", 0),
        "Storage Throughput Optimized HDD st1 GB Mo": ("st1-gb-month", "gb-month", 0),
    }),
    "AmazonECR": ("ecr", {"Storage": ("storage-gb-month", "gb-month", 0)}),
    "AmazonEKS": ("eks", {"Cluster hour": ("cluster-hour", "hour", 0)}),
    "AmazonRDS": ("rds", {"gp3 storage Single-AZ PostgreSQL": ("postgresql-single-az-gp3-gb-month", "gb-month", 0)}),
    "AmazonS3": ("s3", {
        "GET": ("get-1k-requests", "1k-requests", 0),
        "PUT/COPY/POST/LIST": ("put-copy-post-list-1k-requests", "1k-requests", 0),
        "Standard storage first 50 TB": ("standard-gb-month", "gb-month", 0),
    }),
    "AmazonSQS": ("sqs", {"Standard requests": ("standard-1m-requests", "1m-requests", 0)}),
    "AmazonVPC": ("vpc", {
        "NAT gateway data processed": ("nat-gateway-gb", "gb", 0),
        "NAT gateway hour": ("nat-gateway-hour", "hour", 0),
        "Public IPv4 / EIP hour": ("public-ipv4-hour", "hour", 0),
    }),
    "Fargate": ("fargate", {
        "GB-hour": ("gb-hour", "gb-hour", 0),
        "vCPU-hour": ("vcpu-hour", "vcpu-hour", 0),
    }),
}
# The unit column of the facts -> the units an entry above may carry; the unit of an EBS row stands in its name.
UNITS = {"GB": {"gb"}, "LCU-hour": {"lcu-hour"}, "GB-second": {"gb-second"}, "1M requests": {"1m-requests"},
         "1M units": {"1m-units"}, "1K requests": {"1k-requests"}, "GB-month": {"gb-month"}, "GB-hour": {"gb-hour"},
         "vCPU-hour": {"vcpu-hour"}, "alarm-month": {"alarm-month"}, "hour": {"hour"},
         "see name": {"io", "iops-month", "gibps-month", "gb-month"}}
ARCHITECTURES = {"x86_64": "x86_64", "i386|x86_64": "x86_64", "x86_64_mac": "x86_64",
                 "arm64": "arm64", "arm64_mac": "arm64"}
YEARS = {"1": "1", "3": "3"}
CLASSES = {"standard": "standard", "convertible": "convertible"}
PAYMENTS = {"No Upfront": "no-upfront", "Partial Upfront": "partial-upfront", "All Upfront": "all-upfront"}
ENGINES = {"Redis": ("redis",), "Memcached": ("memcached",), "Valkey": ("valkey",),
           "Redis/Memcached": ("memcached", "redis")}
PLATFORMS = {"Linux": "linux", "Windows": "windows"}
PLANS = {"Compute": "compute", "EC2 Instance": "ec2-instance"}
YES_NO = {"True": "yes", "Yes": "yes", "False": "no", "No": "no"}
INTERRUPTIONS = {label: label for label in ("<5%", "5-10%", "10-15%", "15-20%", ">20%")}
# What AWS's calculator printed, beyond the facts: it makes the savings plan rates of the same source comparable.
CALCULATOR = dict(at="CALCULATOR", region="ap-northeast-1", type="c5.xlarge", engine="windows",
                  effective_from="2025-10-17", quality="published",
                  source="jtdelia/ec2-priceit@866c46121371:examples/aws-calculator-output.md (commit date)")
CALCULATOR_ON_DEMAND = "0.398"
CALCULATOR_RESERVED = [("1", "no-upfront", "0", "0.319"), ("1", "partial-upfront", "1368", "0.156"),
                       ("1", "all-upfront", "2714", "0"), ("3", "no-upfront", "0", "0.276"),
                       ("3", "partial-upfront", "3543", "0.135"), ("3", "all-upfront", "6950", "0")]


class FactError(Exception):
    """A fact that cannot be carried over: the place, what was found, what was expected."""


def read(facts, name):
    """The rows of one facts file, each with `at`, its file and line."""
    with open(facts / name, encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return [dict(row, at=f"{name}:{reader.line_num}") for row in reader]


def known(row, column, table):
    """The book's word for a fact's word; an unknown word is an error."""
    if row[column] not in table:
        raise FactError(f"{row['at']}: {column} \"{row[column]}\" is not one of {', '.join(table)}")
    return table[row[column]]


def plain(row, column, scale=1, places=9):
    """A figure as a plain decimal: no exponent, no trailing zeros; empty stays empty."""
    if row[column] == "":
        return ""
    try:
        value = Decimal(row[column]) * scale
    except InvalidOperation:
        raise FactError(f"{row['at']}: {column} \"{row[column]}\" is not a number") from None
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    if value < 0 or len(text.partition(".")[2]) > places:
        raise FactError(f"{row['at']}: {column} {text} is negative or has more than {places} decimals")
    return text


def linux_shared(rows):
    """The rows as they are; the book holds Linux on shared tenancy, so any other row is an error."""
    for row in rows:
        known(row, "os", {"Linux": 1})
        known(row, "tenancy", {"Shared": 1})
    return rows


def on_demand(row, type_column, engine):
    return dict(at=row["at"], region=row["region"], type=row[type_column], engine=engine,
                usd_per_hour=plain(row, "price_usd_per_hour"), effective_from=row["effective_date"],
                quality="published", source=row["source"])


def ec2_on_demand(facts):
    rows = [on_demand(row, "instance_type", "linux")
            for row in linux_shared(read(facts, "ec2_ondemand.csv")) if row["region"] in REGIONS]
    rows += [on_demand(dict(row, price_usd_per_hour=row["ondemand_usd_per_hour"]), "instance_type", "linux")
             for row in linux_shared(read(facts, "ec2_reserved.csv"))
             if row["region"] == "us-east-1" and row["effective_date"] == "2025-04-05" and row["term_years"] == "1"
             and row["offering_class"] == "standard" and row["ondemand_usd_per_hour"]]
    rows.append(dict({k: v for k, v in CALCULATOR.items() if k in ("at", "region", "type", "engine")},
                     usd_per_hour=CALCULATOR_ON_DEMAND,
                     **{k: CALCULATOR[k] for k in ("effective_from", "quality", "source")}))
    return "on-demand 1", ["usd_per_hour"], rows, [
        "shared tenancy; Linux, but for one type on Windows that AWS's calculator was asked for", OBSERVED,
        "us-east-1 of 2025-04-05: the on-demand price that the reserved price file of that day names beside its offers",
        "us-east-1: types dated 2025-04-04 are not in the 2026-07-20 source and may have been withdrawn since"]


def elasticache_on_demand(facts):
    rows = [on_demand(row, "node_type", engine)
            for row in read(facts, "elasticache_ondemand.csv") if row["region"] in REGIONS
            for engine in known(row, "engine", ENGINES)]
    return "on-demand 1", ["usd_per_hour"], rows, [OBSERVED, SPLIT]


def reserved(row, type_column, engine, offering_class, quality):
    return dict(at=row["at"], region=row["region"], type=row[type_column], engine=engine,
                **{"class": offering_class}, years=known(row, "term_years", YEARS),
                payment=known(row, "payment_option", PAYMENTS), upfront_usd=plain(row, "upfront_usd"),
                usd_per_hour=plain(row, "hourly_usd"), effective_from=row["effective_date"], quality=quality,
                source=row["source"])


def ec2_reserved(facts):
    rows = [reserved(row, "instance_type", "linux", known(row, "offering_class", CLASSES), upfront_quality(row))
            for row in linux_shared(read(facts, "ec2_reserved.csv")) if row["region"] in REGIONS]
    rows += [dict(at=CALCULATOR["at"], region=CALCULATOR["region"], type=CALCULATOR["type"],
                  engine=CALCULATOR["engine"], **{"class": "standard"}, years=years, payment=payment,
                  upfront_usd=upfront, usd_per_hour=hourly, effective_from=CALCULATOR["effective_from"],
                  quality=CALCULATOR["quality"], source=CALCULATOR["source"])
             for years, payment, upfront, hourly in CALCULATOR_RESERVED]
    return "reserved 1", ["upfront_usd", "usd_per_hour"], rows, [
        "shared tenancy; Linux, but for one type on Windows that AWS's calculator was asked for", RECURRING, OBSERVED,
        "rows dated 2017-10-31 and 2020-04-01 carry the term's own effectiveDate from the AWS Price List of 2020",
        f"derived: upfront_usd = published effective hourly rate x {HOURS_IN_THREE_YEARS} hours, rounded to the whole "
        "dollar it lies within 0.02 of; usd_per_hour is 0 because all is paid upfront",
        "left out: us-east-2, which has no on-demand prices in the facts, and the t3.medium offers whose upfront is "
        "unknown",
        "us-east-1 p4d, p4de and p5 rates of 2025-04-05 are older than the 2026-07-20 on-demand cut; some exceed it"]


def upfront_quality(row):
    """`derived` where the source holds only an effective rate from which the upfront was computed."""
    if "only effective hourly" not in row["date_kind"]:
        return "published"
    computed = Decimal(row["effective_hourly_usd"]) * HOURS_IN_THREE_YEARS
    if row["term_years"] != "3" or abs(computed - Decimal(row["upfront_usd"])) >= Decimal("0.02"):
        raise FactError(f"{row['at']}: upfront {row['upfront_usd']}, expected {computed} (effective x 26280)")
    return "derived"


def elasticache_reserved(facts):
    facts_rows = [r for r in read(facts, "elasticache_reserved.csv") if r["region"] in REGIONS]
    kept = [with_hourly(r) for r in facts_rows if r["upfront_usd"] or r["payment_option"] == "No Upfront"]
    rows = [reserved(row, "node_type", engine, "standard", "published")
            for row in kept for engine in known(row, "engine", ENGINES)]
    return "reserved 1", ["upfront_usd", "usd_per_hour"], rows, [
        RECURRING, OBSERVED, SPLIT, "ElastiCache has no offering classes; class is standard throughout",
        "rows of 2025-04-24: no upfront, so the effective rate the source states is the hourly rate",
        f"left out: {len(facts_rows) - len(kept)} partial and all upfront offers of 2025-04-24 whose source states an "
        "effective rate but no upfront"]


def with_hourly(row):
    """A no-upfront offer stated by its effective rate, with that rate as its hourly one; others as they are."""
    return row if row["upfront_usd"] else dict(row, upfront_usd="0", hourly_usd=row["effective_hourly_usd"])


def ec2_spot_advisor(facts):
    rows = [dict(at=r["at"], region=r["region"], type=r["instance_type"],
                 savings_percent=plain(r, "savings_pct_vs_ondemand"),
                 interruption=known(r, "interruption_label", INTERRUPTIONS),
                 effective_from=r["snapshot_date"], quality="published", source=r["source"])
            for r in read(facts, "spot_advisor.csv")
            if r["region"] in REGIONS and known(r, "os", {"Linux": 1})]
    return "spot-estimate 1", ["savings_percent", "interruption"], rows, [
        "Linux; savings_percent is the average saving against on-demand over the month before, interruption the share "
        "of instances reclaimed in it; an estimate, not a price",
        "a saving of 0 is what the source states, and is kept"]


def savings_plans(facts):
    kept = [r for r in read(facts, "ec2_savings_plans.csv")
            if r["quality"].startswith("exact") and "Fargate" not in r["instance_type"]]
    rows = [dict(at=r["at"], region=r["region"], type=r["instance_type"], engine=known(r, "os", PLATFORMS),
                 plan=known(r, "plan_type", PLANS), years=known(r, "term_years", YEARS),
                 payment=known(r, "payment_option", PAYMENTS), usd_per_hour=plain(r, "rate_usd_per_hour"),
                 effective_from=r["effective_date"], quality="published", source=r["source"]) for r in kept]
    return "savings-plan 1", ["usd_per_hour"], rows, [
        "shared tenancy; usd_per_hour is what an hour draws from the commitment, upfront included",
        "rates of other types follow from reserved prices by two rules; plimsoll derives them and says so", OBSERVED,
        "left out: rates worked out from monthly figures that were rounded to cents (undated), and Fargate, which has "
        "no instance type"]


def spot_prices(facts):
    """Only changes: an hour at the price of the hour before it says nothing new."""
    last, rows, hours = {}, [], 0
    for r in sorted(read(facts, "spot_hourly_2024-01-01_to_15.csv"), key=lambda r: r["time_utc"]):
        pool, price = (r["region"], r["az_id"], r["instance_type"]), plain(r, "spot_usd_per_hour")
        hours += 1
        if last.get(pool) != price:
            rows.append(dict(at=r["at"], region=pool[0], zone=pool[1], type=pool[2], engine="linux",
                             usd_per_hour=price, effective_from=r["time_utc"].replace(" ", "T") + "Z",
                             quality="published",
                             source="facts/spot_hourly_2024-01-01_to_15.csv (the facts name no repository for it)"))
        last[pool] = price
    return "spot-price 1", ["usd_per_hour"], rows, [
        f"Linux; {hours} hourly prices of 2024-01-01 to 2024-01-15, of which only changes are kept: a price holds until "
        "the next of its zone, the last ones until 2024-01-16",
        "zone is the availability zone's id, which is the same for every account"]


def performance(facts):
    rows = [dict(at=r["at"], type=r["instance_type"], coremark_per_second=plain(r, "coremark_iter_per_s"),
                 threads=plain(r, "threads"), noise_percent="10", effective_from=r["run_date"], quality="published",
                 source=r["source"]) for r in read(facts, "coremark_by_instance.csv") if r["coremark_iter_per_s"]]
    return "performance 1", ["coremark_per_second", "threads", "noise_percent"], rows, [
        "CoreMark of all threads together, one run of each type; noise_percent is the facts' word for it, about +-10 %",
        "burstable types ran on full credits", "effective_from is the day of the run"]


def specification(row, **cells):
    """One specification row; what is not given is unknown."""
    columns = ("type", "vcpu", "memory_gib", "architecture", "current_generation", "network_baseline_mbps",
               "network_peak_mbps", "ebs_baseline_mbps", "ebs_baseline_iops", "ebs_peak_mbps", "ebs_peak_iops",
               "burst_baseline_percent", "burst_credits_per_hour", "burst_max_credits",
               "burst_surplus_usd_per_vcpu_hour", "burst_mode", "effective_from", "quality", "source")
    given = dict(cells, vcpu=plain(row, "vcpu"), memory_gib=plain(row, "memory_gib", places=10),
                 current_generation=known(row, "current_generation", YES_NO), at=row["at"])
    return {column: given.get(column, "") for column in ("at",) + columns}


def network(row):
    """Baseline and peak in Mbit/s, and whether they were derived because the source counts one card of several."""
    whole, card_peak = row["network_baseline_gbps_karpenter"], Decimal(row["network_peak_gbps"])
    if whole and Decimal(whole) > card_peak * Decimal("1.001"):
        mbps = plain(row, "network_baseline_gbps_karpenter", 1000)
        return dict(network_baseline_mbps=mbps, network_peak_mbps=mbps, quality="derived")
    return dict(network_baseline_mbps=plain(row, "network_baseline_gbps", 1000),
                network_peak_mbps=plain(row, "network_peak_gbps", 1000), quality="published")


def burst(row, spec):
    """The credit columns of a burstable type; a row that contradicts the specification is an error."""
    if row["vcpu"] != spec["vcpu"] or spec["burstable"] != "True":
        raise FactError(f"{row['at']}: {row['vcpu']} vCPU, expected a burstable type of {spec['vcpu']} ({spec['at']})")
    borrowed = {"quality": "derived"} if "is taken as" in row["surplus_source"] else {}
    return dict(borrowed, burst_baseline_percent=plain(row, "baseline_pct_per_vcpu"),
                burst_credits_per_hour=plain(row, "credits_earned_per_hour"),
                burst_max_credits=plain(row, "max_accrued_credits"),
                burst_surplus_usd_per_vcpu_hour=plain(row, "surplus_usd_per_vcpu_hour_linux"),
                burst_mode=known(row, "default_credit_mode", {"standard": "standard", "unlimited": "unlimited"}))


def ec2_specifications(facts):
    base = "facts/ec2_instance_specs.csv (the facts name no repository for it)"
    credits = {r["instance_type"]: r for r in read(facts, "ec2_burstable_credits.csv")}
    rows = []
    for r in read(facts, "ec2_instance_specs.csv"):
        extra = credits.pop(r["instance_type"], None)
        source = base if extra is None else f"{base} | {extra['source']} | {extra['surplus_source']}"
        rows.append(specification(
            r, **{"type": r["instance_type"], "architecture": known(r, "architectures", ARCHITECTURES), **network(r),
                  "ebs_baseline_mbps": plain(r, "ebs_baseline_mbps"), "source": source,
                  "ebs_baseline_iops": plain(r, "ebs_baseline_iops"), "ebs_peak_mbps": plain(r, "ebs_max_mbps"),
                  "ebs_peak_iops": plain(r, "ebs_max_iops"), "effective_from": SPECIFICATIONS_DATE,
                  **(burst(extra, r) if extra else {})}))
    if credits:
        raise FactError(f"ec2_burstable_credits.csv: {', '.join(credits)} not in ec2_instance_specs.csv")
    values = [c for c in rows[0] if c not in ("at", "type", "effective_from", "quality", "source")]
    return "specification 2", values, rows, [
        UNSTATED + "; burst columns are empty for types that do not burst",
        "architecture: a type that offers i386 and x86_64 is written x86_64; the Mac types (macOS on dedicated hosts, "
        "without a price here) are written x86_64 or arm64",
        "derived: where the source's network figures count one card of several, both network cells are the whole "
        "instance's baseline from karpenter's bandwidth table (column network_baseline_gbps_karpenter of the facts)",
        "derived: the surplus price of t3a is that of t3, since the source does not name t3a",
        "burst_baseline_percent is per vCPU; burst columns are of 2023-06, the surplus price is Linux's"]


def elasticache_specifications(facts):
    rows = [specification(r, type=r["node_type"], effective_from=NODES_DATE, quality="published", source=r["source"])
            for r in read(facts, "elasticache_node_specs.csv")]
    values = [c for c in rows[0] if c not in ("at", "type", "effective_from", "quality", "source")]
    return "specification 2", values, rows, [
        UNSTATED + "; the source states no architecture, EBS or burst figures, and network only in words, left out"]


def services(facts):
    rows = [service(r) for r in read(facts, "other_aws_services.csv") if r["region"] in REGIONS or not r["region"]]
    return "service 1", ["usd_per_unit"], rows, [
        "per account and month: internet-out-gb tiers are the first 10 TB, next 40 TB, next 100 TB and over 150 TB; "
        "AWS bills 1 TB as 1024 GB, so tier_from is 10240, 51200 and 153600 GB",
        "us-east-1 internet-out-gb beyond 153600 GB has no price in the facts",
        "per volume: io2-iops-month tiers start at 32000 and 64000 IOPS; the facts name the tiers, the thresholds are "
        "those of AWS's EBS pricing page",
        "first tier only: lambda x86-gb-second, api-gateway rest-1m-requests (first 333 million), cloudfront "
        "internet-out-us-eu-gb (first 10 TB), s3 standard-gb-month (first 50 TB)",
        "lambda x86-gb-second is rounded to four significant digits by its source",
        "derived: the monthly cost that the golden file prints / 730 hours, or / the quantity it prints, rounded to "
        "the price's own decimals; the source names which", OBSERVED,
        f"left out: other regions than {', '.join(REGIONS)}; the facts hold no row without a region"]


def service(row):
    """One service row; an item that the table does not name, or a unit that contradicts it, is an error."""
    name, items = known(row, "service", SERVICES)
    item, unit, tier = known(row, "item", items)
    if unit not in known(row, "unit", UNITS):
        raise FactError(f"{row['at']}: unit \"{row['unit']}\", but SERVICES says {unit}")
    return dict(at=row["at"], region=row["region"], service=name, item=item, unit=unit, tier_from=str(tier),
                usd_per_unit=plain(row, "price_usd"), effective_from=row["effective_date"],
                quality="derived" if row["source"].endswith(("(cost/quantity)", "/730)")) else "published",
                source=row["source"])


def llm_tokens(facts):
    rows = [dict(at=r["at"], vendor=r["vendor"], model=r["model_id"],
                 input_usd_per_mtok=plain(r, "input_usd_per_mtok"), output_usd_per_mtok=plain(r, "output_usd_per_mtok"),
                 cached_input_usd_per_mtok=plain(r, "cached_input_usd_per_mtok"),
                 effective_from=r["from_date"] or TOKENS_DATE, effective_until=r["to_date"], quality="published",
                 source=r["source"])
            for r in read(facts, "llm_token_prices_current.csv")]
    return "tokens 1", ["input_usd_per_mtok", "output_usd_per_mtok", "cached_input_usd_per_mtok"], rows, [
        f"where the source gives no start date, effective_from is that of the snapshot, {TOKENS_DATE}",
        "an empty effective_until means that the source gives no end: retired models are among these rows",
        "an empty cached price is unknown, never zero; a -128k, -200k or -272k model is the price beyond that context",
        "left out: a second row for xai grok-4-fast (a name for contexts up to 128k) at the same prices"]


# In the order of README.md.
FILES = {"ec2-on-demand": ec2_on_demand, "elasticache-on-demand": elasticache_on_demand,
         "ec2-reserved": ec2_reserved, "elasticache-reserved": elasticache_reserved,
         "ec2-savings-plans": savings_plans, "ec2-spot-advisor": ec2_spot_advisor, "ec2-spot-prices": spot_prices,
         "ec2-performance": performance, "ec2-specifications": ec2_specifications,
         "elasticache-specifications": elasticache_specifications, "services": services, "llm-tokens": llm_tokens}


def unique(rows, values):
    """One row a key, sorted by key; the same key stated twice must carry the same values, and is kept once."""
    kept = {}
    for row in sorted(rows, key=lambda row: row["source"]):
        key = tuple(sortable(v) for k, v in row.items() if k not in ("at", "quality", "source", *values))
        first = kept.setdefault(key, row)
        if any(first[v] != row[v] for v in values):
            described = ", ".join(f"{v} {first[v]} and {row[v]}" for v in values if first[v] != row[v])
            raise FactError(f"{first['at']} and {row['at']}: one key, two prices: {described}")
    return [kept[key] for key in sorted(kept)]


def sortable(text):
    """Numbers by value and before words."""
    return (0, int(text), "") if text.isdigit() else (1, 0, text)


def letters(index):
    """0 -> A, 25 -> Z, 26 -> AA, as spreadsheets name their columns."""
    return (letters(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)


def render(kind, values, rows, notes):
    """The text of one file: the provenance header, the column names, the rows."""
    rows = unique(rows, values)
    keys = {source: letters(i) for i, source in enumerate(sorted({row["source"] for row in rows}))}
    text = io.StringIO()
    header = [("plimsoll-prices", kind), ("provider", "aws"), ("currency", "USD"), ("retrieved", RETRIEVED)]
    header += [(f"source {key}", source) for source, key in keys.items()] + [("note", note) for note in notes]
    text.writelines(f"# {key}: {value}\n" for key, value in header)
    columns = [column for column in rows[0] if column != "at"]
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([keys[row[c]] if c == "source" else row[c] for c in columns] for row in rows)
    return text.getvalue(), len(rows)


def main():
    root = pathlib.Path(__file__).resolve().parent
    facts = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else root.parent.parent / "shared" / "facts"
    try:
        book = {name: render(*build(facts)) for name, build in FILES.items()}
    except (FactError, OSError) as error:
        sys.exit(f"build_price_book: {error}")
    (root / "aws").mkdir(exist_ok=True)
    for name, (text, count) in book.items():
        (root / "aws" / f"{name}.csv").write_text(text, encoding="utf-8", newline="\n")
        print(f"{name}.csv: {count} rows, {len(text.encode())} bytes")


if __name__ == "__main__":
    main()
