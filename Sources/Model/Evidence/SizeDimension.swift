/// What an instance may be too small in.
package enum SizeDimension: Hashable, Sendable {
  case cpu
  case memory
  /// What a database holds in a cache of its own.
  case cache
  case network
  case ebs
  case iops
  /// A metric of which the fleet file says how much one instance may carry: connections, requests.
  case metric(Metric)
}

/// How much of a dimension one instance carries.
package struct CapacityDimension: Hashable, Sendable {
  package var dimension: SizeDimension
  /// What one instance may carry.
  package var perInstance: Double
  /// What one instance carries with nothing to spare.
  package var atMost: Double

  package init(_ dimension: SizeDimension, perInstance: Double, atMost: Double) {
    self.dimension = dimension
    self.perInstance = perInstance
    self.atMost = atMost
  }
}

/// What says how many instances are needed.
package enum CountBinding: Hashable, Sendable {
  case dimension(SizeDimension)
  /// What is left after the loss of an availability zone must carry all of the load.
  case zoneLoss
  /// Never fewer run, whatever the load.
  case minimum(Int)
}
