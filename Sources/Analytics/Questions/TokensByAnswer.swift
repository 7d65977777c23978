import Ingest
import Model
import Reading

/// What the tokens of logs come to by whose they are, at list prices. Nothing of the logs is stored, and no fleet is asked.
public struct TokensByAnswer: Sendable {
  /// What one holder used of one model.
  public struct Row: Hashable, Sendable {
    /// nil where the logs do not say.
    public let holder: String?
    /// As the logs call it; empty where they do not say.
    public let model: String
    /// Calls that were made; 0 where they are not counted.
    public let calls: Int64
    /// Tokens of each kind.
    package let amounts: [TokenKind: Int64]
    /// In US dollars at list prices of their time; nil for what has none.
    public let cost: Money?
    /// Why there is no cost.
    package let lacking: String?
  }

  package let holder: TokenHolder
  /// What costs most first; what nobody is named for behind what somebody is.
  public let rows: [Row]
  /// From the first to the last call that counts; nil for none.
  package let period: Period?
  /// What the files say of themselves.
  public let remarks: [String]
  /// Samples of other months.
  package let leftOut: Int

  /// What all that has prices costs.
  public var total: Money { rows.reduce(.zero) { $0 + ($1.cost ?? .zero) } }
}

extension TokensByAnswer {
  /// - Parameter month: what alone counts; nil for all.
  init(_ files: [TokenUses], by holder: TokenHolder, in month: Period?, _ catalogue: Catalogue, region: String) {
    self.holder = holder
    let all = files.flatMap(\.uses)
    let uses = all.filter { use in month.map { $0.start <= use.instant && use.instant < $0.end } ?? true }
    leftOut = all.count - uses.count
    remarks = files.flatMap(\.remarks).eachOnce()
    let instants = uses.map(\.instant)
    period = instants.min().map { Period(start: $0, end: (instants.max() ?? $0).advanced(by: 1)) }
    let models = catalogue.tokenModels
    let groups = Dictionary(grouping: uses) { [$0.holder ?? "", $0.model] }
    rows = groups.map { key, uses in
      Row(holder: key[0].isEmpty ? nil : key[0], model: key[1], uses, MeasuredTokens.model(key[1], among: models)) {
        item, instant throws(DataError) in try catalogue.unit(item.item, region: region, at: instant)
      }
    }.sorted { a, b in
      if (a.holder == nil) != (b.holder == nil) { return b.holder == nil }
      return (b.cost ?? .zero, a.holder ?? "", a.model) < (a.cost ?? .zero, b.holder ?? "", b.model)
    }
  }
}

extension TokensByAnswer.Row {
  /// - Parameters:
  ///   - priced: the model of the price book that it is; nil for none.
  ///   - prices: the tiers of an item at a time.
  fileprivate init(
    holder: String?, model: String, _ uses: [TokenUses.Use], _ priced: String?,
    _ prices: (TokenItem, Instant) throws(DataError) -> [UnitPrice]
  ) {
    self.holder = holder
    self.model = model
    calls = uses.reduce(0) { $1.metric == .calls ? $0 + $1.amount : $0 }
    amounts = uses.reduce(into: [:]) { sums, use in
      if let kind = TokenKind(use.metric) { sums[kind, default: 0] += use.amount }
    }
    guard let priced else {
      (cost, lacking) = (nil, model.isEmpty ? "no model is named" : "\"\(model)\" is no model of the price book")
      return
    }
    do throws(DataError) {
      cost = try TokenCost(uses.map { ($0.metric, $0.instant, $0.amount) }, of: priced, prices).amount
      lacking = nil
    } catch {
      (cost, lacking) = (nil, "\(error.found)")
    }
  }
}

/// What tokens cost at list prices: added up by price, each sum rounded once.
struct TokenCost {
  let amount: Money

  /// - Throws: ``DataError`` for a price that is not there.
  init(
    _ uses: [(metric: Metric, instant: Instant, amount: Int64)], of model: String,
    _ prices: (TokenItem, Instant) throws(DataError) -> [UnitPrice]
  ) throws(DataError) {
    var sums: [UnitPrice: Int128] = [:]
    // Days have one price each.
    var known: [TokenKind: [Int: UnitPrice]] = [:]
    for use in uses {
      guard let kind = TokenKind(use.metric), use.amount > 0 else { continue }
      var price = known[kind]?[use.instant.day]
      if price == nil {
        price = try prices(TokenItem(model, kind), use.instant).first
        known[kind, default: [:]][use.instant.day] = price
      }
      if let price { sums[price, default: 0] += Int128(use.amount) }
    }
    amount = sums.reduce(.zero) { $0 + $1.key.price.charge(for: $1.value, per: Int128($1.key.perUnits)) }
  }
}

extension Workspace {
  /// The tokens of logs by whose they are, at list prices.
  /// - Parameters:
  ///   - paths: usage of OpenAI or Anthropic, or spend logs of LiteLLM; `-` is standard input.
  ///   - holder: `project`, `user` or `key`.
  ///   - month: what alone counts; nil for all.
  /// - Throws: `DataError` for a file that is no such log, and for a word that is none.
  public func tokens(of paths: [String], by holder: String, month: String?) throws -> TokensByAnswer {
    guard let by = TokenHolder(rawValue: holder) else {
      throw DataError(
        Place(parameter: .by), found: "\"\(holder)\"",
        expected: "one of \(TokenHolder.allCases.map(\.rawValue).joined(separator: ", "))", kind: .usage)
    }
    let files = try paths.map { try readTokenUses(try ByteSource.open(path: $0), by: by) }
    let (fleet, catalogue) = try fleetAndPrices()
    guard let catalogue else {
      throw DataError(
        Place(file: "fleet file", key: "region"), found: "none", expected: "a region, so that prices are known")
    }
    return TokensByAnswer(files, by: by, in: try month.map { try period(ofMonth: $0) }, catalogue, region: fleet.region)
  }
}
