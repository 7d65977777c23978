import Model

/// The names under which the samples of files were stored, and when they were taken.
package struct MeasuredNames: Hashable, Sendable {
  /// By service, the resources of metrics that each instance has; empty for a service of which there are only others.
  package private(set) var instances: [String: Set<String>] = [:]
  /// Resources of concurrent users.
  package private(set) var userTypes: Set<String> = []
  /// From the first sample to the last; nil without samples.
  package var period: Period?

  package init() {}

  mutating func add(_ series: NamedSeries) {
    let key = series.key
    if series.metric == .concurrentUsers { userTypes.insert(key.resource) }
    var resources: Set<String> = []
    if series.metric.isPerInstance, !key.resource.isEmpty { resources.insert(key.resource) }
    instances[key.service, default: []].formUnion(resources)
  }

  /// Adds those of another file.
  package mutating func add(_ other: MeasuredNames) {
    instances.merge(other.instances) { $0.union($1) }
    userTypes.formUnion(other.userTypes)
    guard let theirs = other.period else { return }
    period = Period(
      start: min(period?.start ?? theirs.start, theirs.start), end: max(period?.end ?? theirs.end, theirs.end))
  }
}
