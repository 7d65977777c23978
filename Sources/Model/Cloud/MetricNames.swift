/// What a cloud calls metrics, in what scales by them.
package protocol MetricNames: Sendable {
  /// What a metric of a group is published as.
  /// - Parameter following: how a policy goes by it; some metrics are known to some kinds by names of their own.
  func source(of metric: Metric, following kind: ScalingPolicy.Kind) -> MetricSource
}
