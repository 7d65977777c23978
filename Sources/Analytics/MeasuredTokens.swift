import Model

/// Tokens that were measured by model, beside what a fleet file is charged for.
struct MeasuredTokens {
  /// The fleet, with a charge for the tokens of each model that the price book has and no charge of the file is for.
  let fleet: Fleet
  /// Series of tokens that nothing is charged for, for want of a model of that name in the book, in order.
  let uncharged: [SeriesKey]

  /// - Parameter keys: what there are series of.
  init(_ fleet: Fleet, _ keys: [SeriesKey], _ catalogue: Catalogue) {
    var charged = fleet
    var uncharged: [SeriesKey] = []
    let billed = Set(fleet.charges.compactMap(\.series))
    // Where all that was measured is billed, the models of the book are not asked for.
    lazy var models = catalogue.tokenModels
    for key in keys.sorted() where !billed.contains(key) {
      guard let kind = TokenKind(key.metric) else { continue }
      guard let model = Self.model(key.resource, among: models) else {
        // A service that is charged for its tokens as a whole is not charged for them again.
        if !billed.contains(SeriesKey(service: key.service, metric: key.metric)) { uncharged.append(key) }
        continue
      }
      charged.charges.append(Charge(TokenItem(model, kind), of: key))
    }
    self.fleet = charged
    self.uncharged = uncharged
  }

  /// `VENDOR/MODEL` of a model that one vendor has under that name.
  static func model(_ name: String, among models: [String]) -> String? {
    guard !name.isEmpty else { return nil }
    if models.contains(name) { return name }
    let named = models.filter { $0.hasSuffix("/\(name)") }
    return named.count == 1 ? named[0] : nil
  }
}

extension Charge {
  /// The series that it sums; nil for a stated amount.
  var series: SeriesKey? {
    quantity.metric.map { SeriesKey(service: service, resource: quantity.resource ?? "", metric: $0) }
  }

  /// For tokens that were measured.
  fileprivate init(_ item: TokenItem, of key: SeriesKey) {
    self.init()
    name = "\(item.model) \(item.kind.rawValue)"
    service = key.service
    price = item.item
    quantity.metric = key.metric
    quantity.resource = key.resource
    isFromUsage = true
  }
}

extension TokenKind {
  /// The kind of which a metric counts all tokens; nil for any other metric.
  init?(_ metric: Metric) {
    switch metric {
    case .inputTokens: self = .input
    case .outputTokens: self = .output
    case .cachedInputTokens: self = .cachedInput
    case .cacheWriteTokens: self = .cacheWrite
    case .cacheWriteHourTokens: self = .cacheWriteHour
    case .batchInputTokens: self = .batchInput
    case .batchOutputTokens: self = .batchOutput
    case .batchCachedInputTokens: self = .batchCachedInput
    default: return nil
    }
  }

  /// The metrics that count all tokens of a kind.
  static let metrics: [Metric] = [
    .inputTokens, .outputTokens, .cachedInputTokens, .cacheWriteTokens, .cacheWriteHourTokens, .batchInputTokens,
    .batchOutputTokens, .batchCachedInputTokens,
  ]
}

extension Metric {
  /// What is counted of a model that is called: its resource is the model.
  static let ofModels: Set<Metric> = Set(TokenKind.metrics).union(
    [
      .calls, .failedCalls, .reasoningTokens, .repeatedInputTokens, .failedInputTokens, .failedOutputTokens,
    ])
}
