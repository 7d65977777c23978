import Advice
import Model

extension CapacityStudy {
  /// How often what is said of each component is too little on what it was not learned on, in the fleet's order.
  func backtests() throws(DataError) -> (judged: [CapacityBacktest], unjudged: [(service: String, reason: String)]) {
    let plan = try study.asRun()
    let services = models.map(\.service)
    let found = try services.concurrentMap { [self] service throws(DataError) in
      try study.context.capacityBacktest(of: service, in: plan)
    }
    var judged: [CapacityBacktest] = []
    var unjudged: [(service: String, reason: String)] = []
    for (service, result) in zip(services, found) {
      switch result {
      case .success(let backtest): judged.append(backtest)
      case .failure(let gap): unjudged.append((service.name, gap.reason))
      }
    }
    return (judged, unjudged)
  }
}
