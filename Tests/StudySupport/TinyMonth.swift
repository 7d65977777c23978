import Analysis
import Analytics
import Model
import TestSupport

/// October 2026 of a fleet with one service, `app`, whose instances are all day at 30 % CPU and 40 % memory, and one type of
/// user, of whom there are 100. A test changes what it is about.
package struct TinyMonth {
  package var service = tinyService("app", ["m5.large", "m5.xlarge"])
  package var fleet: (inout Fleet) -> Void = { _ in }
  package var runs: [InstanceRun]
  package var commitments: [Commitment] = []
  package var savingsPlans: [HeldSavingsPlan] = []
  package var prices = PriceBook.few
  /// Beside those of ``runs`` and of the users.
  package var series: [Series] = []
  package var asOf: Instant?
  /// Months of instances and users before October.
  package var monthsBefore = 0

  package init(count: Int = 2, _ type: String = "m5.large") {
    runs = TestSupport.runs(count, of: "app", type, october)
  }

  /// - Throws: ``DataError`` as ``Study`` does.
  package func study() throws -> Study {
    let start = monthsBefore == 0 ? october.start : instant("2026-09-01")
    let grid = SampleGrid(period: Period(start: start, end: october.end))
    var running = runs
    if monthsBefore > 0 { for index in running.indices { running[index].started = start } }
    let fleet = tinyFleet([service]) {
      $0.userTypes = [tinyUserType("all")]
      self.fleet(&$0)
    }
    var all = series + [samples("users", "all", .concurrentUsers, on: grid) { _ in 100 }]
    for run in running where !series.contains(where: { $0.key.resource == run.resource }) {
      all.append(samples(run.service, run.resource, .cpuPercent, on: grid) { _ in 30 })
      all.append(samples(run.service, run.resource, .memoryPercent, on: grid) { _ in 40 })
    }
    let inputs = StudyInputs(
      fleet: fleet, catalogue: try Catalogue(prices), history: History(all), inventory: running,
      commitments: commitments, savingsPlans: savingsPlans)
    return try Study(inputs, month: Month("2026-10")!, asOf: asOf)
  }

  package func review() throws -> Review { try Review(try study()) }
}
