import Model

/// What it takes to move from one type to another.
enum MigrationEffort: Int, CaseIterable, Sendable {
  /// Another size of the family, or the type itself.
  case none
  case otherFamily
  /// Software is built anew.
  case otherArchitecture

  /// What a provider manages is moved to another architecture as to another family.
  init(from current: InstanceSpecification, to other: InstanceSpecification, isManaged: Bool) {
    if TypeName(current.type).family == TypeName(other.type).family {
      self = .none
    } else if !isManaged, let own = current.architecture, let architecture = other.architecture, own != architecture {
      self = .otherArchitecture
    } else {
      self = .otherFamily
    }
  }

  /// Percent that are put on the price when types are compared.
  func percent(_ rules: ReviewRules) -> Int {
    switch self {
    case .none: 0
    case .otherFamily: rules.otherFamilyEffortPercent ?? defaultFamilyEffortPercent
    case .otherArchitecture: rules.otherArchitectureEffortPercent ?? defaultArchitectureEffortPercent
    }
  }

  /// `another architecture (arm64)`.
  func words(_ specification: InstanceSpecification) -> String {
    switch self {
    case .none: "the same family"
    case .otherFamily: "another family"
    case .otherArchitecture: "another architecture (\(specification.architecture ?? "unknown"))"
    }
  }
}
