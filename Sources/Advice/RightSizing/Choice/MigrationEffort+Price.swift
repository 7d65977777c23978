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
}
