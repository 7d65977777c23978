import Model

extension MigrationEffort {
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
