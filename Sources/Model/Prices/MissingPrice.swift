/// A price that a bill needs and the book lacks.
package struct MissingPrice: Hashable, Sendable {
  /// What it would be the price of.
  package enum Subject: Hashable, Sendable {
    case onDemand(InstanceKind)
    case spot(InstanceKind)
    case reserved(InstanceKind, OfferTerm)
    case savingsPlan(InstanceKind, SavingsPlanTerm)
    /// Something metered or held, in a region.
    case unit(String, region: String)
    /// What a type offers, without which nothing is known of its instances.
    case specification(String)
  }
  package var subject: Subject
  /// From when on it is needed.
  package var since: Instant
  /// What the book says of it.
  package var error: DataError

  package init(_ subject: Subject, since: Instant, _ error: DataError) {
    self.subject = subject
    self.since = since
    self.error = error
  }

  /// Of several that are of one thing the one that is needed first, in the order of kinds and then of names.
  package static func sorted(_ all: some Sequence<MissingPrice>) -> [MissingPrice] {
    let first = Dictionary(all.map { ($0.subject, $0) }) { $1.since < $0.since ? $1 : $0 }
    return first.values.sorted { $0.order.lexicographicallyPrecedes($1.order) }
  }

  /// One error that names them all, and at its end what helps; nil where there is none.
  package static func error(naming all: some Sequence<MissingPrice>) -> DataError? {
    var errors = sorted(all).map(\.error)
    guard var last = errors.popLast() else { return nil }
    last.remedy = remedy(in: [])
    errors.append(last)
    var error = errors[0]
    error.further = Array(errors.dropFirst())
    return error
  }

  /// What helps where prices are missing.
  /// - Parameter regions: that a change moves to, whose rows are to be asked for.
  package static func remedy(in regions: Set<String>) -> Phrase {
    guard let region = regions.min() else {
      return """
        plimsoll prices \(parameter: .missing) prints the rows to fill in, \(parameter: .allowUnpriced) answers the rest
        """
    }
    return """
      plimsoll prices \(parameter: .missing) \(parameter: .region, region) prints the rows to fill in, \
      \(parameter: .allowUnpriced) answers the rest
      """
  }

  private var order: [String] {
    switch subject {
    case .onDemand(let kind): ["1", kind.region, kind.engine, kind.type]
    case .spot(let kind): ["2", kind.region, kind.engine, kind.type]
    case .reserved(let kind, let term): ["3", kind.region, kind.engine, kind.type, "\(term)"]
    case .savingsPlan(let kind, let term): ["4", kind.region, kind.engine, kind.type, "\(term)"]
    case .unit(let item, let region): ["5", region, item]
    case .specification(let type): ["6", type]
    }
  }
}

/// The prices that were found missing while something was priced; what they would have priced is left out.
package struct MissingPrices: Hashable, Sendable {
  package private(set) var all: Set<MissingPrice> = []

  package init() {}

  /// What a look-up finds; nil where the book lacks it, which is kept.
  /// - Throws: ``DataError`` where the look-up fails for another reason.
  package mutating func found<Value>(
    _ subject: MissingPrice.Subject, since: Instant, _ lookUp: () throws(DataError) -> Value
  ) throws(DataError) -> Value? {
    do throws(DataError) {
      return try lookUp()
    } catch {
      guard error.kind == .missingInput else { throw error }
      all.insert(MissingPrice(subject, since: since, error))
      return nil
    }
  }

  package mutating func insert(_ price: MissingPrice) { all.insert(price) }
}
