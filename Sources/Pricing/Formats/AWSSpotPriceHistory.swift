import Clouds
import Model
import Reading

/// What `aws ec2 describe-spot-price-history` prints: each spot price of a zone from its timestamp on.
///
/// The zone's name says the region; where a row has only the zone's id, it must be stated. Left out: systems that we
/// do not price, and regions priced in another currency than USD, which the file does not say. The file does not say
/// when it was taken: unless that is stated, it is the newest of its timestamps, for which its prices are held back
/// until its end. Of a file of more than ``longestUndated`` bytes it must be stated.
///
/// Source: Amazon EC2 API reference, `SpotPrice`.
enum AWSSpotPriceHistory: PriceFormat {
  static let name = "aws-spot-price-history"
  static let outline = "spot prices (aws ec2 describe-spot-price-history)"
  static let isSpot = true
  static let example = """
    {
      "SpotPriceHistory": [
        {
          "Timestamp": "2026-10-01T05:12:09+00:00", "ProductDescription": "Linux/UNIX", "InstanceType": "c5.large",
          "SpotPrice": "0.034900", "AvailabilityZone": "us-east-1a"
        },
        {
          "Timestamp": "2026-10-01T01:40:51+00:00", "ProductDescription": "Linux/UNIX", "InstanceType": "c5.large",
          "SpotPrice": "0.035100", "AvailabilityZone": "us-east-1b"
        }
      ]
    }
    """

  static func recognises(_ start: FileStart) -> Bool { start.startsObject && start.hasKey("SpotPriceHistory") }

  /// The bytes of the longest file that is dated by its own timestamps.
  private static let longestUndated = 64 << 20

  static func read(_ input: PriceInput, into sink: inout PriceSink) throws {
    var newest: Instant?
    // Without a stated day: what waits for the newest timestamp.
    var undated: [SpotPrice] = []
    let hasMorePages = try input.json().forEachRecord(of: "SpotPriceHistory") { row in
      let instant = try row.instant("Timestamp")
      if input.options.retrieved == nil, input.source.checksum.count > longestUndated { _ = try input.retrieved() }
      newest = max(newest ?? instant, instant)
      let (zone, region) = try place(of: row, input)
      guard input.wants(region) else { return sink.leaveOut(otherRegions) }
      if sink.leavesOutCurrency(of: region) { return }
      guard let engine = AWSWords.engine(product: try row.text("ProductDescription")) else {
        return sink.leaveOut("of systems that are not priced")
      }
      let price = SpotPrice(
        kind: InstanceKind(region: region, type: try row.text("InstanceType"), engine: engine), zone: zone,
        hourly: try row.price("SpotPrice"),
        provenance: Provenance(
          effectiveFrom: instant, quality: .published,
          source: source(of: input, retrieved: input.options.retrieved ?? instant)))
      guard input.options.retrieved != nil else { return undated.append(price) }
      try sink.add { $0.spotPrices.append(price) }
    }
    if hasMorePages { sink.remark(morePages) }
    guard let newest else { return }
    let known = source(of: input, retrieved: newest)
    for var price in undated {
      price.provenance.source = known
      try sink.add { $0.spotPrices.append(price) }
    }
  }

  private static func source(of input: PriceInput, retrieved: Instant) -> PriceSource {
    PriceSource(file: input.file, origin: "aws ec2 describe-spot-price-history", retrieved: retrieved)
  }

  private static func place(of row: JSONRecord, _ input: PriceInput) throws(DataError) -> (
    zone: String, region: String
  ) {
    guard let zone = try row.textIfKnown("AvailabilityZone") else {
      return (try row.text("AvailabilityZoneId"), try input.onlyRegion())
    }
    if let region = AWSWords.region(zone: zone) { return (zone, region) }
    throw row.wrong("AvailabilityZone", expected: "a zone such as us-east-1a")
  }
}
