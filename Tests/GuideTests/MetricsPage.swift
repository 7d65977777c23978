@testable import Ingest
import Model

/// The metrics that analysis knows, and the names of other makers that become them by themselves.
enum MetricsPage {
  static var page: String {
    let rows = Metric.allCases.map { metric in
      let others = builtInNames.filter { $0.value.metric == metric }.keys.sorted().map { "`\($0)`" }
      let cells = [place(metric), range(metric), others.joined(separator: ", ")]
      return "| `\(metric.rawValue)` | \(cells.joined(separator: " | ")) |"
    }
    return stamp("`Metric.allCases` and `builtInNames`") + """
      # Metrics

      The metrics that analysis knows, the unit in the name; any other is kept and left alone. A name of another maker that
      is not here is [mapped](names-and-units.md).

      | metric | measured on | values | becomes it by itself |
      |---|---|---|---|
      \(rows.joined(separator: "\n"))

      Of \(builtInNamesOfNoUnit.sorted().map { "`\($0)`" }.joined(separator: " and ")) some makers mean percent and others a
      ratio: where no value of a file is above 1, its unit is asked for.

      A value out of range, or of a time that has not come yet (a day from now and more), is counted on import, or
      refused with `--strict`; the store keeps it as it was measured. Answers take
      CPU and memory above 100 % for 100, CPU below 0 for 0, and leave out other values beyond what nothing reaches, negative
      ones but where a charge takes something back, and memory of 0 %, which no running machine uses; reviews and bills say
      how many.

      """
  }

  /// What a metric can have, as an import judges it.
  private static func range(_ metric: Metric) -> String {
    guard metric.isAmount else { return "any" }
    return MeasuredUnit.of(metric)?.quantity == .share ? "0 to 100" : "0 to 10^\(Metric.mostAmountExponent)"
  }

  private static func place(_ metric: Metric) -> String {
    if metric == .concurrentUsers { return "service `users`, the resource being the user type" }
    return metric.isPerInstance ? "each instance" : "the service"
  }
}
