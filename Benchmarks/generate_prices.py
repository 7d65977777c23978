#!/usr/bin/env python3
"""Writes a synthetic price list of EC2 in the layout of AWS's offer file (CSV).

Nothing in it is a real price. What is real is the shape, from a published sample: 91 columns, all fields quoted, empty
ones bare, rows of a product together, products sorted by SKU. For each type and operation there are seven products:
shared, dedicated and host, and capacity reservations of the first two, used and unused. The two that run instances have
a row on demand and twenty of reservations (12 offers, 8 of them with an upfront fee); the others have one row.

The same seed gives the same bytes.
"""
import argparse
import random
import sys

HEADER = (
    "SKU,OfferTermCode,RateCode,TermType,PriceDescription,EffectiveDate,StartingRange,EndingRange,Unit,PricePerUnit,"
    "Currency,RelatedTo,LeaseContractLength,PurchaseOption,OfferingClass,Product Family,serviceCode,Location,"
    "Location Type,Instance Type,Current Generation,Instance Family,vCPU,Physical Processor,Clock Speed,Memory,Storage,"
    "Network Performance,Processor Architecture,Storage Media,Volume Type,Max Volume Size,Max IOPS/volume,"
    "Max IOPS Burst Performance,Max throughput/volume,Provisioned,Tenancy,EBS Optimized,Operating System,License Model,"
    "Group,Group Description,Transfer Type,From Location,From Location Type,To Location,To Location Type,usageType,"
    "operation,AvailabilityZone,CapacityStatus,ClassicNetworkingSupport,Dedicated EBS Throughput,ECU,"
    "Elastic Graphics Type,Enhanced Networking Supported,From Region Code,GPU,GPU Memory,Instance,"
    "Instance Capacity - 10xlarge,Instance Capacity - 12xlarge,Instance Capacity - 16xlarge,"
    "Instance Capacity - 18xlarge,Instance Capacity - 24xlarge,Instance Capacity - 2xlarge,"
    "Instance Capacity - 32xlarge,Instance Capacity - 4xlarge,Instance Capacity - 8xlarge,Instance Capacity - 9xlarge,"
    "Instance Capacity - large,Instance Capacity - medium,Instance Capacity - metal,Instance Capacity - xlarge,"
    "instanceSKU,Intel AVX2 Available,Intel AVX Available,Intel Turbo Available,MarketOption,"
    "Normalization Size Factor,Physical Cores,Pre Installed S/W,Processor Features,Product Type,Region Code,"
    "Resource Type,serviceName,SnapshotArchiveFeeType,To Region Code,Volume API Name,VPCNetworkingSupport"
).split(",")
# Code behind "RunInstances", operating system, licence, software.
OPERATIONS = [
    ("", "Linux", "No License required", "NA"), (":00g0", "RHEL", "Bring your own license", "NA"),
    (":0010", "RHEL", "No License required", "NA"), (":1010", "Red Hat Enterprise Linux with HA", "No License required", "NA"),
    (":1014", "Red Hat Enterprise Linux with HA", "No License required", "SQL Std"),
    (":1110", "Red Hat Enterprise Linux with HA", "No License required", "SQL Ent"),
    (":0014", "RHEL", "No License required", "SQL Std"), (":0210", "RHEL", "No License required", "SQL Web"),
    (":0110", "RHEL", "No License required", "SQL Ent"), (":0100", "Linux", "No License required", "SQL Ent"),
    (":0004", "Linux", "No License required", "SQL Std"), (":0200", "Linux", "No License required", "SQL Web"),
    (":000g", "SUSE", "No License required", "NA"), (":0g00", "Ubuntu Pro", "No License required", "NA"),
    (":0002", "Windows", "No License required", "NA"), (":0800", "Windows", "Bring your own license", "NA"),
    (":0102", "Windows", "No License required", "SQL Ent"), (":0006", "Windows", "No License required", "SQL Std"),
    (":0202", "Windows", "No License required", "SQL Web"),
]
# Tenancy, usage, capacity status.
VARIANTS = [
    ("Shared", "BoxUsage", "Used"), ("Shared", "UnusedBox", "UnusedCapacityReservation"),
    ("Shared", "Reservation", "AllocatedCapacityReservation"), ("Dedicated", "DedicatedUsage", "Used"),
    ("Dedicated", "UnusedDed", "UnusedCapacityReservation"),
    ("Dedicated", "DedicatedRes", "AllocatedCapacityReservation"), ("Host", "HostBoxUsage", "Used"),
]
REGIONS = [
    ("us-east-1", "US East (N. Virginia)", ""), ("eu-west-1", "EU (Ireland)", "EU-"),
    ("ap-northeast-1", "Asia Pacific (Tokyo)", "APN1-"), ("eu-central-1", "EU (Frankfurt)", "EUC1-"),
    ("us-west-2", "US West (Oregon)", "USW2-"), ("ap-southeast-1", "Asia Pacific (Singapore)", "APS1-"),
]
SIZES = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge", "48xlarge", "metal"]
OFFERS = [
    (code, lease, option, kind)
    for (kind, lease, option), code in zip(
        [
            (kind, lease, option)
            for kind in ("standard", "convertible")
            for lease in ("1yr", "3yr")
            for option in ("No Upfront", "Partial Upfront", "All Upfront")
        ],
        ("4NA7Y494T4 HU7G6KETJZ 6QCMYABX3D BPH4J8HBKS 38NPMPTW36 NQ3QZPMQV9 "
         "7NE97W5U4E CUZHX8X6JH VJWZNREJX2 Z2E3P23VKM R5XV2EPZQZ MZU6U2429S").split(),
    )
]


