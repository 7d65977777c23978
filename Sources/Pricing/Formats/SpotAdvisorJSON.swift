import Model
import Reading

/// AWS's public `spot-advisor-data.json`: how far spot capacity is below on-demand, and how often it is taken back.
///
/// Ratings are numbers, which the list `ranges` explains, before or behind them. Left out: systems other than Linux and
/// Windows.
///
/// Source: the data behind <https://aws.amazon.com/ec2/spot/instance-advisor/>.
enum SpotAdvisorJSON: PriceFormat {
  static let name = "spot-advisor-json"
  static let outline = "AWS's spot-advisor-data.json"
  static let isSpot = true
  static let example = """
    {
      "global_rate": "<10%",
      "instance_types": {"c5.large": {"cores": 2, "emr": false, "ram_gb": 4.0}},
      "ranges": [
        {"index": 0, "label": "<5%", "dots": 0, "max": 5}, {"index": 1, "label": "5-10%", "dots": 1, "max": 11}
      ],
      "spot_advisor": {
        "us-east-1": {"Linux": {"c5.large": {"r": 1, "s": 58}}, "Windows": {"c5.large": {"r": 0, "s": 31}}}
      }
    }
    """

  /// The labels of the five ranges, of which a store has no others.
  private static let labels = ["<5%", "5-10%", "10-15%", "15-20%", ">20%"]

  static func recognises(_ start: FileStart) -> Bool {
    start.startsObject && (start.hasKey("spot_advisor") || (start.hasKey("instance_types") && start.hasKey("ram_gb")))
  }

  static func read(_ input: PriceInput, into sink: inout PriceSink) throws {
    let source = try input.priceSource("spot-advisor-data.json", published: nil)
    let provenance = Provenance(effectiveFrom: try input.retrieved(), quality: .published, source: source)
    let (ranges, advice) = try parts(of: try input.json(), input)
    for region in advice.node.members {
      let systems = try JSONRecord(region.value, file: input.file)
      for system in systems.node.members {
        let types = try JSONRecord(system.value, file: input.file)
        if let reason = reasonToLeaveOut(system.key, in: region.key, input) {
          sink.leaveOut(reason, count: types.node.members.count)
          continue
        }
        for type in types.node.members {
          let kind = InstanceKind(region: region.key, type: type.key, engine: system.key.lowercased())
          let rating = try JSONRecord(type.value, file: input.file)
          // An estimate says how far spot is below on demand; of capacity that is scarce it may be above.
          if let savings = rating.number("s"), savings.mantissa < 0 {
            sink.leaveOut("of spot dearer than on demand")
            continue
          }
          let estimate: SpotEstimate
          do throws(DataError) {
            estimate = try self.estimate(kind, rating, ranges, provenance)
          } catch {
            throw named(error, "\(region.key) \(system.key) \(type.key)")
          }
          try sink.add { $0.spot.append(estimate) }
        }
      }
    }
  }

  /// The error with what it is of: the file may be one line.
  private static func named(_ error: DataError, _ rating: String) -> DataError {
    var error = error
    error.place.key = error.place.key.map { "\(rating): \($0)" } ?? rating
    return error
  }

  private static func reasonToLeaveOut(_ system: String, in region: String, _ input: PriceInput) -> String? {
    if !input.wants(region) { return otherRegions }
    return ["Linux", "Windows"].contains(system) ? nil : "of systems that are not priced"
  }

  private static func estimate(
    _ kind: InstanceKind, _ rating: JSONRecord, _ ranges: [Int: String], _ provenance: Provenance
  ) throws(DataError) -> SpotEstimate {
    let savings = try rating.percentage("s")
    guard let label = ranges[try rating.whole("r")] else {
      let known = ranges.keys.sorted().map(String.init).joined(separator: ", ")
      throw rating.wrong("r", expected: "an index of the ranges: \(known)")
    }
    return SpotEstimate(kind: kind, savingsPercent: savings, interruption: label, provenance: provenance)
  }

  /// The labels by index, and the ratings; either may come first.
  private static func parts(of document: JSONStream, _ input: PriceInput) throws(DataError) -> (
    ranges: [Int: String], advice: JSONRecord
  ) {
    var ranges: [Int: String]?
    var advice: JSONRecord?
    var keys: Set<String> = []
    try document.enterObject()
    while let key = try document.nextKey(once: &keys) {
      switch key {
      case "ranges": ranges = try labels(try document.node(), input)
      case "spot_advisor": advice = try JSONRecord(try document.node(), file: input.file)
      default: try document.skip()
      }
    }
    try document.expectEnd()
    guard let ranges, let advice else {
      let missing = ranges == nil ? "ranges" : "spot_advisor"
      throw DataError(
        Place(file: input.file, line: 1), found: "no \"\(missing)\"", expected: "one in the outermost object")
    }
    return (ranges, advice)
  }

  private static func labels(_ list: JSONNode, _ input: PriceInput) throws(DataError) -> [Int: String] {
    var ranges: [Int: String] = [:]
    for element in list.elements {
      let range = try JSONRecord(element, file: input.file)
      let label = try range.text("label").filter { !$0.isWhitespace }
      guard labels.contains(label) else {
        throw range.wrong("label", expected: "one of \(labels.joined(separator: ", "))")
      }
      ranges[try range.whole("index")] = label
    }
    return ranges
  }
}
