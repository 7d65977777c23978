import Analysis
import Model

/// What the same tokens would cost on a model of the price book. What its answers are worth is not known here.
package struct ModelOffer: Hashable, Sendable {
  /// `VENDOR/MODEL`.
  package var model: String
  /// At the prices of short prompts; in US dollars.
  package var cost: Money
  /// From how many prompt tokens on a request of it is dearer; nil where one price holds for all.
  package var dearerBeyond: Int?
  /// What all of it would cost at the prices of long prompts; nil where there are none.
  package var costBeyond: Money?
  /// The same load were nothing of it cached, and were all of it in batches; nil where a price is missing, or the load is so
  /// already.
  package var uncached, inBatch: Money?
  /// The longest prompt that it takes; nil where that is not known.
  package var contextTokens: Int?
  /// True where the load has longer prompts than that.
  package var isTooShort = false
  /// The prices it rests on, those of short prompts.
  package var prices: [PriceNote]
}

/// A model that the same tokens cannot be priced on.
package struct UnpricedModel: Hashable, Sendable {
  package var model: String
  /// Kinds of tokens of the load that it has no price for.
  package var lacking: [TokenKind]
}

/// What the models of a price book charge for a load, the one that serves it among them.
package struct ModelMarket: Sendable {
  /// With a price of every kind, the cheapest first; of equal cost by name.
  package var offers: [ModelOffer] = []
  /// By name.
  package var unpriced: [UnpricedModel] = []

  /// - Parameters:
  ///   - use: the load; kinds of which there were no tokens need no price.
  ///   - longest: the longest prompt, or one that is known to be at least so long on average; nil where none is known.
  package init(for use: TokenUse, longest: Int?, _ context: AdviceContext) {
    let prices = context.catalogue.tokenPrices(at: context.asOf)
    let tiers = ContextTiers(of: Set(prices.keys))
    let amounts = use.amounts.filter { $0.tokens.sum > 0 }
    for (model, own) in prices.sorted(by: { $0.key < $1.key }) where !tiers.isTier(model) {
      let lacking = amounts.map(\.kind).filter { own[$0] == nil }
      guard lacking.isEmpty, let cost = Self.cost(of: amounts, at: own) else {
        // What is priced for one kind alone, such as embeddings, is for other work.
        if lacking.count < amounts.count { unpriced.append(UnpricedModel(model: model, lacking: lacking)) }
        continue
      }
      let notes = amounts.compactMap { own[$0.kind] }.map { context.engine.note($0) }
      var offer = ModelOffer(model: model, cost: cost, prices: notes)
      if let tier = tiers.first(of: model) {
        offer.dearerBeyond = tier.tokens
        offer.costBeyond = prices[tier.model].flatMap { Self.cost(of: amounts, at: $0) }
      }
      offer.uncached = use.uncached == use.amounts ? nil : Self.cost(of: use.uncached, at: own)
      offer.inBatch = use.inBatch == use.amounts ? nil : Self.cost(of: use.inBatch, at: own)
      offer.contextTokens = context.catalogue.contexts[model].map { Int($0.inputTokens) }
      if let longest, let most = offer.contextTokens { offer.isTooShort = longest > most }
      offers.append(offer)
    }
    offers.sort { ($0.cost, $0.model) < ($1.cost, $1.model) }
  }

  /// What amounts cost at prices, each kind rounded as its line of the bill is; nil where a kind has none.
  package static func cost(of amounts: [TokenUse.Amount], at prices: [TokenKind: UnitPrice]) -> Money? {
    var sum = Money.zero
    for amount in amounts {
      guard let price = prices[amount.kind], let cost = amount.tokens.cost(at: price) else { return nil }
      sum += cost
    }
    return sum
  }
}

/// Which models of a book are others at the price of longer prompts: `MODEL-200k` beside `MODEL`.
package struct ContextTiers: Sendable {
  private var byModel: [String: [(tokens: Int, model: String)]] = [:]
  private var all: Set<String> = []

  package init(of models: Set<String>) {
    for model in models.sorted() {
      guard let dash = model.lastIndex(of: "-") else { continue }
      let word = model[model.index(after: dash)...]
      let base = String(model[..<dash])
      let isPeak = word == "peak"
      guard models.contains(base), isPeak || word.hasSuffix("k") else { continue }
      if isPeak { all.insert(model) }
      guard let thousands = Int(word.dropLast()), (1...100_000).contains(thousands) else { continue }
      all.insert(model)
      byModel[base, default: []].append((thousands * 1000, model))
    }
  }

  /// True for what is no model of its own: the price of longer prompts, or of some hours of the day.
  package func isTier(_ model: String) -> Bool { all.contains(model) }

  /// From where on prompts of a model cost more, and at which price.
  package func first(of model: String) -> (tokens: Int, model: String)? {
    byModel[model]?.min { $0.tokens < $1.tokens }
  }
}
