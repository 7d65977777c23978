import Model

/// Samples of a month that a metric cannot have, of the series that an answer rests on: they count as the nearest value that
/// can be, or not at all.
package struct ImpossibleSamples: Hashable, Sendable {
  package let service: String
  package let metric: Metric
  /// Of how many instances or other resources they are.
  package let resources: Int
  package let samples: Int
}

extension Study {
  /// What of the samples that were asked for so far cannot be, by service and metric, sorted; empty where all can.
  var impossibleSamples: [ImpossibleSamples] {
    var found: [ImpossibleSamples] = []
    for (key, count) in context.history.impossibleSamples(in: period) {
      let index = found.firstIndex { $0.service == key.service && $0.metric == key.metric }
      let before = index.map { found.remove(at: $0) }
      found.append(
        ImpossibleSamples(
          service: key.service, metric: key.metric, resources: (before?.resources ?? 0) + 1,
          samples: (before?.samples ?? 0) + count))
    }
    return found.sorted { ($0.service, $0.metric.rawValue) < ($1.service, $1.metric.rawValue) }
  }
}
