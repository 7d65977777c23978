import Foundation
import Model
import TestSupport
import Testing

@testable import Analytics

@Suite struct UnmatchedInReviewTests {
  @Test("A review says of which names nothing was looked at, and a fleet file that names no services misses none")
  func review() throws {
    let own = try OwnFleetStore()
    try own.importFleet(support: "10")
    let strange = "timestamp,service,resource,metric,value\n2026-10-02T00:00:00Z,web,10.0.0.5:9100,cpu_percent,20\n"
    _ = try own.importer.importFile(try own.write("strange.csv", strange), as: .utilisation)
    let names = try Workspace(store: own.store).review(month: "2026-10").unmatched
    let stranger = try #require(names.first { $0.kind == .samplesWithoutInstance })
    #expect(stranger.service == "web" && stranger.names == ["10.0.0.5:9100"])
    _ = try own.importer.importFleet(try own.write("least.yaml", "name: x\n"))
    let least = try Workspace(store: own.store).review(month: "2026-10").unmatched
    #expect(!least.contains { $0.kind == .serviceOutsideFleet })
  }
}
