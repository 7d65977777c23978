import Clouds
import Model
import Reading

/// SkyPilot's catalogue of AWS: on-demand and spot prices of Linux instances by zone, as they were when it was taken.
///
/// One row for each type and zone. The on-demand price of a region stands there once for each of its zones and is one
/// price; what else the rows say of a type is too little for a specification. An empty price is unknown and left out.
/// Prices were binary doubles on their way; see ``Money/init(printedPrice:)``.
///
/// Source: skypilot-org/skypilot-catalog, `catalogs/*/aws/vms.csv`.
struct SkyPilotCatalogue: PriceFormat {
  static let name = "skypilot-catalogue"
  static let outline = "SkyPilot's catalogue (InstanceType,...,Price,SpotPrice,Region,AvailabilityZone)"
  static let example = """
    InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,GpuInfo,Price,SpotPrice,Region,AvailabilityZone,Arch
    c5.large,,,2.0,4.0,,0.085,0.0339,us-east-1,us-east-1a,x86_64
    c5.large,,,2.0,4.0,,0.085,0.0352,us-east-1,us-east-1b,x86_64
    """

  static func recognises(_ start: FileStart) -> Bool {
    let line = start.bytes.prefix { $0 != 10 && $0 != 13 }
    let names = String(decoding: line, as: UTF8.self).split(separator: ",").map { $0.trimmed }
    return ["InstanceType", "SpotPrice", "AvailabilityZone"].allSatisfy { names.contains($0) }
  }

  private let provenance: Provenance
  /// The first row of each kind.
  private var first: [InstanceKind: (hourly: Money, line: Int)] = [:]

  static func read(_ input: PriceInput, into sink: inout PriceSink) throws {
    var rows = try input.rows()
    let header = try DelimitedHeader(&rows)
    try header.expect(["InstanceType", "Price", "SpotPrice", "Region", "AvailabilityZone"])
    let source = try input.priceSource("skypilot-org/skypilot-catalog: aws/vms.csv", published: nil)
    var catalogue = SkyPilotCatalogue(
      provenance: Provenance(effectiveFrom: try input.retrieved(), quality: .published, source: source))
    while let row = try rows.nextRecord(under: header) {
      guard input.wants(try row.text("Region")) else {
        sink.leaveOut(otherRegions)
        continue
      }
      try catalogue.read(row, into: &sink)
    }
  }

  private init(provenance: Provenance) { self.provenance = provenance }

  private mutating func read(_ row: DelimitedRecord, into sink: inout PriceSink) throws {
    let kind = InstanceKind(region: try row.text("Region"), type: try row.text("InstanceType"), engine: "linux")
    let zone = try row.text("AvailabilityZone")
    // An id says nothing of the region; the row does.
    guard AWSWords.region(zone: zone) == kind.region || AWSWords.isZoneID(zone) else {
      throw DataError(
        row.place, found: "zone \"\(zone)\"", expected: "a zone of \(kind.region), the row's region")
    }
    if Self.isLocal(zone, kind.region) {
      sink.leaveOut("on demand of local zones, which have prices of their own")
    } else if let hourly = try row.priceIfKnown("Price") {
      if try isFirst(kind, hourly, row) {
        try sink.add { $0.onDemand.append(OnDemandPrice(kind: kind, hourly: hourly, provenance: provenance)) }
      }
    } else {
      sink.leaveOut("without a price on demand")
    }
    if let hourly = try row.priceIfKnown("SpotPrice") {
      try sink.add {
        $0.spotPrices.append(SpotPrice(kind: kind, zone: zone, hourly: hourly, provenance: provenance))
      }
    } else {
      sink.leaveOut("without a spot price")
    }
  }

  /// True for a Local Zone or a Wavelength zone, `us-west-2-lax-1a` or `usw2-lax1-az1`, of a region.
  private static func isLocal(_ zone: String, _ region: String) -> Bool {
    // The name of any other zone is the region's and a letter, its id has two parts.
    zone.hasPrefix(region) ? zone.count > region.count + 1 : zone.count(where: { $0 == "-" }) > 1
  }

  /// False for another zone of a region whose price is known.
  /// - Throws: ``DataError`` when it costs something else there.
  private mutating func isFirst(_ kind: InstanceKind, _ hourly: Money, _ row: DelimitedRecord) throws(DataError) -> Bool
  {
    guard let earlier = first[kind] else {
      first[kind] = (hourly, row.line)
      return true
    }
    guard earlier.hourly == hourly else {
      throw DataError(
        row.place, found: "\(kind) at \(hourly)",
        expected: "\(earlier.hourly) as in line \(earlier.line), since a region has one price")
    }
    return false
  }
}
