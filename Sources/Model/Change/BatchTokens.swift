/// A share of a model's tokens bought at batch prices: their answers may come within a day.
package struct BatchTokens: PlanChange {
  /// The model that charges name.
  package var model: String
  package var percent: ScaledDecimal

  package init(_ model: String, percent: ScaledDecimal) {
    self.model = model
    self.percent = percent
  }

  package static let kind = "batch-tokens"
  package static let option = ChangeOption(
    "batch", valueName: "model=percent", help: "So many percent of a model's tokens at batch prices.",
    expectation: "a model and a percentage from 0 to 100, MODEL=PERCENT", example: "claude-sonnet-5=40%")

  package init?(optionText: String) {
    guard let (model, value) = assignment(optionText), let percent = optionPercent(value) else { return nil }
    self.init(model, percent: percent)
  }

  package var optionText: String { "\(model)=\(percent)%" }
  package var services: [String] { [] }
  package var sets: String? { model }
  package var fault: String? { percent.isPercentage(in: 0...100) ? nil : Self.option.expectation }
  package var words: String { "\(percent) % of the tokens of \(model) in batches" }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    let charged = try context.chargedModel(called: model)
    plan.tokens.models[charged, default: TokenPlan.ModelPlan()].batchPercent = percent
    plan.tokens.pricedAt = context.asOf
    return []
  }

  package func terms(on plan: FleetPlan, _ context: some ChangeContext) -> ChangeTerms {
    ChangeTerms(.configuration, ChangeRisk(.medium, .laterAnswers))
  }
}
