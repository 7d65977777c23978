import Analysis
import Model
import TestSupport

@testable import Advice

/// A fleet of one service with what ran and what was measured, ready for an adviser.
struct TinyStudy {
  var service: Service
  var runs: [InstanceRun]
  var series: [Series] = []
  var commitments: [PricedCommitment] = []
  var grid: SampleGrid
  var zone = "UTC"
  var prices = PriceBook.few
  var fleet: (inout Fleet) -> Void = { _ in }

  init(_ service: Service, count: Int, _ type: String, on grid: SampleGrid) {
    self.service = service
    self.grid = grid
    runs = TestSupport.runs(count, of: service.name, type, grid.period)
  }

  /// False where nobody states the percentile of the review, so that sizes are chosen by their expected loss.
  var statesPercentile = true

  private func asked(_ fleet: inout Fleet) {
    if statesPercentile { fleet.review.percentile = defaultPercentile }
    self.fleet(&fleet)
  }

  var plan: FleetPlan { FleetPlan(runs: runs, commitments: commitments) }

  func context() throws(DataError) -> AdviceContext {
    let engine = tinyEngine(
      tinyFleet([service], asked), try Catalogue(prices), series, inventory: runs, history: grid.period.start,
      stepSeconds: grid.stepSeconds)
    return AdviceContext(engine: engine, grid: grid, clock: LocalClock(identifier: zone)!)
  }

  /// What is advised of the service; of advice for the account what is advised of its one pool.
  func advice(_ adviser: any Adviser) throws(DataError) -> Proposal {
    if let adviser = adviser as? any ServiceAdviser { return try adviser.advise(service, plan: plan, context()) }
    guard let adviser = adviser as? any AccountAdviser,
      let proposal = try adviser.advise(on: plan, context()).proposals.first
    else { throw DataError(Place(file: "test"), found: "nothing that runs", expected: "a pool") }
    return proposal
  }

  /// What is advised of all that the account buys.
  func account() throws(DataError) -> AccountProposal { try PurchaseMix().advise(on: plan, context()) }

  /// The plan as the advice leaves it.
  func planAfter(_ advice: Proposal) throws(DataError) -> FleetPlan {
    var plan = plan
    let context = try context()
    for change in advice.verdict.changes { _ = try change.change.apply(to: &plan, context) }
    return plan
  }

  /// Adds a series of each instance.
  mutating func measure(_ metric: Metric, scale: Int = 0, _ value: (Int) -> Int64?) {
    for run in runs {
      series.append(samples(service.name, run.resource, metric, on: grid, scale: scale, value))
    }
  }
}
