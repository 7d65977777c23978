import Clouds
import Model
import Reading

/// What `aws ec2 describe-reserved-instances` prints: the reservations of an account in a region.
///
/// One that was modified goes on as another, which starts then and keeps the old end and duration: it counts as bought when
/// its term began, where nothing is paid upfront again.
///
/// What is paid comes from the file: `FixedPrice` at the start, `UsagePrice` and the recurring charges every hour; of
/// All Upfront without a fee, from the price book. Active and retired ones are kept, the latter up to their end. Left
/// out: other states, dedicated tenancy, systems that we do not price, and the utilisation classes sold before 2014.
///
/// Source: Amazon EC2 API reference, `ReservedInstances`.
enum AWSReservedInstances: CommitmentFormat {
  static let name = "aws-reserved-instances"
  static let outline = "reservations (aws ec2 describe-reserved-instances)"
  static let noun = "reservation"
  static let example = """
    {
      "ReservedInstances": [
        {
          "ReservedInstancesId": "00000000-0000-0000-0000-000000000003", "InstanceType": "t3.medium",
          "InstanceCount": 3, "Start": "2026-03-01T00:00:00.848Z", "End": "2027-02-28T23:59:59.000Z",
          "Duration": 31536000, "State": "active", "FixedPrice": 0.0, "UsagePrice": 0.0,
          "RecurringCharges": [{"Amount": 0.0261, "Frequency": "Hourly"}], "CurrencyCode": "USD",
          "ProductDescription": "Linux/UNIX", "InstanceTenancy": "default", "OfferingClass": "standard",
          "OfferingType": "No Upfront", "Scope": "Region"
        }
      ]
    }
    """

  static func recognises(_ start: FileStart) -> Bool { start.startsObject && start.hasKey("ReservedInstances") }

  static func read(_ file: InputFile, into held: inout HeldCommitments) throws {
    let document = try JSONStream(ByteSource(name: file.name, bytes: file.bytes))
    let isPartial = try document.forEachRecord(of: "ReservedInstances") { record in
      let id = try record.text("ReservedInstancesId")
      try held.checkID(id, at: record.place)
      let state = try record.text("State")
      guard isHeld(state) else { return held.leaveOut(state) }
      if let tenancy = try record.textIfKnown("InstanceTenancy"), tenancy != "default" {
        return held.leaveOut("of dedicated tenancy")
      }
      guard let engine = AWSWords.engine(product: try record.text("ProductDescription")) else {
        return held.leaveOut("of systems that are not priced")
      }
      guard let payment = try record.payment("OfferingType") else {
        return held.leaveOut("of a utilisation class")
      }
      held.reservations.append(try reservation(id, record, engine, payment, file))
    }
    held.notePages(isPartial)
    held.followModifications()
  }

  private static func reservation(
    _ id: String, _ record: JSONRecord, _ engine: String, _ payment: OfferTerm.Payment, _ file: InputFile
  ) throws(DataError) -> HeldReservation {
    try record.checkCurrency("CurrencyCode")
    let zone = try record.textIfKnown("AvailabilityZone")
    if let zone, AWSWords.region(zone: zone) == nil {
      throw record.wrong("AvailabilityZone", expected: "a zone such as us-east-1a")
    }
    let term = OfferTerm(
      offerClass: try record.offerClass(), years: try heldYears(record, "Duration"), payment: payment)
    let started = try record.instant("Start")
    let ended = try earlyEnd("End", of: record, started: started, years: term.years)
    let charges = try record.charges(amount: "Amount", frequency: "Frequency")
    // One that was exchanged or modified has its fee with the reservation it came from: unknown here, not 0.
    let isFeeElsewhere = charges.areZero && payment == .allUpfront
    if !isFeeElsewhere { try record.check(charges, for: payment) }
    let paid =
      isFeeElsewhere ? nil : PaidPrice(upfront: charges.upfront, hourly: charges.hourly, file: file.name)
    let facts = Commitment(
      id: id, service: "", type: try record.text("InstanceType"), count: try record.count("InstanceCount"),
      term: term, started: started, zone: zone, engine: engine, paid: paid,
      ended: ended, bought: try earlierPurchase(record, ended: ended, started: started, years: term.years))
    return HeldReservation(
      place: record.place, region: zone.flatMap { AWSWords.region(zone: $0) },
      currency: try record.textIfKnown("CurrencyCode"), facts: facts)
  }
}

extension AWSReservedInstances {
  /// When a reservation was bought whose term began before it did; nil for one that was bought at its start.
  ///
  /// Of one that is active: the end that a modification leaves as it was, less the term. A retired one may have ended
  /// early, so that its end says nothing.
  fileprivate static func earlierPurchase(
    _ record: JSONRecord, ended: Instant?, started: Instant, years: Int
  ) throws(DataError) -> Instant? {
    guard let ended, try record.text("State") == "active" else { return nil }
    // A second short, as the provider counts the last one.
    let end = ended.seconds % 60 == 59 ? ended.advanced(by: 1) : ended
    return end.advanced(by: -Int64(years) * 31_536_000)
  }
}

/// The length of a held term; what somebody holds must be one that there is.
func heldYears(_ record: JSONRecord, _ key: String) throws(DataError) -> Int {
  if let years = try record.termYears(key) { return years }
  throw record.wrong(key, expected: "31536000 or 94608000 seconds, one or three years")
}
