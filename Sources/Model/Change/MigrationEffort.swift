/// What it takes to move from one type to another.
package enum MigrationEffort: Int, CaseIterable, Sendable {
  /// Another size of the family, or the type itself.
  case none
  case otherFamily
  /// Software is built anew.
  case otherArchitecture

  /// What the provider manages is moved to another architecture as to another family.
  package init(from current: InstanceSpecification, to other: InstanceSpecification, in cloud: any Cloud) {
    if cloud.family(of: current.type) == cloud.family(of: other.type) {
      self = .none
    } else if !cloud.isManaged(other.type), let own = current.architecture, let architecture = other.architecture,
      own != architecture
    {
      self = .otherArchitecture
    } else {
      self = .otherFamily
    }
  }
}
