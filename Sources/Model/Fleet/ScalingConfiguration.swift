/// What scales, when, and what is watched, as a program that does it is told: of a fleet, or read from a file of that program.
package struct ScalingConfiguration: Sendable {
  /// In the order they were found.
  package var targets: [ScaledTarget] = []
  package var alerts: [AlertExpressionRule] = []
  /// What a file says that cannot be said here.
  package var refused: [RefusedScaling] = []

  package init() {}

  /// Adds what another file says: targets of one name and kind are one.
  package mutating func add(_ other: ScalingConfiguration) {
    var places: [ScaledTarget.Key: Int] = [:]
    for (index, target) in targets.enumerated() where places[target.key] == nil { places[target.key] = index }
    for target in other.targets {
      if let index = places[target.key] {
        targets[index].add(target)
      } else {
        places[target.key] = targets.count
        targets.append(target)
      }
    }
    alerts += other.alerts
    refused += other.refused
  }
}

/// Something whose capacity is changed by itself: a group of machines, a service of containers, a deployment.
package struct ScaledTarget: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// A group of machines.
    case group
    /// What the cloud scales besides, by the cloud's words for the service, for what is counted, and for which one.
    case service(namespace: String, dimension: String, resource: String)
    /// What Kubernetes runs.
    case workload(kind: String, version: String?, namespace: String?)
  }

  package var name: String
  package var kind: Kind
  /// nil where nothing says so.
  package var minimum, maximum, desired: Int?
  package var policies: [ScalingPolicy] = []
  package var actions: [ScheduledAction] = []
  /// The first file that speaks of it; empty for none.
  package var file = ""

  package init(name: String, kind: Kind = .group) {
    self.name = name
    self.kind = kind
  }

  /// What tells it from others.
  fileprivate struct Key: Hashable {
    var name: String
    var kind: Kind
  }

  fileprivate var key: Key { Key(name: name, kind: kind) }

  fileprivate mutating func add(_ other: ScaledTarget) {
    minimum = minimum ?? other.minimum
    maximum = maximum ?? other.maximum
    desired = desired ?? other.desired
    policies += other.policies
    actions += other.actions
  }
}

/// Something of a file that cannot be said here, by name and with the reason.
package struct RefusedScaling: Hashable, Sendable {
  package var place: Place
  /// `policy cpu-high`.
  package var name: String
  package var reason: String

  package init(_ place: Place, _ name: String, _ reason: String) {
    (self.place, self.name, self.reason) = (place, name, reason)
  }
}
