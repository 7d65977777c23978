import Analysis
import Model

/// An amount that was counted, exactly: a sum over 10^`scale`.
package struct CountedAmount: Hashable, Sendable {
  package var sum: Int128
  package var scale: Int

  package init(sum: Int128, scale: Int) {
    self.sum = sum
    self.scale = scale
  }

  /// Both together; amounts that somebody counted are far from the end of 128 bits.
  package static func + (a: CountedAmount, b: CountedAmount) -> CountedAmount {
    let scale = max(a.scale, b.scale)
    func widened(_ amount: CountedAmount) -> Int128 {
      saturatedProduct(amount.sum, widePowerOfTen(scale - amount.scale))
    }
    let (sum, overflow) = widened(a).addingReportingOverflow(widened(b))
    return CountedAmount(sum: overflow ? .max : sum, scale: scale)
  }

  package var double: Double { Double(sum) / doublePowersOfTen[scale] }

  /// What it costs at a price, rounded once as a line of the bill is; nil for a billion dollars and more.
  package func cost(at price: UnitPrice) -> Money? {
    price.price.chargeIfModest(for: sum, per: widePowerOfTen(scale) * Int128(price.perUnits))
  }
}

/// The tokens of one model that a service was charged for in a period.
package struct TokenUse: Sendable {
  /// Tokens of one kind.
  package struct Amount: Hashable, Sendable {
    package var kind: TokenKind
    package var tokens: CountedAmount
  }

  package var service: String
  /// `VENDOR/MODEL`, as the charges name it.
  package var model: String
  /// The resource of its series; empty for the service as a whole.
  package var resource: String
  /// Of each kind that is charged for, in the order of kinds.
  package var amounts: [Amount]
  package var driver: CostDriver
  /// Calls, and what was counted of parts of the tokens; those that nobody measured are not there.
  package var counted: [Metric: CountedAmount]

  package func tokens(_ kind: TokenKind) -> CountedAmount? { amounts.first { $0.kind == kind }?.tokens }

  /// Of all kinds together.
  package var allTokens: Double { amounts.reduce(0) { $0 + $1.tokens.double } }

  /// The same tokens were none of them cached.
  package var uncached: [Amount] {
    moved { kind in
      switch kind {
      case .cachedInput, .cacheWrite, .cacheWriteHour: .input
      case .batchCachedInput: .batchInput
      default: kind
      }
    }
  }

  /// The same tokens were all of them in batches that may be.
  package var inBatch: [Amount] { moved { $0.inBatch ?? $0 } }

  /// The tokens bought as other kinds, those of one kind together.
  private func moved(_ kind: (TokenKind) -> TokenKind) -> [Amount] {
    var moved: [TokenKind: CountedAmount] = [:]
    for amount in amounts where amount.tokens.sum > 0 || kind(amount.kind) == amount.kind {
      let new = kind(amount.kind)
      moved[new] = moved[new].map { $0 + amount.tokens } ?? amount.tokens
    }
    return moved.sorted { $0.key < $1.key }.map { Amount(kind: $0.key, tokens: $0.value) }
  }

  /// Tokens of a prompt on average, rounded down; nil where calls were not counted.
  package var meanPrompt: Int? {
    guard let calls = counted[.calls]?.double, calls > 0 else { return nil }
    let prompts: [TokenKind] = [
      .input, .cachedInput, .cacheWrite, .cacheWriteHour, .batchInput, .batchCachedInput, .flexInput, .priorityInput,
    ]
    let tokens = amounts.filter { prompts.contains($0.kind) }.reduce(0) { $0 + $1.tokens.double }
    return wholeNumber(tokens / calls)
  }

  /// The share of the prompts that was read from a cache; nil where nothing was.
  package var cachedShare: Double? {
    let read = tokens(.cachedInput)?.double ?? 0
    let prompts = amounts.filter { [.input, .cachedInput, .cacheWrite, .cacheWriteHour].contains($0.kind) }
    let all = prompts.reduce(0) { $0 + $1.tokens.double }
    return read > 0 && all > 0 ? read / all : nil
  }

  /// A part that was counted as a share of the tokens of a kind, in percent with two decimals, rounded down and at most 100;
  /// nil where nobody counted it, or there are no such tokens.
  package func percent(_ metric: Metric, of kind: TokenKind) -> ScaledDecimal? {
    guard let part = counted[metric], let whole = tokens(kind), whole.sum > 0, part.sum >= 0 else { return nil }
    let (numerator, overflow) = part.sum.multipliedReportingOverflow(by: 10_000 * widePowerOfTen(whole.scale))
    let (denominator, wide) = whole.sum.multipliedReportingOverflow(by: widePowerOfTen(part.scale))
    guard !overflow, !wide else { return nil }
    return ScaledDecimal(mantissa: Int64(clamping: min(10_000, numerator / denominator)), scale: 2).normalised
  }
}

extension TokenUse {
  /// What is counted of a model beside what it charges for.
  private static let parts: [Metric] = [
    .calls, .failedCalls, .reasoningTokens, .repeatedInputTokens, .failedInputTokens, .failedOutputTokens,
  ]

  /// The tokens that a fleet is charged for, by service and model, in the order of its charges.
  /// - Throws: ``DataError`` when the samples cannot be read.
  package static func all(_ context: AdviceContext) throws(DataError) -> [TokenUse] {
    var uses: [TokenUse] = []
    for charge in context.fleet.charges {
      guard let item = charge.tokens, let tokens = try context.amount(of: charge) else { continue }
      let amount = Amount(kind: item.kind, tokens: tokens)
      let resource = charge.quantity.resource ?? ""
      let known = uses.firstIndex {
        $0.service == charge.service && $0.model == item.model && $0.resource == resource && $0.tokens(item.kind) == nil
      }
      if let known {
        uses[known].amounts.append(amount)
        uses[known].amounts.sort { $0.kind < $1.kind }
        continue
      }
      var counted: [Metric: CountedAmount] = [:]
      for metric in parts {
        counted[metric] = try context.sum(SeriesKey(service: charge.service, resource: resource, metric: metric))
      }
      uses.append(
        TokenUse(
          service: charge.service, model: item.model, resource: resource, amounts: [amount], driver: charge.driver,
          counted: counted))
    }
    return uses
  }
}

extension AdviceContext {
  /// What a charge for tokens counts in the period; nil where nothing was measured.
  fileprivate func amount(of charge: Charge) throws(DataError) -> CountedAmount? {
    if let stated = charge.quantity.stated {
      return CountedAmount(sum: Int128(stated.amount.mantissa), scale: stated.amount.scale)
    }
    guard let metric = charge.quantity.metric else { return nil }
    return try sum(SeriesKey(service: charge.service, resource: charge.quantity.resource ?? "", metric: metric))
  }

  /// The sum of a metered series in the period; nil where it has no sample.
  func sum(_ key: SeriesKey) throws(DataError) -> CountedAmount? {
    guard let series = try history.meteredSeries(key, in: period) else { return nil }
    let range = series.range(in: period)
    return range.isEmpty ? nil : CountedAmount(sum: series.sum(range), scale: series.sumScale)
  }
}
