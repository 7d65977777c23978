import Clouds
import Model
import Reading

/// Spot prices hour by hour, one row for each zone and hour, by the names of its columns.
///
/// Columns are a time (`time_utc`, `timestamp`, `time`), a zone (`az_id`, `zone`, `availability_zone`), a type
/// (`instance_type`, `type`), a price (`spot_usd_per_hour`, `spot_price`, `usd_per_hour`), and, if they are there,
/// `region` and a system (`engine`, `os`, `product`; else Linux); others are passed over. Without a column `region` the
/// zone's name says it, or it is stated. A time needs an offset, except under `time_utc`.
///
/// The rows of a zone must come in the order of time. One at the price of the row before in its zone adds nothing and
/// is left out. A row without a price is unknown and left out too; the price before it holds on. Where the price is the
/// last column, the last row needs its line end, or the price may have been cut short.
enum SpotHourlyCSV: PriceFormat {
  static let name = "spot-hourly-csv"
  static let outline = "hourly spot prices (time_utc,instance_type,region,az_id,...,spot_usd_per_hour)"
  static let isSpot = true
  static let example = """
    time_utc,instance_type,region,az_id,ondemand_usd_per_hour,spot_usd_per_hour
    2026-10-01 00:00:00,c5.large,us-east-1,use1-az1,0.085,0.0349
    2026-10-01 00:00:00,c5.large,us-east-1,use1-az2,0.085,0.0362
    2026-10-01 01:00:00,c5.large,us-east-1,use1-az1,0.085,0.0349
    2026-10-01 01:00:00,c5.large,us-east-1,use1-az2,0.085,0.0371

    """

  fileprivate static let times = ["time_utc", "timestamp", "time"]
  fileprivate static let zones = ["az_id", "zone", "availability_zone"]
  fileprivate static let types = ["instance_type", "type"]
  fileprivate static let prices = ["spot_usd_per_hour", "spot_price", "usd_per_hour"]
  fileprivate static let systems = ["engine", "os", "product"]

  static func recognises(_ start: FileStart) -> Bool {
    let line = start.bytes.prefix { $0 != 10 && $0 != 13 }
    let names = String(decoding: line, as: UTF8.self).split(separator: ",").map { $0.trimmed }
    // The price may be missing: that is said by its reading.
    return [times, zones, types].allSatisfy { $0.contains(where: names.contains) }
  }

  static func read(_ input: PriceInput, into sink: inout PriceSink) throws {
    guard let retrieved = input.options.retrieved else {
      throw DataError(
        Place(file: input.file), found: "no day of retrieval in the file",
        expected: "\(parameter: .retrieved) with the day it was taken, 2026-11-24", kind: .usage)
    }
    var rows = try input.rows()
    let source = PriceSource(file: input.file, origin: "hourly spot prices", retrieved: retrieved)
    var reading = try SpotHourlyRows(try DelimitedHeader(&rows), input, source)
    while let row = try rows.nextRecord(under: reading.header) { try reading.read(row, into: &sink) }
    if reading.endsWithPrice { try rows.expectLineEnd() }
  }

  fileprivate static func required(_ names: [String], _ header: DelimitedHeader) throws(DataError) -> String {
    if let name = column(names, header) { return name }
    throw header.missing(names.joined(separator: "\" or \""))
  }
  fileprivate static func column(_ names: [String], _ header: DelimitedHeader) -> String? {
    names.first(where: header.names.contains)
  }
}

/// The rows of a file of hourly spot prices, and the last of each zone.
private struct SpotHourlyRows {
  private struct Key: Hashable {
    var kind: InstanceKind
    var zone: String
  }

  let header: DelimitedHeader
  private let input: PriceInput
  private let source: PriceSource
  private let time, zone, type, price: String
  private let system: String?
  private let isUTC: Bool
  /// The row before, of each zone.
  private var last: [Key: (instant: Instant, hourly: Money, line: Int)] = [:]

  init(_ header: DelimitedHeader, _ input: PriceInput, _ source: PriceSource) throws(DataError) {
    self.header = header
    self.input = input
    self.source = source
    time = try SpotHourlyCSV.required(SpotHourlyCSV.times, header)
    zone = try SpotHourlyCSV.required(SpotHourlyCSV.zones, header)
    type = try SpotHourlyCSV.required(SpotHourlyCSV.types, header)
    price = try SpotHourlyCSV.required(SpotHourlyCSV.prices, header)
    system = SpotHourlyCSV.column(SpotHourlyCSV.systems, header)
    isUTC = time == "time_utc"
  }

  /// True when the price is the last column.
  var endsWithPrice: Bool { price == header.names.last }

  mutating func read(_ row: DelimitedRecord, into sink: inout PriceSink) throws {
    let region = try region(of: row)
    guard input.wants(region) else { return sink.leaveOut(otherRegions) }
    // A column that says USD is believed.
    if !price.contains("usd"), sink.leavesOutCurrency(of: region) { return }
    guard let engine = engine(of: row) else { return sink.leaveOut("of systems that are not priced") }
    let kind = InstanceKind(region: region, type: try row.text(type), engine: engine)
    let key = Key(kind: kind, zone: try row.text(zone))
    let instant = try instant(of: row)
    guard let hourly = try row.priceIfKnown(price) else { return sink.leaveOut("without a spot price") }
    let earlier = last.updateValue((instant, hourly, row.line), forKey: key)
    if let earlier {
      try check(instant, hourly, row, after: earlier)
      if earlier.hourly == hourly { return sink.leaveOut("unchanged since the hour before") }
    }
    try sink.add {
      $0.spotPrices.append(
        SpotPrice(
          kind: kind, zone: key.zone, hourly: hourly,
          provenance: Provenance(effectiveFrom: instant, quality: .published, source: source)))
    }
  }

  private func check(
    _ instant: Instant, _ hourly: Money, _ row: DelimitedRecord,
    after earlier: (instant: Instant, hourly: Money, line: Int)
  ) throws(DataError) {
    guard instant < earlier.instant || (instant == earlier.instant && hourly != earlier.hourly) else { return }
    throw DataError(
      row.place, found: "\(hourly) at \(instant)",
      expected: "a later time than in line \(earlier.line) (\(earlier.instant)), which is of the same zone")
  }

  private func region(of row: DelimitedRecord) throws(DataError) -> String {
    if header.names.contains("region") { return try row.text("region") }
    if let region = AWSWords.region(zone: row.written(zone) ?? "") { return region }
    return try input.onlyRegion()
  }

  /// Our word, or AWS's.
  private func engine(of row: DelimitedRecord) -> String? {
    guard let system else { return "linux" }
    let text = row.written(system) ?? ""
    let word = text.lowercased()
    return ["linux", "windows", "suse", "rhel"].contains(word) ? word : AWSWords.engine(product: text)
  }

  private func instant(of row: DelimitedRecord) throws(DataError) -> Instant {
    guard isUTC else { return try row.instant(time) }
    return try row.value(time, expected: "a time such as 2026-10-01 04:00:00") { Instant($0) ?? Instant($0 + "Z") }
  }
}
