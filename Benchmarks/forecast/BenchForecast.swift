// What `make bench-forecast` runs within a process of Swift; `Benchmarks/forecast.sh` runs it and README.md explains it.
//
//   bench-forecast month-ends FIRST COUNT    how often month ends lie in their intervals, of histories of so many seeds

import Analysis
import Model

@main
enum BenchForecast {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count == 3, arguments[0] == "month-ends", let first = Int(arguments[1]),
      let count = Int(arguments[2]), count > 0
    else { fatalError("usage: bench-forecast month-ends FIRST COUNT") }
    let histories = (first..<first + count).map { CostHistory(seed: $0) }
    print("| forecast on day 10 | known | months | within 80 % | width | median error | within 95 % | width |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    var all: [[MonthEnd]] = [[], []]
    for (index, title) in ["rest of the month", "month after"].enumerated() {
      for month in CostHistory.months.indices.dropLast(index) {
        let ends = histories.concurrentMap { MonthEnd($0, month: month, after: index) }.compactMap { $0 }
        all[index] += ends
        MonthEnd.print(title, "\(CostHistory.months[..<month].reduce(10, +))", ends)
      }
    }
    MonthEnd.print("**all rests**", "", all[0])
    MonthEnd.print("**all months after**", "", all[1])
  }
}
