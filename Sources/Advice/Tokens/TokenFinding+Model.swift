import Analysis
import Model

/// Batch prices are for answers within a day. Source: the providers' batch interfaces, whose completion window is 24 hours.
package let batchWindow = TimeSpan(seconds: 86_400)

/// What prompts are taken to be shorter by, in percent: a tenth, to show what a token less saves.
private let shorterPromptsPercent = ScaledDecimal(mantissa: -10, scale: 0)
/// What is shown of batches where nothing may wait, in percent of all tokens.
private let shownBatchPercent = ScaledDecimal(mantissa: 10, scale: 0)

extension TokenFinding {
  /// What can be told of one model, in a fixed order.
  /// - Parameter prices: of the model, at the date of the advice.
  static func all(
    of model: TokenReview.Model, _ prices: [TokenKind: UnitPrice], _ context: AdviceContext
  ) -> [TokenFinding] {
    let finder = TokenFinder(model: model, prices: prices, context: context)
    return [finder.otherModel, finder.caching, finder.batch, finder.shorterPrompts, finder.failures].compactMap(\.self)
  }

  /// Seats that nobody used.
  init(_ seats: SeatUse) {
    subject = .seats
    of = seats.charge
    guard let active = seats.active, let unused = seats.unused else {
      outcome = .unknown(.unmeasured(.activeSeats))
      return
    }
    outcome = unused > 0 ? .advised : .dearer
    if unused > 0 { change = Change(SeatCount(seats.charge, seats: active)) }
  }
}

/// Finds what can be told of one model.
private struct TokenFinder {
  let model: TokenReview.Model
  let prices: [TokenKind: UnitPrice]
  let context: AdviceContext

  private var name: String { model.use.model }

  private func finding(
    _ subject: TokenSubject, _ outcome: TokenFinding.Outcome, _ change: (any PlanChange)? = nil
  ) -> TokenFinding {
    TokenFinding(subject: subject, of: name, outcome: outcome, change: change.map { Change($0) })
  }

  /// That these kinds have no price, with the first day on which all have one.
  private func unpriced(_ kinds: [TokenKind]) -> TokenFinding.Outcome {
    let days = kinds.map { context.catalogue.firstDay(ofItem: TokenItem(name, $0).item) }
    return .unknown(.unpriced(kinds, firstDay: days.contains(nil) ? nil : days.compactMap(\.self).max()))
  }

  var otherModel: TokenFinding {
    guard let best = model.market.offers.first(where: { $0.model != name && !$0.isTooShort }) else {
      return finding(.otherModel, .unknown(.noOffer))
    }
    return finding(.otherModel, .possible, SwitchModel(name, to: best.model))
  }

  var caching: TokenFinding? {
    guard let input = model.use.tokens(.input), input.sum > 0 else { return nil }
    guard let caching = model.caching else {
      return finding(.caching, unpriced([.input, .cachedInput].filter { prices[$0] == nil }))
    }
    guard caching.breakEven != nil else { return finding(.caching, .unknown(.neverPays)) }
    let repeated = model.use.percent(.repeatedInputTokens, of: .input) ?? model.rules?.repeatedPercent
    guard let repeated else { return finding(.caching, .unknown(.unmeasured(.repeatedInputTokens))) }
    let change = CachePrompts(name, hitPercent: repeated.normalised)
    return finding(.caching, caching.pays(atHits: repeated) ? .advised : .dearer, change)
  }

  var batch: TokenFinding? {
    let kinds = model.use.amounts.filter { $0.tokens.sum > 0 }.compactMap(\.kind.inBatch)
    guard !kinds.isEmpty else { return nil }
    let lacking = kinds.filter { prices[$0] == nil }
    guard lacking.isEmpty else { return finding(.batch, unpriced(lacking)) }
    guard let rules = model.rules, rules.deadline.seconds >= batchWindow.seconds else {
      return finding(.batch, .possible, BatchTokens(name, percent: shownBatchPercent))
    }
    return finding(.batch, .advised, BatchTokens(name, percent: rules.deferrablePercent.normalised))
  }

  var shorterPrompts: TokenFinding? {
    guard let input = model.use.tokens(.input), input.sum > 0 else { return nil }
    return finding(.shorterPrompts, .possible, TokenAmount(name, .input, percent: shorterPromptsPercent))
  }

  /// Of prompts alone: what was answered before a call failed is in few of them.
  var failures: TokenFinding? {
    guard let percent = model.use.percent(.failedInputTokens, of: .input) else {
      return finding(.failures, .unknown(.unmeasured(.failedInputTokens)))
    }
    guard percent.mantissa > 0 else { return nil }
    let less = ScaledDecimal(mantissa: 0 - percent.mantissa, scale: percent.scale)
    return finding(.failures, .possible, TokenAmount(name, .input, percent: less))
  }
}
