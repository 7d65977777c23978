import Model

/// What an instance may be too small in.
enum SizeDimension: String, CaseIterable, Sendable {
  case cpu = "CPU"
  case memory
  case cache = "database cache"
  case network
  case ebs = "EBS throughput"
  case iops = "EBS IOPS"
  case connections

  var unit: String {
    switch self {
    case .cpu: "vCPU"
    case .memory, .cache: "GiB"
    case .network, .ebs: "Mbit/s"
    case .iops: "IOPS"
    case .connections: "connections"
    }
  }

  /// Decimals worth printing.
  var decimals: Int {
    switch self {
    case .cpu, .memory, .cache: 2
    case .network, .ebs: 1
    case .iops, .connections: 0
    }
  }

  /// `2.07 vCPU`.
  func words(_ amount: Double) -> String { "\(rounded(amount, decimals)) \(unit)" }
}

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
    case .connections: service.connectionsPerGiB.map { $0 * memoryGiB }
    }
  }
}

extension Service {
  /// Connections for each GiB of an instance's memory, up to the scaling trigger on their share; nil without such a limit.
  fileprivate var connectionsPerGiB: Double? {
    guard let limit = limit(for: .connections), limit.perGib == true else { return nil }
    let trigger = thresholds.first { $0.metric == .connections }?.scaling
    guard case .percentOf? = trigger?.basis, let percent = trigger?.limit(for: .connections) else {
      return Double(limit.value)
    }
    return Double(limit.value) * percent / 100
  }
}
