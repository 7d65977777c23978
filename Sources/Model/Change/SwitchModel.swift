/// The same load on another model of the price book: the price alone. What the answers are worth is the owner's to judge.
package struct SwitchModel: PlanChange {
  /// The model that charges name.
  package var model: String
  /// The one that serves instead.
  package var other: String

  package init(_ model: String, to other: String) {
    self.model = model
    self.other = other
  }

  package static let kind = "switch-model"
  package static let option = ChangeOption(
    "model", valueName: "model=other", help: "The same tokens on another model of the price book.",
    expectation: "a model that is charged for and one of the price book, MODEL=VENDOR/MODEL",
    example: "anthropic/claude-sonnet-5=openai/gpt-5-mini")

  package init?(optionText: String) {
    guard let (model, other) = assignment(optionText) else { return nil }
    self.init(model, to: other)
  }

  package var optionText: String { "\(model)=\(other)" }
  package var services: [String] { [] }
  package var sets: String? { model }
  package var fault: String? { model.count > 1 && other.count > 1 ? nil : Self.option.expectation }
  package var words: String { "\(model) served by \(other)" }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    let charged = try context.chargedModel(called: model)
    plan.tokens.models[charged, default: TokenPlan.ModelPlan()].other = try context.catalogue.tokenModel(called: other)
    plan.tokens.pricedAt = context.asOf
    return []
  }

  package func terms(on plan: FleetPlan, _ context: some ChangeContext) -> ChangeTerms {
    ChangeTerms(.configuration, ChangeRisk(.high, .otherAnswers))
  }
}
