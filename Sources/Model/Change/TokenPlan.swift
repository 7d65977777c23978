/// How tokens and seats would be used and bought beside how they were; empty for as they were.
package struct TokenPlan: Hashable, Sendable {
  /// What changes of a model, by the `VENDOR/MODEL` that charges name.
  package var models: [String: ModelPlan] = [:]
  /// Seats that are paid for, by the name of the charge.
  package var seats: [String: Int] = [:]
  /// The date on which what is bought otherwise is priced.
  package var pricedAt: Instant?

  package init() {}

  /// What becomes of the tokens of one model.
  package struct ModelPlan: Hashable, Sendable {
    /// The model that serves instead.
    package var other: String?
    /// Percent more of a kind than was used; less where it is negative.
    package var more: [TokenKind: ScaledDecimal] = [:]
    package var cache: CachePlan?
    /// Percent of the tokens whose answers may wait for a batch.
    package var batchPercent: ScaledDecimal?

    package init() {}
  }

  /// How prompts would be cached.
  package struct CachePlan: Hashable, Sendable {
    /// Percent of what may be cached that is read from the cache.
    package var hitPercent: ScaledDecimal
    /// Percent of the prompt tokens that may be cached.
    package var cacheablePercent: ScaledDecimal
    /// True where what is not read is written at a price of its own; false where a cache is filled for nothing.
    package var isWritten: Bool
  }
}

/// A part of what a charge for tokens comes to: so much of it is of an item.
package struct TokenPart: Hashable, Sendable {
  package var item: TokenItem
  /// The share of the measured amount, as a ratio.
  package var numerator: Int128 = 1
  package var denominator: Int128 = 1

  package init(_ item: TokenItem) { self.item = item }

  /// The same part, of another item or not, times a percentage from 0 to 1100 with at most two decimals.
  func times(_ percent: ScaledDecimal, as item: TokenItem? = nil) -> TokenPart {
    var part = self
    part.item = item ?? self.item
    part.numerator *= Int128(percent.mantissa)
    part.denominator *= 100 * widePowerOfTen(percent.scale)
    let common = greatestCommonDivisor(part.numerator, part.denominator)
    guard common > 0 else { return part }
    (part.numerator, part.denominator) = (part.numerator / common, part.denominator / common)
    return part
  }
}

extension TokenPlan {
  /// What an item that charges name becomes; the item itself, whole, where nothing changes. Parts of nothing are left out.
  package func parts(of item: TokenItem) -> [TokenPart] {
    guard let plan = models[item.model] else { return [TokenPart(item)] }
    var whole = TokenPart(TokenItem(plan.other ?? item.model, item.kind))
    if let more = plan.more[item.kind] { whole = whole.times(more.plusHundred) }
    let parts = plan.cached(whole).flatMap(plan.batched).filter { $0.numerator != 0 }
    return parts.isEmpty ? [whole] : parts
  }
}

extension TokenPlan.ModelPlan {
  /// A part with what a cache makes of it: what is read from it, what is written to it, and what it does not concern.
  fileprivate func cached(_ part: TokenPart) -> [TokenPart] {
    guard let cache, part.item.kind == .input else { return [part] }
    let model = part.item.model
    let cacheable = part.times(cache.cacheablePercent)
    return [
      part.times(cache.cacheablePercent.rest),
      cacheable.times(cache.hitPercent, as: TokenItem(model, .cachedInput)),
      cacheable.times(cache.hitPercent.rest, as: TokenItem(model, cache.isWritten ? .cacheWrite : .input)),
    ].merged
  }

  fileprivate func batched(_ part: TokenPart) -> [TokenPart] {
    guard let batchPercent, let kind = part.item.kind.inBatch else { return [part] }
    return [part.times(batchPercent.rest), part.times(batchPercent, as: TokenItem(part.item.model, kind))]
  }
}

extension [TokenPart] {
  /// Two parts of one item as one: their ratios added.
  fileprivate var merged: [TokenPart] {
    reduce(into: []) { all, part in
      guard let index = all.firstIndex(where: { $0.item == part.item }) else { return all.append(part) }
      let other = all[index]
      all[index].numerator = other.numerator * part.denominator + part.numerator * other.denominator
      all[index].denominator = other.denominator * part.denominator
      all[index] = all[index].times(ScaledDecimal(mantissa: 100, scale: 0))
    }
  }
}

extension ScaledDecimal {
  /// True for a percentage in a range that has at most two decimals which count.
  package func isPercentage(in range: ClosedRange<Double>) -> Bool {
    let number = normalised
    return number.scale <= 2 && abs(Double(number.mantissa)) < 1e9 && range.contains(number.double)
  }

  /// What is left of 100 percent.
  fileprivate var rest: ScaledDecimal {
    let number = normalised
    return ScaledDecimal(mantissa: 100 * powerOfTen(number.scale) - number.mantissa, scale: number.scale)
  }

  /// So many percent more than all.
  fileprivate var plusHundred: ScaledDecimal {
    let number = normalised
    return ScaledDecimal(mantissa: 100 * powerOfTen(number.scale) + number.mantissa, scale: number.scale)
  }
}

extension ChangeContext {
  /// The model of the fleet's charges that a change names: `VENDOR/MODEL`, `MODEL`, or how one of them alone begins.
  /// - Throws: ``DataError``, kind `usage`, for a name of none or of several.
  func chargedModel(called name: String) throws(DataError) -> String {
    let models = Set(fleet.charges.compactMap { $0.tokens?.model }).sorted()
    guard !models.isEmpty else {
      throw DataError(
        Place(file: "what-if"), found: "model \"\(name)\"", expected: "a fleet that is charged for tokens", kind: .usage
      )
    }
    let begun = models.filter { model in
      model.hasPrefix(name) || model.split(separator: "/").last.map { $0.hasPrefix(name) } ?? false
    }
    if !models.contains(name), begun.count == 1 { return begun[0] }
    return try chosenModel(name, among: models, of: Place(file: "fleet file", key: "charges"))
  }
}

/// A percentage as options write it, `80%` or `80`; nil for anything else.
func optionPercent(_ text: String) -> ScaledDecimal? {
  ScaledDecimal(text.hasSuffix("%") ? String(text.dropLast()) : text)?.normalised
}
