import Foundation
import Ingest
import Model
import Testing

@Suite struct GuideTests {
  @Test("The pages made from the code are the committed ones, and no other page of formats is there")
  func pagesAreFresh() throws {
    var pages = ["fleet-keys.md": try FleetKeys.current.get().page, "metrics.md": MetricsPage.page]
    for (name, text) in try FormatPages().pages { pages["formats/\(name)"] = text }
    if ProcessInfo.processInfo.environment["PLIMSOLL_RECORD"] == "1" { return try record(pages) }
    for (name, text) in pages.sorted(by: { $0.key < $1.key }) {
      let committed = try? String(contentsOf: page(name), encoding: .utf8)
      if committed != text { Issue.record("guide/\(name) is not what the code says; `make guide` makes it anew") }
    }
    let formats = try FileManager.default.contentsOfDirectory(atPath: page("formats").path)
    #expect(Set(formats.map { "formats/\($0)" }) == Set(pages.keys).subtracting(["fleet-keys.md", "metrics.md"]))
  }

  @Test("Every key of a fleet file and every format is explained where it is declared")
  func everythingIsExplained() throws {
    #expect(try FleetKeys.current.get().unexplained == [])
    #expect(try FormatPages().unexplained == [])
  }

  @Test("The keys of the reference are those that the reader of fleet files asks for", arguments: strangers)
  func keysAreReal(stranger: Stranger) throws {
    let file = packageFolder.appendingPathComponent("datasets/sketchy-chain/fleet.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    let range = try #require(text.range(of: stranger.behind), "the anchor of \(stranger.type)")
    let spoilt = text.replacingCharacters(in: range, with: stranger.behind + stranger.key)
    let error = #expect(throws: DataError.self) { try readFleet(text: spoilt, file: "fleet.yaml") }
    let keys = try FleetKeys.current.get().keys(of: stranger.type)
    #expect(!keys.isEmpty)
    #expect(error?.expected == "one of \(keys.joined(separator: ", "))")
  }

  @Test("The reference has a section for each type of which the test above knows a place, and for no other")
  func sections() throws {
    #expect(try FleetKeys.current.get().types.sorted() == strangers.map(\.type).sorted())
  }

  private func page(_ name: String) -> URL { packageFolder.appendingPathComponent("guide/\(name)") }

  /// Recording never passes: what was recorded is looked at before it is committed.
  private func record(_ pages: [String: String]) throws {
    let formats = page("formats")
    try FileManager.default.createDirectory(at: formats, withIntermediateDirectories: true)
    for (name, text) in pages { try Data(text.utf8).write(to: page(name)) }
    Issue.record("recorded \(pages.count) pages of the guide; look at the difference and run again")
  }
}

/// A key that no type has, put into Sketchy Chain's fleet file at a place of a type.
struct Stranger: Sendable, CustomTestStringConvertible {
  var type: String
  /// Text of the file behind which the key is put.
  var behind: String
  var key: String
  var testDescription: String { type }

  init(_ type: String, block behind: String, indent: Int) {
    self.init(type: type, behind: behind + "\n", key: String(repeating: " ", count: indent) + "qqqqqqqqqqqq: 1\n")
  }

  init(_ type: String, flow behind: String) { self.init(type: type, behind: behind, key: " qqqqqqqqqqqq: 1,") }

  /// A key at the top of the file whose value, in flow style, has a stranger.
  init(_ type: String, top key: String) {
    self.init(type: type, behind: "\ncurrency: USD\n", key: key.replacing("{ ", with: "{ qqqqqqqqqqqq: 1, ") + "\n")
  }

  init(_ type: String, behind: String, adds key: String) { self.init(type: type, behind: behind, key: key) }

  private init(type: String, behind: String, key: String) {
    (self.type, self.behind, self.key) = (type, behind, key)
  }
}

private let strangers: [Stranger] = [
  Stranger("Fleet", block: "currency: USD", indent: 0),
  Stranger("ReviewRules", block: "\nreview:", indent: 2),
  Stranger("Service", block: "  - name: frontend", indent: 4),
  Stranger("ScalingRules", block: "    scaling:", indent: 6),
  Stranger("MetricCondition", flow: "scale_out:\n        - {"),
  Stranger("ScalingPolicy", block: "      - name: FrontendScalingPolicy", indent: 8),
  Stranger("ScalingStep", flow: "steps:\n          - {"),
  Stranger("ScheduledAction", block: "      - name: ScheduledScalingDown", indent: 8),
  Stranger("Limit", flow: "limits:\n      - {"),
  Stranger("Threshold", block: "thresholds:\n      - metric: requests_per_second", indent: 8),
  Stranger("SpotRules", flow: "spot: {"),
  Stranger("GlobalRules", block: "\nglobal:", indent: 2),
  Stranger("PurchasePolicy", block: "\npurchase:", indent: 2),
  Stranger("Claims", block: "\nclaims:", indent: 2),
  Stranger("DatabaseRules", block: "    database:", indent: 6),
  Stranger("ClusterRules", block: "    cluster:", indent: 6),
  Stranger("UserType", block: "  - name: casual", indent: 4),
  Stranger("Charge", block: "  - name: Load balancer hours", indent: 4),
  Stranger("ChargeQuantity", flow: "quantity: {"),
  Stranger("ReservedBaseline", flow: "reserved_baseline:\n    - {"),
  Stranger("LoadTest", block: "  - name: baseline", indent: 4),
  Stranger("LoadStage", flow: "{ percent_of_capacity: 25,"),
  Stranger("AlertRule", block: "\nalerts:\n  - name: DatabaseCpuHighUtilization", indent: 4),
  Stranger("ConsumptionClaim", block: "expected_consumption:\n    - service: frontend", indent: 6),
  Stranger("CapacityClaim", flow: "at:\n        - {"),
  Stranger("AllocationClaim", block: "      users: 500", indent: 6),
  Stranger("AllocationRow", flow: "rows:\n        - {"),
  // What Sketchy Chain does not say.
  Stranger("ExchangeRate", top: "exchange_rates: [{ from: 2026-10-01, per_usd: 0.9 }]"),
  Stranger("Outlook", top: "outlook: { growth_percent_a_year: 5 }"),
  Stranger("Discounts", top: "discounts: { percent: 5 }"),
  Stranger("MetricRule", top: "metrics: {load: { skip: true }}"),
  Stranger("LabelRule", top: "labels: { service: [app] }"),
  Stranger("Ladder", behind: "\npurchase:\n", adds: "  ladder: { qqqqqqqqqqqq: 1, tranches: 2, months_apart: 3 }\n"),
]
