import Advice
import Foundation
import Ingest
import Model
import TestSupport
import Testing

@testable import Analytics

/// The rules of `check`, by their own examples and by the shipped fleet file.
@Suite struct CheckTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let shipped = Result {
    try String(contentsOf: folder.appending(path: "datasets/sketchy-chain/fleet.yaml"), encoding: .utf8)
  }

  private func check(_ text: String) throws -> FleetCheck {
    try FleetCheck(CheckFacts(try readFleet(text: text, file: "fleet.yaml"), catalogue: try catalogue()))
  }

  @Test("Of its contradictory example each rule finds something, of its consistent one nothing")
  func examples() throws {
    for rule in checkRules {
      guard let examples = rule.examples else { continue }
      #expect(try check(examples.contradictory).findings.contains { $0.rule == rule.id }, "\(rule.id)")
      #expect(try check(examples.consistent).findings.filter { $0.rule == rule.id } == [], "\(rule.id)")
    }
  }

  @Test("Every file of rules has its rule in the list, each with an id of its own; what has no examples asks history")
  func list() throws {
    let rules = Self.folder.appending(path: "Sources/Advice/FleetCheck/Rules")
    let files = try FileManager.default.contentsOfDirectory(atPath: rules.path)
    #expect(files.count == checkRules.count)
    #expect(Set(checkRules.map(\.id)).count == checkRules.count)
    #expect(
      checkRules.filter { $0.examples == nil }.map(\.id) == [
        "trigger-behind-limit", "trigger-never-acts", "claim-refuted",
      ])
  }

  @Test("A finding names at least two places of the file, what is wrong first, with their lines")
  func places() throws {
    let fleet = try readFleet(text: try Self.shipped.get(), file: "fleet.yaml")
    let document = try #require(fleet.document)
    let lines = try Self.shipped.get().split(separator: "\n", omittingEmptySubsequences: false)
    let found = try check(try Self.shipped.get()).findings
    for finding in found { #expect(finding.places.count >= 2, "\(finding.rule)") }
    let ceiling = try #require(found.first { $0.rule == "type-beyond-ceiling" })
    let line = try #require(document.line(of: ceiling.places[0].path))
    #expect(lines[line - 1].contains("maximum_type: m5.2xlarge"))
    #expect(ceiling.places[1].path.description == "claims.expected_consumption[4].at[2].type")
  }

  @Test("The strategy's contradictions are found, each with its arithmetic")
  func strategy() throws {
    let found = try check(try Self.shipped.get()).findings
    // What the document says: at most 10, 8, 12 and 20 instances; up to 15+, 12, 15 and 25 are needed. m5.2xlarge is the
    // ceiling, m5.4xlarge is needed. 1,000 users of 50 MB are 50 x 10^9 / 2^30 = 46.57 GiB, three cache.m5.xlarge of
    // 12.93 GiB less a quarter have 29.09. 1,000 x 2 requests a second are more than 6 x 300. 3 min are less than 5.
    let wanted: [(rule: String, service: String, arithmetic: String)] = [
      ("maximum-below-need", "frontend", "15+ - 10 = 5+ too few at 50,000 users"),
      ("maximum-below-need", "websocket", "8-12 - 8 = 0-4 too few at 10,000 users"),
      ("maximum-below-need", "api", "10-15 - 12 = 0-3 too few at 10,000 users"),
      ("maximum-below-need", "worker", "15-25 - 20 = 0-5 too few at 10,000 users"),
      (
        "memory-beyond-instances", "cache",
        "at 1,000 users 1,000 x 50 MB = 46.57 GiB against 3 x 12.93 GiB x 75 % = 29.09 GiB of cache.m5.xlarge"
      ),
      ("load-beyond-instances", "api", "at 1,000 users 1,000 x 2 = 2,000 against 4-6 x 300 = 1,200-1,800"),
      ("capacity-beyond-maximum", "api", "2,400 x 2 = 4,800 against 12 x 300 = 3,600"),
      (
        "type-beyond-ceiling", "database",
        "m5.4xlarge stands behind m5.2xlarge in the list of its types, smallest first"
      ),
      ("cooldown-below-launch", "worker", "5min + 0s - 3min = 2min in which it adds again for the same load"),
      ("schedule-against-load", "websocket", "2 from 19:00 or 20:00, 4 from 07:00 or 08:00 on the fleet's clock"),
      ("scale-ins-disagree", "frontend", "90 % of its target 70.0 = 63, which is 2.1 times 30"),
      // The greediest type makes 50 calls in 60 minutes.
      ("sessions-against-load", "api", "50 in 60 min = 0.0139 a second; at 2 they would be over in 25 s"),
      ("baseline-against-minimum", "cache", "3 - 2 = 1 always run on demand"),
      ("alert-severity", "database", "> 30s for 5min against scaling > 30s"),
    ]
    for want in wanted {
      let isFound = found.contains {
        $0.rule == want.rule && $0.service == want.service && $0.arithmetic.contains(want.arithmetic)
      }
      #expect(isFound, "\(want.rule) of \(want.service)")
    }
    // Pools are not among them: 12 x 50 = 600 connections of 5,000.
    #expect(!found.contains { $0.rule == "pool-beyond-limit" })
  }

  @Test("A corrected copy of the fleet file contradicts nothing")
  func corrected() throws {
    let check = try check(try correctedFleet(try Self.shipped.get()))
    #expect(check.findings.map { "\($0.rule) of \($0.service): \($0.arithmetic)" } == [])
    #expect(!check.isContradictory)
  }

  @Test("Renaming every service changes no finding")
  func renamed() throws {
    let fleet = try readFleet(text: try Self.shipped.get(), file: "fleet.yaml")
    let new = Dictionary(
      fleet.services.enumerated().map { ($1.name, "svc\(97 - $0 * 13)x") }, uniquingKeysWith: { first, _ in first })
    var other = fleet
    other.rename(new)
    let catalogue = try catalogue()
    let before = try FleetCheck(CheckFacts(fleet, catalogue: catalogue)).findings
    let after = try FleetCheck(CheckFacts(other, catalogue: catalogue)).findings
    func words(_ finding: CheckFinding) -> String {
      "\(finding.rule) \(finding.level) \(finding.statement) \(finding.arithmetic) \(finding.places)"
    }
    #expect(before.map { new[$0.service] ?? "" } == after.map(\.service))
    #expect(before.map(words) == after.map(words))
  }

  @Test("What services and claims stand in another order changes no finding")
  func permuted() throws {
    var fleet = try readFleet(text: try Self.shipped.get(), file: "fleet.yaml")
    let catalogue = try catalogue()
    func words(_ fleet: Fleet) throws -> [String] {
      let found = try FleetCheck(CheckFacts(fleet, catalogue: catalogue)).findings
      return found.map { "\($0.rule) \($0.service) \($0.arithmetic)" }.sorted()
    }
    let before = try words(fleet)
    fleet.services.reverse()
    fleet.claims.expectedConsumption.reverse()
    #expect(try words(fleet) == before)
  }

  @Test("The least fleet file contradicts nothing and claims nothing")
  func least() throws {
    let check = try check("name: shop")
    #expect(check.findings == [] && check.claims == [] && check.unspecified == [])
  }

  @Test("A claim that no history tells about is said not to be measured, and is no finding")
  func withoutHistory() throws {
    let check = try check(try Self.shipped.get())
    #expect(check.claims.count > 20)
    #expect(check.claims.allSatisfy { $0.status == .notMeasured("no history") })
    #expect(!check.findings.contains { $0.rule == "claim-refuted" })
  }
}

extension Fleet {
  /// The same under other names of its services, wherever they stand.
  fileprivate mutating func rename(_ new: [String: String]) {
    func named(_ name: String) -> String { new[name] ?? name }
    for index in services.indices { services[index].name = named(services[index].name) }
    for index in alerts.indices { alerts[index].service = named(alerts[index].service) }
    for index in charges.indices { charges[index].service = named(charges[index].service) }
    for index in purchase.reservedBaseline.indices {
      purchase.reservedBaseline[index].service = named(purchase.reservedBaseline[index].service)
    }
    for index in claims.expectedConsumption.indices {
      claims.expectedConsumption[index].service = named(claims.expectedConsumption[index].service)
    }
    for table in claims.allocations.indices {
      for row in claims.allocations[table].rows.indices {
        claims.allocations[table].rows[row].service = named(claims.allocations[table].rows[row].service)
      }
    }
  }
}
