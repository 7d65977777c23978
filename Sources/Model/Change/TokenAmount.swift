/// More or fewer tokens of a model than were used: shorter prompts, fewer retries.
package struct TokenAmount: PlanChange {
  /// The model that charges name.
  package var model: String
  /// The kind of tokens, as the price book calls it; nil for all.
  package var tokens: String?
  /// Percent more than was used; less where it is negative.
  package var percent: ScaledDecimal

  package init(_ model: String, _ tokens: TokenKind? = nil, percent: ScaledDecimal) {
    self.model = model
    self.tokens = tokens?.rawValue
    self.percent = percent
  }

  package static let kind = "token-amount"
  package static let option = ChangeOption(
    "tokens", valueName: "model[:kind]=percent", help: "So many percent fewer, or with + more, tokens of a model.",
    expectation: "a model, a kind of tokens or none, and a percentage from -100 to +1000, MODEL:input=-10%",
    example: "claude-sonnet-5:input=-10%")

  package init?(optionText: String) {
    guard let (name, value) = assignment(optionText), value.hasSuffix("%"), let percent = optionPercent(value) else {
      return nil
    }
    // A model's name may have a colon of its own.
    model = name
    self.percent = percent
    if let colon = name.lastIndex(of: ":"), TokenKind(rawValue: String(name[name.index(after: colon)...])) != nil {
      model = String(name[..<colon])
      tokens = String(name[name.index(after: colon)...])
    }
    guard !model.isEmpty else { return nil }
  }

  package var optionText: String {
    "\(model)\(tokens.map { ":\($0)" } ?? "")=\(percent.mantissa > 0 ? "+" : "")\(percent)%"
  }
  package var services: [String] { [] }
  package var sets: String? { "\(model):\(tokens ?? "")" }
  package var fault: String? {
    guard percent.isPercentage(in: -100...1000) else { return Self.option.expectation }
    guard let tokens, TokenKind(rawValue: tokens) == nil else { return nil }
    return choice(among: TokenKind.allCases.map(\.rawValue), insteadOf: tokens)
  }
  package var words: String {
    let size = ScaledDecimal(mantissa: abs(percent.mantissa), scale: percent.scale)
    let what = tokens.map { "\($0) tokens" } ?? "tokens"
    return "\(size) % \(percent.mantissa < 0 ? "fewer" : "more") \(what) of \(model)"
  }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    let charged = try context.chargedModel(called: model)
    let kinds = tokens.map { [TokenKind(rawValue: $0)].compactMap(\.self) } ?? TokenKind.allCases
    var own = plan.tokens.models[charged, default: TokenPlan.ModelPlan()]
    for kind in kinds { own.more[kind] = percent }
    plan.tokens.models[charged] = own
    return []
  }

  package func terms(on plan: FleetPlan, _ context: some ChangeContext) -> ChangeTerms {
    ChangeTerms(.configuration, ChangeRisk(.medium, .otherAnswers))
  }
}
