/// What a cloud's savings plans pay for, and what they cost.
package protocol SavingsPlanRules: Sendable {
  /// The service of the price book whose instances plans pay for, those for databases aside; it bills what is paid upfront
  /// and what nobody draws, too.
  var savingsPlanService: String { get }
  /// The kinds of plan in the order in which usage draws from them.
  var drawingOrder: [SavingsPlanTerm.Plan] { get }

  /// True where usage of a kind may draw from a plan.
  func applies(_ plan: HeldSavingsPlan, to kind: InstanceKind) -> Bool
  /// The reservation whose effective rate is the rate of a plan; nil where that is not known to hold.
  func twin(of term: SavingsPlanTerm, for kind: InstanceKind) -> OfferTerm?
  /// What is paid at once of all that a plan costs through its term.
  func upfront(ofTerm total: Money, _ payment: OfferTerm.Payment) -> Money
}
