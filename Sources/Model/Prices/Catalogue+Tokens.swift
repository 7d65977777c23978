extension Catalogue {
  /// What each model of the book charges at a moment, by `VENDOR/MODEL`: the kinds that have a price then. Models whose every
  /// price has ended, or begins later, are not among them.
  package func tokenPrices(at instant: Instant) -> [String: [TokenKind: UnitPrice]] {
    var prices: [String: [TokenKind: UnitPrice]] = [:]
    for (key, rows) in units.all {
      guard let item = TokenItem(key.item), let price = rows.inForce(at: instant), price.holds(at: instant) else {
        continue
      }
      prices[item.model, default: [:]][item.kind] = price
    }
    return prices
  }

  /// Every model that the book has a price of, whenever, sorted.
  package var tokenModels: [String] {
    let models = units.keys.compactMap { (key: UnitPrice.Key) -> String? in TokenItem(key.item)?.model }
    return Set(models).sorted()
  }

  /// The first day that the book has a price of an item for; nil for never.
  package func firstDay(ofItem item: String) -> CivilDate? {
    let first = units[UnitPrice.Key(region: "", item: item)].first
    return first.map { CivilDate(day: $0.provenance.named.day) }
  }

  /// A model of the book by its name, `VENDOR/MODEL`, or `MODEL` where one vendor alone has it.
  /// - Throws: ``DataError``, kind `usage`, for a name of none or of several, naming the nearest.
  package func tokenModel(called name: String) throws(DataError) -> String {
    try chosenModel(name, among: tokenModels, of: Place(file: "price book"))
  }
}

/// The model that a name means among some: all of `VENDOR/MODEL`, or `MODEL` where one vendor alone has it.
/// - Throws: ``DataError``, kind `usage`, for a name of none or of several, naming the nearest.
func chosenModel(_ name: String, among models: [String], of place: Place) throws(DataError) -> String {
  if models.contains(name) { return name }
  let named = models.filter { $0.hasSuffix("/\(name)") }
  if named.count == 1 { return named[0] }
  let expected: String
  if named.isEmpty {
    let words = Dictionary(models.map { ($0.split(separator: "/").last.map(String.init) ?? $0, $0) }) { a, _ in a }
    let near = nearestNames(to: name, among: words.keys, most: 3).compactMap { words[$0] }.sorted()
    expected =
      near.isEmpty
      ? "one of \(models.prefix(8).joined(separator: ", "))"
      : "a model that it has; nearest: \(near.joined(separator: ", "))"
  } else {
    expected = "one of \(named.joined(separator: ", "))"
  }
  throw DataError(place, found: "model \"\(name)\"", expected: expected, kind: .usage)
}
