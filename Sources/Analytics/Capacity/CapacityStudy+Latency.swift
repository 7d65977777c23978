import Advice
import Analysis
import Model

/// At which utilisation a component's latency breaks.
package struct ComponentLatency: Sendable {
  package var service: String
  package var curve: Result<LatencyCurve, LatencyGap>
  /// The critical limit of its threshold table, in milliseconds; nil where it has none.
  package var critical: Double?
}

extension CapacityStudy {
  /// Of each service whose instances share their work, in the fleet's order.
  func latencies() throws(DataError) -> [ComponentLatency] {
    let shared = study.fleet.services.filter { $0.approach != .single }
    return try shared.concurrentMap { [self] service throws(DataError) in
      let critical = service.thresholds.first { $0.metric == .latencyP95Milliseconds }?.critical
      return ComponentLatency(
        service: service.name, curve: try curve(of: service),
        critical: critical.flatMap { $0.comparison == .above ? $0.limit(for: .latencyP95Milliseconds) : nil })
    }
  }

  private func curve(of service: Service) throws(DataError) -> Result<LatencyCurve, LatencyGap> {
    let context = study.context
    let key = SeriesKey(service: service.name, metric: .latencyP95Milliseconds)
    guard let latency = try context.history.series(key, in: study.period)?.aligned(to: context.grid) else {
      return .failure(.notMeasured)
    }
    let runs = context.inventory[service.name]
    let sums = try totalOfInstances(
      .cpuPercent, of: service.name, runs: runs, history: context.history, grid: context.grid)
    let running = runningCounts(runs, on: context.grid)
    let points = (0..<context.grid.count).compactMap { slot -> (utilisation: Double, latency: Double)? in
      guard let sum = sums[slot], let own = latency[slot], running[slot] > 0 else { return nil }
      return (sum / Double(running[slot]) / 100, own)
    }
    guard !points.isEmpty else { return .failure(.notMeasured) }
    do throws(LatencyGap) { return .success(try LatencyCurve(points)) } catch { return .failure(error) }
  }
}
