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

  @Test("A study has the samples of the month, of the month before, and of the days that right-sizing looks back to")
  func lookback() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "plimsoll-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = folder.appending(path: "store.sqlite").path
    let importer = try Importer(store: store)
    for (file, kind) in [
      ("datasets/sketchy-chain/fleet.yaml", ImportKind.fleet), ("datasets/sketchy-chain/inventory.csv", .inventory),
      ("pricing/aws/ec2-specifications.csv", .prices), ("pricing/aws/elasticache-specifications.csv", .prices),
    ] {
      _ = try importer.importFile(packageFolder.appending(path: file).path, as: kind)
    }
    let samples = folder.appending(path: "samples.csv")
    // October ends at 2026-11-01T04:00:00Z in New York; 62 days before is 2026-08-31T04:00:00Z.
    let text = """
      timestamp,service,resource,metric,value
      2026-08-31T03:55:00Z,edge,,calls,1
      2026-08-31T04:00:00Z,edge,,calls,2
      2026-09-01T04:00:00Z,edge,,calls,3

      """
    try Data(text.utf8).write(to: samples)
    _ = try importer.importFile(samples.path, as: .utilisation)
    let workspace = try Workspace(store: store)
    let key = SeriesKey(service: "edge", metric: .calls)
    for (days, count) in [(nil, 1), (1, 1), (61, 1), (62, 2), (63, 3)] {
      let study = try workspace.asking(SizingQuestion(lookbackDays: days)).study(month: "2026-10")
      #expect(try study.inputs.history[key]?.count == count, "\(days ?? 0) days")
    }
    #expect(workspace.fleet.review.lookbackDays == nil)
  }

  @Test("A what-if reads the prices of types in question, and all of them for a type that is not")
  func typesInQuestion() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "plimsoll-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = folder.appending(path: "store.sqlite").path
    let importer = try Importer(store: store)
    try importer.importDataset(packageFolder.appending(path: "datasets/sketchy-chain").path) { _ in }
    for file in ["ec2-on-demand", "ec2-specifications", "ec2-reserved", "ec2-spot-advisor", "services", "llm-tokens"]
      + ["elasticache-on-demand", "elasticache-reserved", "elasticache-specifications", "ec2-performance"]
    {
      _ = try importer.importFile(packageFolder.appending(path: "pricing/aws/\(file).csv").path, as: .prices)
    }
    let workspace = try Workspace(store: store)
    let few = try workspace.study(month: "2026-10", prices: .ofTypesInQuestion)
    let all = try workspace.study(month: "2026-10")
    #expect(few.inputs.catalogue.specificationIfKnown("m7i.large") == nil)
    #expect(all.inputs.catalogue.specificationIfKnown("m7i.large") != nil)
    #expect(try few.outcome(Scenario()).bill == all.outcome(Scenario()).bill)
    // m7i.large is nobody's type: the question is asked again with all prices, and billed.
    var question = WhatIfQuestion()
    question.scenario = Scenario([Change(Resize(service: "api", type: "m7i.large"))])
    let bill = try workspace.whatIf(question, month: "2026-10").costAfter
    #expect(try bill == all.outcome(question.scenario).bill.total)
    // An error names the nearest of all types.
    question.scenario = Scenario([Change(Resize(service: "api", type: "m7i.largo"))])
    let error = #expect(throws: DataError.self) { try workspace.whatIf(question, month: "2026-10") }
    #expect(error?.description.contains("m7i.large") == true)
  }

  @Test("A percentile that is asked for asks for the percentile rule, a risk for the expected loss")
  func rules() throws {
    var rules = tinyFleet([]).review
    rules.risk = .bold
    let percentile = try SizingQuestion(percentile: ScaledDecimal("95"), cpuHeadroomPercent: 0).applied(to: rules)
    #expect(percentile.risk == nil && percentile.percentile == ScaledDecimal("95"))
    #expect(percentile.cpuHeadroomPercent == 0 && percentile.memoryHeadroomPercent == 20)
    let risk = try SizingQuestion(halfLifeDays: 7, risk: .cautious, candidates: "catalogue").applied(to: rules)
    #expect(risk.risk == .cautious && risk.halfLifeDays == 7 && risk.candidates == .catalogue)
    #expect(try SizingQuestion().applied(to: rules).risk == .bold)
    // Headroom is of the percentile rule too, and what is not asked for leaves the default.
    #expect(try SizingQuestion(cpuHeadroomPercent: 30).applied(to: rules).cpuRisk == nil)
    #expect(try SizingQuestion(lookbackDays: 7).applied(to: ReviewRules()).cpuRisk == .expected)
  }

  @Test("An inventory without samples answers for a month that is named, and asks for one where none is")
  func inventoryAlone() throws {
    let store = try OwnFleetStore(users: [])
    try store.importFleet(support: "10")
    let error = try #require(throws: DataError.self) { try store.workspace().cost(month: nil) }
    #expect(error.kind == .usage && error.place.parameter == .month && error.expected == "a month such as 2026-10")
    // 744 hours at 0.636, and 10 of support.
    #expect(try store.cost("2026-10") == usd("483.184"))
  }
}
