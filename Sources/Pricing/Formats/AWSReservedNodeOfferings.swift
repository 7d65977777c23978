import Clouds
import Model
import Reading

/// What `aws elasticache describe-reserved-cache-nodes-offerings` prints: reserved nodes that are on sale in a region,
/// which must be stated, for the file does not say it.
///
/// Left out: terms of another length than one or three years, utilisation classes, unknown engines, and what is priced
/// at 0 altogether.
///
/// Source: Amazon ElastiCache API reference, `ReservedCacheNodesOffering`.
enum AWSReservedNodeOfferings: PriceFormat {
  static let name = "aws-reserved-node-offerings"
  static let outline = "reserved cache nodes on sale (aws elasticache describe-reserved-cache-nodes-offerings)"
  static let example = """
    {
      "ReservedCacheNodesOfferings": [
        {
          "ReservedCacheNodesOfferingId": "00000000-0000-0000-0000-000000000002", "CacheNodeType": "cache.m5.large",
          "Duration": 31536000, "FixedPrice": 0.0, "UsagePrice": 0.0, "ProductDescription": "redis",
          "OfferingType": "No Upfront",
          "RecurringCharges": [{"RecurringChargeAmount": 0.106, "RecurringChargeFrequency": "Hourly"}]
        }
      ]
    }
    """

  static func recognises(_ start: FileStart) -> Bool {
    start.startsObject && start.hasKey("ReservedCacheNodesOfferings")
  }

  static func read(_ input: PriceInput, into sink: inout PriceSink) throws {
    let region = try input.onlyRegion()
    let source = try input.priceSource("aws elasticache describe-reserved-cache-nodes-offerings", published: nil)
    let provenance = Provenance(effectiveFrom: try input.retrieved(), quality: .published, source: source)
    let hasMorePages = try input.json().forEachRecord(of: "ReservedCacheNodesOfferings") { offer in
      if sink.leavesOutCurrency(of: region) { return }
      guard let engine = AWSWords.cacheEngine(product: try offer.text("ProductDescription")) else {
        return sink.leaveOut("of engines that are not priced")
      }
      try sink.add(
        offer, of: InstanceKind(region: region, type: try offer.text("CacheNodeType"), engine: engine),
        class: .standard, charges: ("RecurringChargeAmount", "RecurringChargeFrequency"), provenance)
    }
    if hasMorePages { sink.remark(morePages) }
  }
}
