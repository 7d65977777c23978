/// Prompts cached: of what may be cached so much is read from the cache, and the rest written to it.
package struct CachePrompts: PlanChange {
  /// The model that charges name.
  package var model: String
  /// Percent of what may be cached that is read from the cache.
  package var hitPercent: ScaledDecimal
  /// Percent of the prompt tokens that may be cached; nil for all.
  package var cacheablePercent: ScaledDecimal?

  package init(_ model: String, hitPercent: ScaledDecimal, cacheablePercent: ScaledDecimal? = nil) {
    self.model = model
    self.hitPercent = hitPercent
    self.cacheablePercent = cacheablePercent
  }

  package static let kind = "cache-prompts"
  package static let option = ChangeOption(
    "cache-hits", valueName: "model=percent[@percent]",
    help: "So many percent of the prompt tokens, or of the share behind @, read from a cache, the rest written to it.",
    expectation: "a model and percentages from 0 to 100, MODEL=PERCENT or MODEL=PERCENT@PERCENT",
    example: "claude-sonnet-5=80%@60%")

  package init?(optionText: String) {
    guard let (model, value) = assignment(optionText) else { return nil }
    let parts = value.split(separator: "@", omittingEmptySubsequences: false).map { optionPercent(String($0)) }
    guard (1...2).contains(parts.count), let hits = parts[0] else { return nil }
    self.init(model, hitPercent: hits)
    guard parts.count == 2 else { return }
    guard let cacheable = parts[1] else { return nil }
    cacheablePercent = cacheable
  }

  package var optionText: String { "\(model)=\(hitPercent)%" + (cacheablePercent.map { "@\($0)%" } ?? "") }
  package var services: [String] { [] }
  package var sets: String? { model }
  package var fault: String? {
    [hitPercent, cacheablePercent ?? hitPercent].allSatisfy { $0.isPercentage(in: 0...100) }
      ? nil : Self.option.expectation
  }
  package var words: String {
    "\(hitPercent) % of \(cacheablePercent.map { "\($0) % of " } ?? "")the prompts of \(model) read from a cache"
  }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    let charged = try context.chargedModel(called: model)
    var own = plan.tokens.models[charged, default: TokenPlan.ModelPlan()]
    let prices = context.catalogue.tokenPrices(at: context.asOf)[own.other ?? charged] ?? [:]
    own.cache = TokenPlan.CachePlan(
      hitPercent: hitPercent, cacheablePercent: cacheablePercent ?? ScaledDecimal(mantissa: 100, scale: 0),
      isWritten: prices[.cacheWrite] != nil)
    plan.tokens.models[charged] = own
    plan.tokens.pricedAt = context.asOf
    return []
  }

  package func terms(on plan: FleetPlan, _ context: some ChangeContext) -> ChangeTerms {
    ChangeTerms(.configuration, ChangeRisk(.low, .reversible))
  }
}
