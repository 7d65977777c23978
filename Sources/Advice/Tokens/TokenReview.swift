import Analysis
import Model

/// What a finding about tokens or seats is of.
package enum TokenSubject: Hashable, Sendable {
  /// The cheapest other model.
  case otherModel
  /// Prompts read from a cache as often as they repeat.
  case caching
  /// Answers that may wait, in batches.
  case batch
  /// Prompts a tenth shorter.
  case shorterPrompts
  /// No tokens for calls that failed.
  case failures
  /// Seats that nobody used.
  case seats
}

/// A change of how tokens or seats are used or bought, or why none can be told.
package struct TokenFinding: Hashable, Sendable {
  package enum Outcome: Hashable, Sendable {
    /// What is measured or stated allows it, and answers stay as they are: it is counted in what could be saved.
    case advised
    /// What it would save, for the owner to judge: answers, or work, would be others.
    case possible
    /// It would cost more.
    case dearer
    case unknown(Reason)
  }
  package enum Reason: Hashable, Sendable {
    /// The book has no price of these kinds in force; each with the first day it has one for.
    case unpriced([TokenKind], firstDay: CivilDate?)
    /// Nobody counted it; the metric that would.
    case unmeasured(Metric)
    /// No other model has a price of every kind.
    case noOffer
    /// A cache is no cheaper than none at any rate of hits.
    case neverPays
  }

  package var subject: TokenSubject
  /// The model, or the charge, that it is of.
  package var of: String
  package var outcome: Outcome
  /// Nothing where nothing can be told.
  package var change: Change?
}

/// All that can be told of the tokens, seats and limits of a fleet in a period, but for what changes would save.
package struct TokenReview: Sendable {
  /// The tokens of one model that one service is charged for.
  package struct Model: Sendable {
    package var use: TokenUse
    package var rules: TokenRules?
    package var market: ModelMarket
    package var caching: PromptCaching?
    package var jobs: Result<TokenJobs, TokenJobs.Gap>
    /// An hour of the type that a model of one's own would run on, or why its price is not known; nil where the fleet file
    /// names none.
    package var selfHosted: Result<OnDemandPrice, DataError>?
  }

  package var models: [Model]
  package var findings: [TokenFinding]
  package var seats: [SeatUse]
  package var rateLimits: [RateLimitUse]
  package var callPools: [CallPoolUse]

  /// - Throws: ``DataError`` when the samples cannot be read.
  package init(on plan: FleetPlan, _ context: AdviceContext) throws(DataError) {
    models = []
    findings = []
    let prices = context.catalogue.tokenPrices(at: context.asOf)
    for use in try TokenUse.all(context) {
      let rules = context.fleet.tokenRules.first { $0.service == use.service }
      let own = prices[use.model] ?? [:]
      var model = Model(
        use: use, rules: rules,
        market: ModelMarket(for: use, longest: rules?.longestPromptTokens ?? use.meanPrompt, context),
        caching: PromptCaching(own),
        jobs: try TokenJobs.of(use, rules, context))
      if let type = rules?.selfHostedType {
        let kind = InstanceKind(region: context.fleet.region, type: type, engine: context.cloud.usualEngine(of: type))
        model.selfHosted = Result { () throws(DataError) in try context.catalogue.onDemand(kind, at: context.asOf) }
      }
      models.append(model)
      findings += TokenFinding.all(of: model, own, context)
    }
    seats = try SeatUse.all(context)
    findings += seats.map(TokenFinding.init)
    rateLimits = try RateLimitUse.all(context)
    callPools = try CallPoolUse.all(on: plan, context)
  }

  /// True where the fleet is charged for no tokens and no seats, and has no limits.
  package var isEmpty: Bool { models.isEmpty && seats.isEmpty && rateLimits.isEmpty && callPools.isEmpty }
}

extension PromptCaching {
  /// Nil where input, or what is read from a cache, has no price.
  fileprivate init?(_ prices: [TokenKind: UnitPrice]) {
    guard let input = prices[.input]?.price, let read = prices[.cachedInput]?.price else { return nil }
    self.init(input: input, read: read, write: prices[.cacheWrite]?.price)
  }
}
