import Model
import Pricing
import Reading
import TestSupport
import Testing

@Suite struct AWSUnitPriceTests {
  @Test(
    "A usage type that the price book has an item for is a unit price",
    arguments: [
      ("EBS:VolumeUsage.gp3", "GB-Mo", "0.0800000000", "ebs/gp3-gb-month", "gb-month", "0.08"),
      ("APN1-EBS:VolumeUsage.piops", "GB-Mo", "0.1420000000", "ebs/io1-gb-month", "gb-month", "0.142"),
      ("EU-EBS:VolumeUsage.io2", "GB-month", "0.1380000000", "ebs/io2-gb-month", "gb-month", "0.138"),
      ("EBS:VolumeUsage", "GB-Mo", "0.0500000000", "ebs/standard-gb-month", "gb-month", "0.05"),
      ("EBS:VolumeIOUsage", "IOs", "0.0000000500", "ebs/standard-io", "io", "0.00000005"),
      ("EBS:VolumeP-IOPS.gp3", "IOPS-Mo", "0.0050000000", "ebs/gp3-iops-month", "iops-month", "0.005"),
      (
        "EBS:VolumeP-Throughput.gp3", "GiBps-mo", "40.9600000000", "ebs/gp3-throughput-gibps-month", "gibps-month",
        "40.96"
      ),
      // A GiBps is 1024 MiBps: 0.04 x 1024 = 40.96.
      (
        "EBS:VolumeP-Throughput.gp3", "MiBps-mo", "0.0400000000", "ebs/gp3-throughput-gibps-month", "gibps-month",
        "40.96"
      ),
      ("EBS:SnapshotUsage", "GB-Mo", "0.0500000000", "ebs/snapshot-gb-month", "gb-month", "0.05"),
      ("USW2-NatGateway-Hours", "Hrs", "0.0450000000", "vpc/nat-gateway-hour", "hour", "0.045"),
      ("NatGateway-Bytes", "GB", "0.0450000000", "vpc/nat-gateway-gb", "gb", "0.045"),
    ])
  func items(usage: String, unit: String, amount: String, item: String, ourUnit: String, price: String) throws {
    let row = try #require(try units(usage, "", [listed(unit, amount)]).first)
    #expect(row.item == item && row.unit == ourUnit)
    #expect(row.price == usd(price))
    #expect(row.tierFrom == 0 && row.perUnits == 1 && row.region == "us-east-1")
  }

  @Test("Tiers come from the starting range, those of io2 from the usage type as well")
  func tiers() throws {
    var second = listed("GB-Mo", "0.0450000000")
    second.start = "51200"
    #expect(try units("EBS:SnapshotUsage", "", [listed("GB-Mo", "0.05"), second]).map(\.tierFrom) == [0, 51_200])
    #expect(try units("EBS:VolumeP-IOPS.io2.tier2", "", [listed("IOPS-Mo", "0.0455")]).map(\.tierFrom) == [32_000])
    #expect(try units("EBS:VolumeP-IOPS.io2.tier3", "", [listed("IOPS-Mo", "0.03185")]).map(\.tierFrom) == [64_000])
  }

  @Test("A balancer is told by its operation; what only looks like one of the items is left out")
  func balancers() throws {
    let rows = try [
      ("EU-LoadBalancerUsage", "LoadBalancing:Application", "Hrs"),
      ("EU-LCUUsage", "LoadBalancing:Application", "LCU-Hrs"),
      ("LoadBalancerUsage", "LoadBalancing:Network", "Hrs"), ("LCUUsage", "LoadBalancing:Network", "LCU-Hrs"),
      ("LoadBalancerUsage", "LoadBalancing", "Hrs"), ("TS-LoadBalancerUsage", "LoadBalancing:Application", "Hrs"),
      ("Outposts-LoadBalancerUsage", "LoadBalancing:Application", "Hrs"), ("NatGateway-Prvd-Bytes", "NatGateway", "GB"),
      ("RegionalNatGateway-Hours", "RegionalNatGateway", "Hrs"), ("EBS:SnapshotUsage.outposts", "", "GB-Mo"),
    ].flatMap { try units($0, $1, [listed($2, "0.0225")]) }
    #expect(rows.map(\.item) == ["elb/alb-hour", "elb/alb-lcu-hour", "elb/nlb-hour", "elb/nlb-lcu-hour"])
  }

  @Test("Every item has the unit that the shipped price book has for it")
  func agreesWithBook() throws {
    let folder = "\(#filePath)".split(separator: "/").dropLast(3).joined(separator: "/")
    let source = try ByteSource.open(path: "/\(folder)/pricing/aws/services.csv")
    final class Items { var units: [String: String] = [:] }
    let known = Items()
    _ = try readPrices(source) { book in for row in book.units { known.units[row.item] = row.unit } }
    for (usage, operation, unit) in [
      ("EBS:VolumeUsage.gp2", "", "GB-Mo"), ("EBS:VolumeUsage.gp3", "", "GB-Mo"), ("EBS:VolumeUsage.st1", "", "GB-Mo"),
      ("EBS:VolumeUsage.sc1", "", "GB-Mo"), ("EBS:VolumeUsage.piops", "", "GB-Mo"),
      ("EBS:VolumeUsage.io2", "", "GB-month"), ("EBS:VolumeUsage", "", "GB-Mo"), ("EBS:VolumeIOUsage", "", "IOs"),
      ("EBS:VolumeP-IOPS.gp3", "", "IOPS-Mo"), ("EBS:VolumeP-IOPS.piops", "", "IOPS-Mo"),
      ("EBS:VolumeP-IOPS.io2", "", "IOPS-Mo"), ("EBS:VolumeP-Throughput.gp3", "", "GiBps-mo"),
      ("EBS:SnapshotUsage", "", "GB-Mo"), ("NatGateway-Hours", "", "Hrs"), ("NatGateway-Bytes", "", "GB"),
      ("LoadBalancerUsage", "LoadBalancing:Application", "Hrs"), ("LCUUsage", "LoadBalancing:Application", "LCU-Hrs"),
      ("LoadBalancerUsage", "LoadBalancing:Network", "Hrs"), ("LCUUsage", "LoadBalancing:Network", "LCU-Hrs"),
    ] {
      let row = try #require(try units(usage, operation, [listed(unit, "1")]).first)
      #expect(known.units[row.item] == row.unit, "\(row.item)")
    }
  }
}

private func listed(_ unit: String, _ amount: String) -> ListedOffer.Price {
  var price = ListedOffer.Price()
  (price.unit, price.amount) = (unit, amount)
  return price
}

private func units(_ usage: String, _ operation: String, _ prices: [ListedOffer.Price]) throws -> [UnitPrice] {
  let offer = ListedOffer.instance(
    ["usageType": usage, "operation": operation, "Instance Type": "", "Tenancy": ""], family: "Other", prices: prices)
  return try readTold(offer.csv).book.units
}
