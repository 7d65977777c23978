import Analysis
import Model
import TestSupport

@testable import Advice

/// An account of several services in October, ready for advice on what it buys. Demand is taken as certain.
struct AccountStudy {
  var services: [Service] = []
  var runs: [InstanceRun] = []
  var commitments: [PricedCommitment] = []
  var savingsPlans: [HeldSavingsPlan] = []
  var series: [Series] = []
  var prices = PriceBook.few
  var purchase = PurchasePolicy()
  var outlook = certain
  let grid = SampleGrid(period: october, stepSeconds: 3600)

  var plan: FleetPlan {
    var plan = FleetPlan(runs: runs, commitments: commitments)
    plan.savingsPlans = savingsPlans
    return plan
  }

  func context() throws(DataError) -> AdviceContext {
    let fleet = tinyFleet(services) {
      $0.purchase = purchase
      $0.outlook = outlook
    }
    let engine = tinyEngine(fleet, try Catalogue(prices), series, inventory: runs)
    return AdviceContext(engine: engine, grid: grid, clock: LocalClock(identifier: "UTC")!)
  }

  func advice() throws(DataError) -> AccountProposal { try PurchaseMix().advise(on: plan, context()) }

  func account() throws(DataError) -> AccountPurchase { try AccountPurchase(of: plan, context()) }

  /// What is proposed, without the comparison of rules, which takes longest.
  private func proposals() throws(DataError) -> [Proposal] {
    try PurchaseMix().advise(on: plan, comparing: false, context()).proposals
  }

  /// The verdict on a pool or a plan; nil where there is none.
  func verdict(_ pool: String) throws(DataError) -> Verdict? {
    try proposals().map(\.verdict).first { $0.subject.name == pool }
  }

  /// The plan as the advice leaves it.
  func planAfter() throws(DataError) -> FleetPlan {
    var plan = plan
    let context = try context()
    for change in try proposals().flatMap(\.verdict.changes) { _ = try change.change.apply(to: &plan, context) }
    return plan
  }

  /// Adds a service of instances that run all month.
  mutating func add(
    _ count: Int, _ type: String, of name: String, zone: String = "us-east-1a", engine: String = "linux",
    _ change: (inout Service) -> Void = { _ in }
  ) {
    services.append(
      tinyService(name, [type]) {
        $0.engine = engine
        change(&$0)
      })
    runs += TestSupport.runs(count, of: name, type, october, zone: zone)
  }

  /// Adds a service of which so many instances run in some hours of each day.
  mutating func add(_ count: Int, _ type: String, of name: String, hours: Range<Int>) {
    services.append(tinyService(name, [type]))
    for day in 0..<31 {
      let midnight = october.start.advanced(by: Int64(day) * 86_400)
      let part = Period(
        start: midnight.advanced(by: Int64(hours.lowerBound) * 3600),
        end: midnight.advanced(by: Int64(hours.upperBound) * 3600))
      for index in 0..<count { runs.append(run("\(name)-\(day)-\(index)", of: name, type, part)) }
    }
  }

  /// The same of one service alone.
  func alone(_ name: String) -> AccountStudy {
    var study = self
    study.services = services.filter { $0.name == name }
    study.runs = runs.filter { $0.service == name }
    return study
  }
}
