/// What may be committed to for a lower rate: a reservation or a savings plan, by its term.
package enum CommitmentTerm: Hashable, Sendable, CustomStringConvertible {
  case reservation(OfferTerm)
  case savingsPlan(SavingsPlanTerm)

  /// As the fleet file writes it: `standard-1yr-no-upfront`.
  package var description: String {
    switch self {
    case .reservation(let term): term.description
    case .savingsPlan(let term): term.description
    }
  }
}

/// Instances that one commitment pays for.
package struct CommittedInstances: Hashable, Sendable {
  package var count: Int
  package var type: String
  package var term: CommitmentTerm

  package init(_ count: Int, _ type: String, _ term: CommitmentTerm) {
    self.count = count
    self.type = type
    self.term = term
  }
}
