/// What beside instances is paid for (volumes, gateways, load balancers), under the name the price book has for it.
struct ListedUnitItem {
  /// A unit of the price book and how AWS spells it.
  enum Unit: String {
    case gigabyteMonth = "gb-month"
    case iopsMonth = "iops-month"
    case throughputMonth = "gibps-month"
    case request = "io"
    case hour
    case gigabyte = "gb"
    case capacityHour = "lcu-hour"

    /// How many listed units one of ours is, by the listed spelling in lower case; nil for another unit.
    func listedUnits(_ listed: String) -> Int64? {
      switch (self, listed.lowercased()) {
      case (.gigabyteMonth, "gb-mo"), (.gigabyteMonth, "gb-month"): 1
      case (.iopsMonth, "iops-mo"), (.iopsMonth, "iops-month"): 1
      case (.throughputMonth, "gibps-mo"), (.throughputMonth, "gibps-month"): 1
      case (.throughputMonth, "mibps-mo"), (.throughputMonth, "mibps-month"): 1024
      case (.request, "ios"), (.hour, "hrs"), (.gigabyte, "gb"): 1
      case (.capacityHour, "lcu-hrs"), (.capacityHour, "lcu-hours"): 1
      default: nil
      }
    }

    /// The listed spelling, for errors.
    var listed: String {
      switch self {
      case .gigabyteMonth: "GB-Mo"
      case .iopsMonth: "IOPS-Mo"
      case .throughputMonth: "GiBps-mo or MiBps-mo"
      case .request: "IOs"
      case .hour: "Hrs"
      case .gigabyte: "GB"
      case .capacityHour: "LCU-Hrs"
      }
    }
  }

  /// `ebs/gp3-gb-month`.
  let name: String
  let unit: Unit
  /// Units from which the item is priced; AWS lists the later tiers of io2 as products of their own.
  let tierFrom: Int64

  private init(_ name: String, _ unit: Unit, from tierFrom: Int64 = 0) {
    self.name = name
    self.unit = unit
    self.tierFrom = tierFrom
  }

  /// The item of a usage type; nil for what the price book has no item for.
  static func item(_ usage: ListedUsage, operation: String) -> ListedUnitItem? {
    if let item = byUsage[usage.name] { return item }
    let balancer: String
    switch operation {
    case "LoadBalancing:Application": balancer = "alb"
    case "LoadBalancing:Network": balancer = "nlb"
    default: return nil
    }
    switch usage.name {
    case "LoadBalancerUsage": return ListedUnitItem("elb/\(balancer)-hour", .hour)
    case "LCUUsage": return ListedUnitItem("elb/\(balancer)-lcu-hour", .capacityHour)
    default: return nil
    }
  }

  /// By the usage type without its region. The tiers of io2 begin at 32,000 and 64,000 IOPS of a volume (EBS pricing).
  private static let byUsage: [String: ListedUnitItem] = [
    "EBS:VolumeUsage": ListedUnitItem("ebs/standard-gb-month", .gigabyteMonth),
    "EBS:VolumeUsage.gp2": ListedUnitItem("ebs/gp2-gb-month", .gigabyteMonth),
    "EBS:VolumeUsage.gp3": ListedUnitItem("ebs/gp3-gb-month", .gigabyteMonth),
    "EBS:VolumeUsage.piops": ListedUnitItem("ebs/io1-gb-month", .gigabyteMonth),
    "EBS:VolumeUsage.io2": ListedUnitItem("ebs/io2-gb-month", .gigabyteMonth),
    "EBS:VolumeUsage.st1": ListedUnitItem("ebs/st1-gb-month", .gigabyteMonth),
    "EBS:VolumeUsage.sc1": ListedUnitItem("ebs/sc1-gb-month", .gigabyteMonth),
    "EBS:VolumeP-IOPS.gp3": ListedUnitItem("ebs/gp3-iops-month", .iopsMonth),
    "EBS:VolumeP-IOPS.piops": ListedUnitItem("ebs/io1-iops-month", .iopsMonth),
    "EBS:VolumeP-IOPS.io2": ListedUnitItem("ebs/io2-iops-month", .iopsMonth),
    "EBS:VolumeP-IOPS.io2.tier2": ListedUnitItem("ebs/io2-iops-month", .iopsMonth, from: 32_000),
    "EBS:VolumeP-IOPS.io2.tier3": ListedUnitItem("ebs/io2-iops-month", .iopsMonth, from: 64_000),
    "EBS:VolumeP-Throughput.gp3": ListedUnitItem("ebs/gp3-throughput-gibps-month", .throughputMonth),
    "EBS:VolumeIOUsage": ListedUnitItem("ebs/standard-io", .request),
    "EBS:SnapshotUsage": ListedUnitItem("ebs/snapshot-gb-month", .gigabyteMonth),
    "NatGateway-Hours": ListedUnitItem("vpc/nat-gateway-hour", .hour),
    "NatGateway-Bytes": ListedUnitItem("vpc/nat-gateway-gb", .gigabyte),
  ]
}
