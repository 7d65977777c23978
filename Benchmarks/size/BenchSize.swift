// What `make bench-size` runs within a process of Swift; `Benchmarks/size.sh` runs it and README.md explains it.
//
//   bench-size recommend FOLDER MODE RISK    a capacity for each series and day, as CSV for rightsize_bench.py
//   bench-size held-out TRACES FOLDER        other recorded series, written as rightsize_bench.py reads them
//   bench-size scaled DATA FOLDER            the series of DATA three times, at other places on the ladder of sizes
//   bench-size speed                         problems of sizing a second

import Advice
import Solvers
import Model

@main
enum BenchSize {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch (arguments.first, arguments.count) {
    case ("recommend", 4):
      guard let risk = CapacityRisk(rawValue: arguments[3]) else { fatalError("a risk: bold, expected or cautious") }
      try Recommendations.print(for: arguments[1], isRolling: arguments[2] == "rolling", risk)
    case ("held-out", 3): try HeldOut.write(from: arguments[1], to: arguments[2])
    case ("scaled", 3): try HeldOut.scale(from: arguments[1], to: arguments[2])
    case ("speed", 1): try SizingSpeed.print()
    default:
      fatalError("usage: bench-size recommend FOLDER MODE RISK | held-out TRACES FOLDER | scaled DATA FOLDER | speed")
    }
  }
}
