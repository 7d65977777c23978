import Model
import Solvers

/// What is served in each tick, and what an instance serves of it, both in thousandths: jobs, where they wait in a queue; else
/// CPU beyond what is used without work; where that is not measured, what a limit says of an instance.
struct ServedWork: Sendable {
  /// Where nothing was measured none is taken to come.
  let ticks: [Int]
  /// nil where nothing tells what an instance serves.
  let perInstance: Int?
  let hasQueue: Bool

  init(_ service: Service, _ capacity: InstanceCapacity, _ traffic: ServiceTraffic, hasQueue: Bool) {
    self.hasQueue = hasQueue
    if hasQueue, let rate = capacity.workPerMinute, let jobs = traffic.values[.total(.jobsPerMinute)] {
      let seconds = traffic.grid.stepSeconds
      ticks = jobs.map { Int(clamping: Int128(max(0, $0)) * Int128(seconds) / 60) }
      perInstance = max(1, wholeNumber((rate * Double(seconds) / 60 * 1000).rounded()))
    } else if let cpu = traffic.values[.cpu], capacity.vcpu > 0 {
      let idle: Int = wholeNumber(((capacity.idle[.cpu] ?? 0) * 1000).rounded())
      ticks = cpu.map { max(0, $0) }
      perInstance = max(1, capacity.vcpu * 100_000 - idle)
    } else if let limit = service.limits.first(where: { limit in
      limit.perInstance && limit.value > 0 && traffic.values[.total(limit.metric)] != nil
    }) {
      ticks = (traffic.values[.total(limit.metric)] ?? []).map { max(0, $0) }
      perInstance = min(ReplayProblem.mostPerInstance / 1000, limit.value) * 1000
    } else {
      ticks = [Int](repeating: 0, count: traffic.grid.count)
      perInstance = nil
    }
  }

  /// All that is to be served; nil where nothing tells what an instance serves.
  var offered: Int128? { perInstance.map { _ in ticks.reduce(Int128(0)) { $0 + Int128($1) } } }

  /// The same as a replay takes it.
  /// - Parameter load: the place of ``ticks`` among the loads.
  func replayed(load: Int) -> ReplayWork {
    ReplayWork(load: load, perInstance: perInstance ?? 1, queue: hasQueue ? ReplayWork.Queue() : nil)
  }
}
