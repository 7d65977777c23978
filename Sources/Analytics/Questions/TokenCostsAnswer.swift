import Ingest
import Model
import Reading

/// What providers of models say that a month cost, beside what its measured tokens come to at list prices.
public struct TokenCostsAnswer: Sendable {
  /// A model or a day.
  public struct Row: Hashable, Sendable {
    /// The model as its provider calls it; nil for what is of none.
    public let model: String?
    /// What the provider says; nil for what it says nothing of.
    public let billed: Money?
    /// What was measured, at list prices; nil where nothing was, or it has no price.
    public let computed: Money?
    /// What was measured and has no price, in words; nil for none.
    package let lacking: String?

    /// Both amounts, where all of both is known.
    package var both: (billed: Money, computed: Money)? {
      guard let billed, let computed, lacking == nil else { return nil }
      return (billed, computed)
    }
  }

  /// A bucket of the provider's, mostly a day.
  public struct Time: Hashable, Sendable {
    package let period: Period
    /// What the provider says.
    public let billed: Money
    /// What was measured, at list prices; nil where nothing was, or a part of it has no price.
    public let computed: Money?
  }

  /// The month and its clock.
  public let scope: MonthScope
  /// By model: those that cost most first, what is of no model last.
  public let models: [Row]
  /// In order.
  public let times: [Time]
  /// Costs of buckets that are not within the month.
  package let leftOut: Int
  /// From the first to the last bucket of the files, of any month; nil where they have none.
  package let told: Period?
  /// True where a page says that more follow it.
  package let hasMore: Bool

  /// What the provider says of the month.
  public var billed: Money { times.reduce(.zero) { $0 + $1.billed } }

  init(_ study: Study, _ costs: [ProviderCost], hasMore: Bool) throws(DataError) {
    scope = MonthScope(study)
    self.hasMore = hasMore
    let within = costs.filter { study.period.start <= $0.period.start && $0.period.end <= study.period.end }
    leftOut = costs.count - within.count
    let starts = costs.map(\.period.start)
    told = starts.min().map { Period(start: $0, end: costs.map(\.period.end).max() ?? $0) }
    let periods = Set(within.map(\.period)).sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    let named = Dictionary(grouping: within) { $0.model?.undated }
    var computed: [String: Money] = [:]
    var lacking: [String: String] = [:]
    var sums = [Money?](repeating: nil, count: periods.count)
    var isPartial = [Bool](repeating: false, count: periods.count)
    for use in try study.measuredTokens(in: periods) {
      let name = use.name.undated
      computed[name, default: .zero] = computed[name, default: .zero] + use.cost
      if let fault = use.lacking { lacking[name] = fault }
      sums[use.place] = (sums[use.place] ?? .zero) + use.cost
      if use.lacking != nil { isPartial[use.place] = true }
    }
    let names = Set(named.keys).union(computed.keys.map { $0 })
    models = names.map { name in
      Row(
        model: name, billed: named[name].map { $0.reduce(.zero) { $0 + $1.amount } },
        computed: name.flatMap { computed[$0] }, lacking: name.flatMap { lacking[$0] })
    }.sorted { a, b in
      if (a.model == nil) != (b.model == nil) { return b.model == nil }
      return (b.billed ?? .zero, a.model ?? "") < (a.billed ?? .zero, b.model ?? "")
    }
    times = zip(periods, zip(sums, isPartial)).map { period, measured in
      let sum = measured.1 ? nil : measured.0
      let own = within.filter { $0.period == period }
      return Time(period: period, billed: own.reduce(.zero) { $0 + $1.amount }, computed: sum)
    }
  }
}

extension String {
  /// A model's name without the day of its snapshot: `gpt-4o-mini` of `gpt-4o-mini-2024-07-18`, `claude-sonnet-4` of
  /// `claude-sonnet-4-20250514`. Bills name snapshots, logs often do not.
  var undated: String {
    let words = split(separator: "-", omittingEmptySubsequences: false)
    func isNumber(_ word: Substring, _ count: Int) -> Bool {
      word.count == count && word.allSatisfy { $0.isASCII && $0.isNumber }
    }
    if let last = words.last, words.count > 1, isNumber(last, 8) {
      return words.dropLast().joined(separator: "-")
    }
    let end = words.suffix(3).map { $0 }
    guard words.count > 3, isNumber(end[0], 4), isNumber(end[1], 2), isNumber(end[2], 2) else { return self }
    return words.dropLast(3).joined(separator: "-")
  }
}

/// What was measured of a model in one of several times.
private struct MeasuredUse {
  var name: String
  var place: Int
  var cost: Money
  var lacking: String?
}

extension Study {
  /// What charges for tokens come to in some times, at the prices of each.
  fileprivate func measuredTokens(in periods: [Period]) throws(DataError) -> [MeasuredUse] {
    var uses: [MeasuredUse] = []
    for charge in fleet.charges {
      guard let item = charge.tokens, let key = charge.series,
        let series = try inputs.history.meteredSeries(key, in: period)
      else { continue }
      let name = item.model.split(separator: "/").last.map(String.init) ?? item.model
      for (place, part) in periods.enumerated() {
        let range = series.range(in: part)
        guard !range.isEmpty else { continue }
        var use = MeasuredUse(name: name, place: place, cost: .zero)
        do throws(DataError) {
          let tiers = try context.catalogue.unit(item.item, region: charge.region ?? fleet.region, at: part.start)
          if let tier = tiers.first {
            use.cost = tier.price.charge(
              for: series.sum(range), per: widePowerOfTen(series.sumScale) * Int128(tier.perUnits))
          }
        } catch {
          use.lacking = "\(item.kind.rawValue): \(error.found)"
        }
        uses.append(use)
      }
    }
    return uses
  }
}

extension Workspace {
  /// What providers say that a month's tokens cost, beside what was measured.
  /// - Parameter paths: costs of OpenAI or Anthropic; `-` is standard input.
  /// - Throws: `DataError` for a file that holds none, and for a month that cannot be studied.
  public func tokenCosts(of paths: [String], month: String?) throws -> TokenCostsAnswer {
    let pages = try paths.map { try readProviderCosts(try ByteSource.open(path: $0)) }
    return try answer(month: month) { study in
      try TokenCostsAnswer(study, pages.flatMap(\.costs), hasMore: pages.contains { $0.hasMore })
    }
  }
}
