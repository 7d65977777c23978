import Analysis
import Model
import TestSupport
import Testing

@testable import Advice

/// What is bought for one service beside what others hold and buy.
@Suite struct PurchaseOrderTests {
  @Test("What another service buys by the same advice, or holds for instances of its own, does not cover this one")
  func others() throws {
    for isPlanned in [true, false] {
      var study = purchaseStudy(hours: [744])
      study.runs += runs(1, of: "db", "m5.xlarge", october)
      var held = commitment("db", 1, "m5.xlarge", at: "0.1152", of: "db")
      held.isPlanned = isPlanned
      study.commitments = [held]
      let verdict = try study.advice(PurchaseMix()).verdict
      #expect(verdict.conclusion == .change && verdict.changes.count == 1, "\(isPlanned)")
    }
  }

  @Test("The order of services changes no purchase", arguments: 0..<24)
  func order(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let types = ["m5.large", "m5.xlarge", "m5.2xlarge"]
    let services = (0..<3).map { index in tinyService("s\(index)", [types.randomElement(using: &random)!]) }
    var running: [InstanceRun] = []
    var held: [PricedCommitment] = []
    for service in services {
      for var run in runs(random.number(1...3), of: service.name, service.initialType, october) {
        run.stopped = october.start.advanced(by: Int64(random.number(300...744)) * 3600)
        running.append(run)
      }
      if random.coin() {
        held.append(
          commitment("held-\(service.name)", 1, types.randomElement(using: &random)!, at: "0.05", of: service.name))
      }
    }
    let orders = [[0, 1, 2], [2, 1, 0], [1, 0, 2]]
    let changes = try orders.map { order in
      let bought = try purchases(order.map { services[$0] }, running, held)
      return Dictionary(uniqueKeysWithValues: bought)
    }
    #expect(changes[1] == changes[0] && changes[2] == changes[0])
  }

  /// What each service is advised to buy, each on the plan that the advice before it leaves.
  private func purchases(
    _ services: [Service], _ running: [InstanceRun], _ held: [PricedCommitment]
  ) throws -> [(String, [Change])] {
    let fleet = tinyFleet(services) { $0.outlook = certain }
    let engine = tinyEngine(fleet, try Catalogue(PriceBook.few), inventory: running)
    let context = AdviceContext(
      engine: engine, grid: SampleGrid(period: october, stepSeconds: 3600), clock: LocalClock(identifier: "UTC")!)
    var plan = FleetPlan(runs: running, commitments: held)
    return try services.map { service in
      let verdict = try PurchaseMix().advise(service, plan: plan, context).verdict
      for change in verdict.changes { _ = try change.change.apply(to: &plan, context) }
      return (service.name, verdict.changes)
    }
  }
}
