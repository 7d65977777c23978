import Clouds
import Model
import Reading

/// What `aws ec2 describe-reserved-instances-offerings` prints: reservations that are on sale, of one region.
///
/// An offer for a zone names it, and so the region; one for the region does not, so that it must be stated. Both cost
/// the same and are the same price. Left out: offers of other customers (`Marketplace`), dedicated tenancy, terms of
/// another length than one or three years, utilisation classes, systems that we do not price, and what is priced at 0
/// altogether.
///
/// Source: Amazon EC2 API reference, `ReservedInstancesOffering`.
enum AWSReservedOfferings: PriceFormat {
  static let name = "aws-reserved-offerings"
  static let outline = "reservations on sale (aws ec2 describe-reserved-instances-offerings)"
  static let example = """
    {
      "ReservedInstancesOfferings": [
        {
          "ReservedInstancesOfferingId": "00000000-0000-0000-0000-000000000001", "InstanceType": "c5.large",
          "Scope": "Region", "Duration": 31536000, "FixedPrice": 225.0, "UsagePrice": 0.0,
          "RecurringCharges": [{"Amount": 0.026, "Frequency": "Hourly"}], "CurrencyCode": "USD",
          "ProductDescription": "Linux/UNIX", "InstanceTenancy": "default", "OfferingClass": "standard",
          "OfferingType": "Partial Upfront", "Marketplace": false, "PricingDetails": []
        }
      ]
    }
    """

  static func recognises(_ start: FileStart) -> Bool {
    start.startsObject && start.hasKey("ReservedInstancesOfferings")
  }

  static func read(_ input: PriceInput, into sink: inout PriceSink) throws {
    let source = try input.priceSource("aws ec2 describe-reserved-instances-offerings", published: nil)
    let provenance = Provenance(effectiveFrom: try input.retrieved(), quality: .published, source: source)
    var regions = OfferRegions(input: input)
    let hasMorePages = try input.json().forEachRecord(of: "ReservedInstancesOfferings") { offer in
      let region = try regions.region(of: offer)
      guard input.wants(region) else { return sink.leaveOut(otherRegions) }
      try offer.checkCurrency("CurrencyCode")
      if try offer.textIfKnown("CurrencyCode") == nil, sink.leavesOutCurrency(of: region) { return }
      if let reason = try reasonToLeaveOut(offer) { return sink.leaveOut(reason) }
      guard let engine = AWSWords.engine(product: try offer.text("ProductDescription")) else {
        return sink.leaveOut("of systems that are not priced")
      }
      try sink.add(
        offer, of: InstanceKind(region: region, type: try offer.text("InstanceType"), engine: engine),
        class: try offer.offerClass(), charges: ("Amount", "Frequency"), provenance)
    }
    if hasMorePages { sink.remark(morePages) }
  }

  private static func reasonToLeaveOut(_ offer: JSONRecord) throws(DataError) -> String? {
    if try offer.flag("Marketplace", absent: false) { return "sold by other customers" }
    if let tenancy = try offer.textIfKnown("InstanceTenancy"), tenancy != "default" { return "of dedicated tenancy" }
    return nil
  }
}

/// The regions of offers: the command prints those of one region, so what a zone says holds for all.
private struct OfferRegions {
  let input: PriceInput
  /// Of the first offer for a zone.
  private var zonal: String?
  /// What the user said of offers that do not say themselves.
  private var regional: String?

  init(input: PriceInput) { self.input = input }

  /// - Throws: ``DataError`` for a zone that is none, and where a zone contradicts what the user said of other offers.
  mutating func region(of offer: JSONRecord) throws(DataError) -> String {
    if let zone = try offer.textIfKnown("AvailabilityZone") {
      guard let region = AWSWords.region(zone: zone) else {
        throw offer.wrong("AvailabilityZone", expected: "a zone such as us-east-1a")
      }
      if zonal == nil { zonal = region }
      if let regional, regional != region {
        throw offer.wrong(
          "AvailabilityZone", expected: "a zone of \(regional), since \(parameter: .region) says so of the others")
      }
      return region
    }
    if regional == nil {
      regional = try input.onlyRegion()
      if let zonal, zonal != regional {
        throw DataError(
          offer.place, found: "an offer that names no zone, among others of \(zonal)",
          expected: "\(parameter: .region) \(zonal)", kind: .usage)
      }
    }
    return regional!
  }
}
