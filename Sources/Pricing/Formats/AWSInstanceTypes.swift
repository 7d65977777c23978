import Model
import Reading

/// What `aws ec2 describe-instance-types` prints: what each type offers.
///
/// Bandwidth of the network is the sum over a type's cards, unknown where one of them does not say. Whether a type
/// bursts is in the file, the terms of its CPU credits are not, so they stay unknown here.
///
/// Source: Amazon EC2 API reference, `InstanceTypeInfo`.
enum AWSInstanceTypes: PriceFormat {
  static let name = "aws-instance-types"
  static let outline = "specifications (aws ec2 describe-instance-types)"
  static let example = """
    {
      "InstanceTypes": [
        {
          "InstanceType": "m5.large", "CurrentGeneration": true, "BurstablePerformanceSupported": false,
          "ProcessorInfo": {"SupportedArchitectures": ["x86_64"]}, "VCpuInfo": {"DefaultVCpus": 2},
          "MemoryInfo": {"SizeInMiB": 8192},
          "NetworkInfo": {
            "NetworkCards": [
              {"NetworkCardIndex": 0, "BaselineBandwidthInGbps": 0.75, "PeakBandwidthInGbps": 10.0}
            ]
          },
          "EbsInfo": {
            "EbsOptimizedInfo": {
              "BaselineBandwidthInMbps": 650, "BaselineIops": 3600, "MaximumBandwidthInMbps": 4750,
              "MaximumIops": 18750
            }
          }
        }
      ]
    }
    """

  static func recognises(_ start: FileStart) -> Bool { start.startsObject && start.hasKey("InstanceTypes") }

  static func read(_ input: PriceInput, into sink: inout PriceSink) throws {
    let source = try input.priceSource("aws ec2 describe-instance-types", published: nil)
    let provenance = Provenance(effectiveFrom: try input.retrieved(), quality: .published, source: source)
    let hasMorePages = try input.json().forEachRecord(of: "InstanceTypes") { type in
      let specification = try specification(type, provenance)
      try sink.add { $0.specifications.append(specification) }
    }
    if hasMorePages { sink.remark(morePages) }
  }

  private static func specification(_ type: JSONRecord, _ provenance: Provenance) throws(DataError)
    -> InstanceSpecification
  {
    let ebs = type.has("EbsInfo") ? try type.record("EbsInfo") : nil
    let storage = ebs?.has("EbsOptimizedInfo") == true ? try ebs?.record("EbsOptimizedInfo") : nil
    let cards = type.has("NetworkInfo") ? try type.record("NetworkInfo").records("NetworkCards") : []
    return InstanceSpecification(
      type: try type.text("InstanceType"), vcpu: try type.record("VCpuInfo").count("DefaultVCpus"),
      memoryMilliGiB: try memory(type),
      architecture: try architecture(type), isCurrentGeneration: try type.flag("CurrentGeneration"),
      networkBaselineMbps: try bandwidth(cards, "BaselineBandwidthInGbps"),
      networkPeakMbps: try bandwidth(cards, "PeakBandwidthInGbps"),
      ebsBaselineMbps: try storage?.wholeIfKnown("BaselineBandwidthInMbps"),
      ebsBaselineIOPS: try storage?.wholeIfKnown("BaselineIops"),
      ebsPeakMbps: try storage?.wholeIfKnown("MaximumBandwidthInMbps"),
      ebsPeakIOPS: try storage?.wholeIfKnown("MaximumIops"), burst: nil, provenance: provenance)
  }

  /// GiB × 1,000, rounded half-even: 512 MiB are 500.
  private static func memory(_ type: JSONRecord) throws(DataError) -> Int64 {
    let size = try type.record("MemoryInfo").count("SizeInMiB", to: 1_000_000_000)
    return Int64(roundedHalfEven(Int128(size) * 1000, dividedBy: 1024))
  }

  private static func architecture(_ type: JSONRecord) throws(DataError) -> String? {
    let known = try type.record("ProcessorInfo").node["SupportedArchitectures"]?.elements.compactMap(\.text) ?? []
    if known.contains("arm64") || known.contains("arm64_mac") { return "arm64" }
    return known.contains { $0 == "i386" || $0.hasPrefix("x86_64") } ? "x86_64" : nil
  }

  /// Mbit/s of all cards together, rounded half-even to whole ones; nil where a card does not say.
  /// - Throws: ``DataError`` for a card with which the sum is more than an `Int` holds.
  private static func bandwidth(_ cards: [JSONRecord], _ key: String) throws(DataError) -> Int? {
    guard !cards.isEmpty, cards.allSatisfy({ $0.has(key) }) else { return nil }
    // In units of 10⁻¹⁸ Gbit/s, of which 10¹⁵ are a Mbit/s.
    var (sum, rounded) = (Int128(0), 0)
    for card in cards {
      let number = try card.decimal(key)
      let (added, isTooLong) = Int128(number.mantissa).multipliedReportingOverflow(
        by: widePowerOfTen(18 - number.scale))
      let (total, isTooMuch) = sum.addingReportingOverflow(added)
      guard !isTooLong, !isTooMuch, let whole = Int(exactly: roundedHalfEven(total, dividedBy: widePowerOfTen(15)))
      else { throw card.wrong(key, expected: "less than 9 million billion Gbit/s in all") }
      (sum, rounded) = (total, whole)
    }
    return rounded
  }
}
