/// What it takes to move from one type to another.
package enum MigrationEffort: Int, CaseIterable, Sendable {
  /// Another size of the family, or the type itself.
  case none
  case otherFamily
  /// Software is built anew.
  case otherArchitecture

  /// What a provider manages is moved to another architecture as to another family.
  package init(from current: InstanceSpecification, to other: InstanceSpecification, isManaged: Bool) {
    if TypeName(current.type).family == TypeName(other.type).family {
      self = .none
    } else if !isManaged, let own = current.architecture, let architecture = other.architecture, own != architecture {
      self = .otherArchitecture
    } else {
      self = .otherFamily
    }
  }
}
