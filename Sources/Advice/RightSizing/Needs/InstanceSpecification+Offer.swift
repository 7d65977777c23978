import Model

extension InstanceSpecification {
  /// What it offers a service in a dimension, before any headroom; nil where the price book does not say, or where it
  /// is the same whatever the type.
  ///
  /// - Parameter speed: what one of its vCPUs does, beside one of those that were measured.
  func offer(_ dimension: SizeDimension, to service: Service, speed: Double) -> Double? {
    switch dimension {
    case .cpu: Double(vcpu) * speed
    case .memory: memoryGiB
    case .cache: service.database?.cache?.cacheGiB(ofMemoryGiB: memoryGiB)
    case .network: networkBaselineMbps.map(Double.init)
    case .ebs: ebsBaselineMbps.map(Double.init)
    case .iops: ebsBaselineIOPS.map(Double.init)
    case .metric(let metric):
      metric == .connections && service.limit(for: metric)?.perGib == true
        ? service.connectionsPerGiB.map { $0 * memoryGiB }
        : service.limit(for: metric).flatMap { $0.perInstance ? Double($0.value) : nil }
    }
  }
}

extension Service {
  /// Connections for each GiB of an instance's memory, up to the scaling trigger on their share; nil without such a limit.
  fileprivate var connectionsPerGiB: Double? {
    guard let limit = limit(for: .connections), limit.perGib == true else { return nil }
    return Double(limit.value) * connectionsTriggerPercent / 100
  }

  /// The share of the limit on connections at which the service scales; all of it where no threshold says so.
  var connectionsTriggerPercent: Double {
    let trigger = thresholds.first { $0.metric == .connections }?.scaling
    guard case .percentOf? = trigger?.basis, let percent = trigger?.limit(for: .connections) else { return 100 }
    return percent
  }
}
