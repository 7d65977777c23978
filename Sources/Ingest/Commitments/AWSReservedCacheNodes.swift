import Clouds
import Model
import Reading

/// What `aws elasticache describe-reserved-cache-nodes` prints: the reserved nodes of an account in a region.
///
/// What is paid comes from the file, as with reserved instances. Active and retired ones are kept. Left out: other
/// states, unknown engines, and the utilisation classes of old.
///
/// Source: Amazon ElastiCache API reference, `ReservedCacheNode`.
enum AWSReservedCacheNodes: CommitmentFormat {
  static let name = "aws-reserved-cache-nodes"
  static let outline = "reserved cache nodes (aws elasticache describe-reserved-cache-nodes)"
  static let noun = "node"
  static let example = """
    {
      "ReservedCacheNodes": [
        {
          "ReservedCacheNodeId": "cache-2026", "CacheNodeType": "cache.m5.large", "CacheNodeCount": 2,
          "StartTime": "2026-02-01T00:00:00.003Z", "Duration": 31536000, "FixedPrice": 0.0, "UsagePrice": 0.0,
          "ProductDescription": "redis", "OfferingType": "No Upfront", "State": "active",
          "RecurringCharges": [{"RecurringChargeAmount": 0.106, "RecurringChargeFrequency": "Hourly"}],
          "ReservationARN": "arn:aws:elasticache:us-east-1:123456789012:reserved-instance:cache-2026"
        }
      ]
    }
    """

  static func recognises(_ start: FileStart) -> Bool { start.startsObject && start.hasKey("ReservedCacheNodes") }

  static func read(_ file: InputFile, into held: inout HeldCommitments) throws {
    let document = try JSONStream(ByteSource(name: file.name, bytes: file.bytes))
    let isPartial = try document.forEachRecord(of: "ReservedCacheNodes") { record in
      let id = try record.text("ReservedCacheNodeId")
      try held.checkID(id, at: record.place)
      let state = try record.text("State")
      guard isHeld(state) else { return held.leaveOut(state) }
      guard let engine = AWSWords.cacheEngine(product: try record.text("ProductDescription")) else {
        return held.leaveOut("of engines that are not priced")
      }
      guard let payment = try record.payment("OfferingType") else {
        return held.leaveOut("of a utilisation class")
      }
      let charges = try record.charges(amount: "RecurringChargeAmount", frequency: "RecurringChargeFrequency")
      try record.check(charges, for: payment)
      let facts = Commitment(
        id: id, service: "", type: try record.text("CacheNodeType"), count: try record.count("CacheNodeCount"),
        term: OfferTerm(offerClass: .standard, years: try heldYears(record, "Duration"), payment: payment),
        started: try record.instant("StartTime"), engine: engine,
        paid: PaidPrice(upfront: charges.upfront, hourly: charges.hourly, file: file.name),
        account: try record.account(arn: "ReservationARN"))
      held.reservations.append(
        HeldReservation(
          place: record.place, region: try record.textIfKnown("ReservationARN").flatMap { AWSWords.region(arn: $0) },
          facts: facts))
    }
    held.notePages(isPartial)
  }
}
