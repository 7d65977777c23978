import Foundation
import Model
import TestSupport
import Testing

@testable import Analytics

@Suite struct WorkspaceTests {
  @Test("A study has the spot history of the types that may be bought as spot, and of no other")
  func spotHistory() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "plimsoll-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = folder.appending(path: "store.sqlite").path
    let importer = try Importer(store: store)
    for (file, kind) in [
      ("datasets/sketchy-chain/fleet.yaml", ImportKind.fleet), ("datasets/sketchy-chain/inventory.csv", .inventory),
      ("pricing/aws/ec2-specifications.csv", .prices), ("pricing/aws/elasticache-specifications.csv", .prices),
      ("pricing/aws/ec2-spot-prices.csv", .spot),
    ] {
      _ = try importer.importFile(packageFolder.appending(path: file).path, as: kind)
    }
    let catalogue = try Workspace(store: store).study(month: "2026-10").inputs.catalogue
    // The worker alone is interruptible; it runs on c5 types, the frontend on t3, and the file has history of both.
    #expect(
      catalogue.spotZones(kind("c5.large"), before: .lastDay)
        == ["use1-az1", "use1-az2", "use1-az4", "use1-az5", "use1-az6"])
    #expect(catalogue.spotZones(kind("t3.medium"), before: .lastDay) == [])
  }

  @Test("A percentile that is asked for asks for the percentile rule, a risk for the expected loss")
  func rules() throws {
    var rules = tinyFleet([]).review
    rules.risk = .bold
    let percentile = try SizingQuestion(percentile: ScaledDecimal("95"), cpuHeadroomPercent: 0).applied(to: rules)
    #expect(percentile.risk == nil && percentile.percentile == ScaledDecimal("95"))
    #expect(percentile.cpuHeadroomPercent == 0 && percentile.memoryHeadroomPercent == 20)
    let risk = try SizingQuestion(halfLifeDays: 7, risk: .cautious, candidates: .catalogue).applied(to: rules)
    #expect(risk.risk == .cautious && risk.halfLifeDays == 7 && risk.candidates == .catalogue)
    #expect(try SizingQuestion().applied(to: rules).risk == .bold)
  }
}