def products(chance):
    families = [f"{letter}{number}{suffix}" for letter in "cmrtxi" for number in range(4, 9)
                for suffix in ("", "g", "a", "i", "n", "d", "idn", "gd")][:100]
    for region in REGIONS:
        listed = [(family, size, operation, variant)
                  for family in families for size in SIZES for operation in OPERATIONS for variant in VARIANTS]
        keyed = [("".join(chance.choices("23456789ABCDEFGHJKMNPQRSTUVWXYZ", k=16)), product) for product in listed]
        keyed.sort()
        for sku, product in keyed:
            yield sku, region, product


def attributes(region, product):
    (code, location, prefix), (family, size, operation, variant) = region, product
    tenancy, usage, status = variant
    fields = dict.fromkeys(HEADER[15:], "")
    fields.update({
        "Product Family": "Compute Instance (bare metal)" if size == "metal" else "Compute Instance",
        "serviceCode": "AmazonEC2", "Location": location, "Location Type": "AWS Region",
        "Instance Type": f"{family}.{size}", "Current Generation": "Yes", "Instance Family": "Compute optimized",
        "vCPU": "8", "Physical Processor": "Intel Xeon 8375C (Ice Lake)", "Clock Speed": "3.5 GHz", "Memory": "16 GiB",
        "Storage": "EBS only", "Network Performance": "Up to 12500 Megabit", "Processor Architecture": "64-bit",
        "Tenancy": tenancy, "Operating System": operation[1], "License Model": operation[2],
        "usageType": f"{prefix}{usage}:{family}.{size}", "operation": f"RunInstances{operation[0]}",
        "AvailabilityZone": "NA", "CapacityStatus": status, "ClassicNetworkingSupport": "false",
        "Dedicated EBS Throughput": "Up to 10000 Mbps", "ECU": "NA", "Enhanced Networking Supported": "Yes",
        "GPU Memory": "NA", "Intel AVX2 Available": "Yes", "Intel AVX Available": "Yes",
        "Intel Turbo Available": "Yes", "MarketOption": "OnDemand", "Normalization Size Factor": "16",
        "Pre Installed S/W": operation[3], "Processor Features": "Intel AVX; Intel AVX2; Intel AVX512; Intel Turbo",
        "Region Code": code, "serviceName": "Amazon Elastic Compute Cloud", "VPCNetworkingSupport": "true",
    })
    return ",".join(f'"{value}"' if value else "" for value in fields.values())


def rows(chance, sku, region, product):
    tail = attributes(region, product)
    operation, (_, _, status), tenancy = product[2], product[3], product[3][0]
    price = chance.randrange(100, 300000)
    words = f"{operation[1]} (Amazon VPC), {product[0]}.{product[1]}"
    amount = 0 if tenancy == "Host" or status.startswith("Allocated") else price
    date = "2026-10-01"
    yield (f'"{sku}","JRTCKXETXF","{sku}.JRTCKXETXF.6YS6EN2CT7","OnDemand","${amount / 1e4:.4f} per {words} instance hour",'
           f'"{date}","0","Inf","Hrs","{amount / 1e4:.10f}","USD",,,,,{tail}\n')
    if status != "Used" or tenancy == "Host":
        return
    for code, lease, option, kind in OFFERS:
        years = int(lease[0])
        share = (62 if lease == "1yr" else 42) + (8 if kind == "convertible" else 0)
        part = {"No Upfront": 1.0, "Partial Upfront": 0.49, "All Upfront": 0}[option]
        hourly = price * share / 1e6 * part
        upfront = round(price * share / 1e6 * (0.97 - part) * 8760 * years)
        terms = f'"{lease}","{option}","{kind}"'
        yield (f'"{sku}","{code}","{sku}.{code}.6YS6EN2CT7","Reserved","{words} reserved instance applied","{date}",'
               f'"0","Inf","Hrs","{hourly:.5f}00000","USD",,{terms},{tail}\n')
        if option != "No Upfront":
            yield (f'"{sku}","{code}","{sku}.{code}.2TG2D8R56U","Reserved","Upfront Fee","{date}",,,"Quantity",'
                   f'"{upfront}","USD",,{terms},{tail}\n')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bytes", type=int, default=1_000_000_000, help="end with the product that reaches this size")
    parser.add_argument("--seed", type=int, default=20261101)
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with open(options.out, "w", encoding="utf-8", buffering=1 << 20) as file:
        size = file.write(
            '"FormatVersion","v1.0"\n'
            '"Disclaimer","Synthetic: made by Benchmarks/generate_prices.py with seed '
            f'{options.seed}. No price in it is real."\n'
            '"Publication Date","2026-10-01T17:12:44Z"\n"Version","20261001171244"\n"OfferCode","AmazonEC2"\n'
            + ",".join(f'"{name}"' for name in HEADER) + "\n")
        count = 0
        for sku, region, product in products(chance):
            text = "".join(rows(chance, sku, region, product))
            size += file.write(text)
            count += 1
            if size >= options.bytes:
                break
    print(f"{count} products, {size} bytes, seed {options.seed}: synthetic", file=sys.stderr)


main()
