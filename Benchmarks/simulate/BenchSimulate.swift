// What `make bench-simulate` runs within a process of Swift; `Benchmarks/simulate.sh` runs it and README.md explains it.
//
//   bench-simulate year FILE    the replay of the first problem of FILE, beside a bare loop over the same load

import Analytics
import Foundation
import Solvers

@main
enum BenchSimulate {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count == 2, arguments[0] == "year" else { fatalError("usage: bench-simulate year FILE") }
    let problem = try replayProblems(from: arguments[1])[0]
    var events = 0
    let ours = try times { events = try ReplayRun.solve(problem).events.count }
    let load = problem.loads[problem.work.load].values
    var changes = 0
    let bare = times { changes = BareLoop.changes(over: load, service: problem.service) }
    print("\(load.count) ticks replayed: least of 21 \(ours[0]), median \(ours[10]), \(events) events; bar 20 ms")
    print("a bare loop, without launching, warming, draining, fractions: \(bare[0]), \(bare[10]), \(changes) changes")
    // The least, so that what else the machine does is not held against it.
    guard ours[0] < .milliseconds(20) else { exit(1) }
  }

  /// Of 21 runs, after 3 that do not count; the least first.
  private static func times(_ body: () throws -> Void) rethrows -> [Duration] {
    let clock = ContinuousClock()
    var times: [Duration] = []
    for run in 0..<24 {
      let time = try clock.measure(body)
      if run >= 3 { times.append(time) }
    }
    return times.sorted()
  }
}

/// Target tracking as one would write it down: 60 %, three ticks above it, fifteen below 90 % of it.
enum BareLoop {
  static func changes(over load: [Int], service: ReplayService) -> Int {
    var (capacity, above, below, changes) = (service.initial, 0, 0, 0)
    var record: [Int32] = []
    record.reserveCapacity(load.count)
    for value in load {
      let percent = value / (1000 * capacity)
      above = percent > 60 ? above + 1 : 0
      below = percent < 54 ? below + 1 : 0
      if above >= 3 || below >= 15 {
        let wanted = min(max((capacity * percent + 59) / 60, service.minimum), service.maximum)
        if wanted != capacity { changes += 1 }
        capacity = wanted
      }
      record.append(Int32(truncatingIfNeeded: capacity))
    }
    return record.count == load.count ? changes : 0
  }
}
