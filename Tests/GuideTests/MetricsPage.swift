@testable import Ingest
import Model

/// The metrics that analysis knows, and the names of other makers that become them by themselves.
enum MetricsPage {
  static var page: String {
    let rows = Metric.allCases.map { metric in
      let others = builtInNames.filter { $0.value.metric == metric }.keys.sorted().map { "`\($0)`" }
      return "| `\(metric.rawValue)` | \(place(metric)) | \(others.joined(separator: ", ")) |"
    }
    return stamp("`Metric.allCases` and `builtInNames`") + """
      # Metrics

      The metrics that analysis knows, the unit in the name; any other is kept and left alone. A name of another maker that
      is not here is [mapped](names-and-units.md).

      | metric | measured on | becomes it by itself |
      |---|---|---|
      \(rows.joined(separator: "\n"))

      Of \(builtInNamesOfNoUnit.sorted().map { "`\($0)`" }.joined(separator: " and ")) some makers mean percent and others a
      ratio: where no value of a file is above 1, its unit is asked for.

      """
  }

  private static func place(_ metric: Metric) -> String {
    if metric == .concurrentUsers { return "service `users`, the resource being the user type" }
    return metric.isPerInstance ? "each instance" : "the service"
  }
}
