import Model

/// The names under which the samples of files were stored, and when those of instances were taken.
package struct MeasuredNames: Hashable, Sendable {
  /// By service, the resources of metrics that each instance has; empty for a service of which there are only others.
  package private(set) var instances: [String: Set<String>] = [:]
  /// By service, from the first sample of an instance to the last.
  package private(set) var periods: [String: Period] = [:]
  /// Resources of concurrent users.
  package private(set) var userTypes: Set<String> = []

  package init() {}

  mutating func add(_ series: NamedSeries) {
    let key = series.key
    if series.metric == .concurrentUsers { userTypes.insert(key.resource) }
    var resources: Set<String> = []
    if series.metric.isPerInstance, !key.resource.isEmpty { resources.insert(key.resource) }
    instances[key.service, default: []].formUnion(resources)
  }

  mutating func add(_ period: Period, of service: String) {
    let known = periods[service] ?? period
    periods[service] = Period(start: min(known.start, period.start), end: max(known.end, period.end))
  }

  /// Adds those of another file.
  package mutating func add(_ other: MeasuredNames) {
    instances.merge(other.instances) { $0.union($1) }
    userTypes.formUnion(other.userTypes)
    for (service, period) in other.periods { add(period, of: service) }
  }
}
