import Advice
import Model

extension UnjudgedReason {
  /// Why a condition was not judged, as it stands behind a colon.
  var words: String {
    switch self {
    case .notMeasured: "not measured"
    case .noLimit(let metric): "no limit on \(metric.rawValue) is stated"
    case .statistic(let asked, let measured): "asks for \(asked.words), the metric is \(measured.words)"
    case .noPlace: "global.measured_at names no service"
    case .notOfTheFleet: "is of each instance, the fleet has none of its own"
    case .unit: "its unit is none of the metric's"
    }
  }
}

extension Condition.Statistic {
  fileprivate var words: String {
    switch self {
    case .p95: "the 95th percentile"
    case .average: "an average"
    }
  }
}

extension Metric.Statistic {
  fileprivate var words: String {
    switch self {
    case .p95: "a 95th percentile"
    case .average: "an average"
    case .maximum: "a maximum"
    }
  }
}
