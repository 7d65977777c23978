import Clouds
import Model
import Store

/// What a type must offer to be found: a figure of it, and what that is to be.
struct PriceCondition: Hashable {
  enum Subject: String, CaseIterable {
    /// GiB.
    case memory
    case vcpu
    /// USD an hour on demand.
    case price
    /// `x86_64`, `arm64`.
    case arch
    /// A pattern of types: `m6*`.
    case type
  }
  enum Comparison: String, CaseIterable {
    case atLeast = ">="
    case atMost = "<="
    case equal = "="
  }

  var subject: Subject
  var comparison: Comparison
  var word: String
  /// The word as a number; nil where it is none.
  var number: ScaledDecimal?

  static let expectation =
    "memory, vcpu or price with >=, <= or = and a number, arch= or type=, such as memory>=64 or arch=x86_64"

  /// nil for what is no condition.
  init?(_ text: String) {
    // Those of two signs first, which hold the other.
    guard let comparison = Comparison.allCases.first(where: { text.contains($0.rawValue) }),
      let sign = text.range(of: comparison.rawValue),
      let subject = Subject(rawValue: text[..<sign.lowerBound].trimmed)
    else { return nil }
    (self.subject, self.comparison) = (subject, comparison)
    word = text[sign.upperBound...].trimmed
    number = ScaledDecimal(word)
    switch subject {
    case .memory, .vcpu, .price:
      guard let number, number.mantissa >= 0 else { return nil }
    case .arch, .type:
      guard comparison == .equal, !word.isEmpty, subject == .arch || TypePattern(word) != nil || !word.contains("*")
      else {
        return nil
      }
    }
  }

  /// Whether a type at a price meets it; false where it is not known.
  func isMet(by type: InstanceSpecification, at price: Money, in cloud: any TypeNames) -> Bool {
    switch subject {
    case .memory: compare(ScaledDecimal(mantissa: type.memoryMilliGiB, scale: 3))
    case .vcpu: compare(ScaledDecimal(mantissa: Int64(type.vcpu), scale: 0))
    case .price: compare(ScaledDecimal(mantissa: price.nanoDollars, scale: 9))
    case .arch: type.architecture == word
    case .type: type.type == word || TypePattern(word)?.matches(type.type, in: cloud) == true
    }
  }

  private func compare(_ value: ScaledDecimal) -> Bool {
    guard let number, number.scale <= 18 else { return false }
    let scale = max(value.scale, number.scale)
    let own = Int128(value.mantissa) * widePowerOfTen(scale - value.scale)
    let other = Int128(number.mantissa) * widePowerOfTen(scale - number.scale)
    switch comparison {
    case .atLeast: return own >= other
    case .atMost: return own <= other
    case .equal: return own == other
    }
  }
}

/// The cheapest types that offer what is asked for.
public struct PriceFindAnswer: Sendable {
  /// A type, with what it costs on demand.
  package struct Found: Sendable {
    package var specification: InstanceSpecification
    package var price: OnDemandPrice
  }

  /// Where the prices hold.
  public let region: String
  /// What runs on them.
  public let engine: String
  /// As it was asked.
  public let conditions: String
  /// Cheapest first, of equal prices by name; at most ``most``.
  package let found: [Found]
  /// How many there are in all.
  public let count: Int

  /// So many are listed.
  public static let most = 20
}

/// The cheapest types of a region that offer what is asked for, on demand.
/// - Parameters:
///   - conditions: `memory>=64,arch=x86_64`: all must be met.
///   - question: its region, engine and date; no types.
/// - Throws: `DataError` for what is no condition, and an unknown region.
public func findPrices(store path: String, _ conditions: String, _ question: PriceQuestion) throws -> PriceFindAnswer {
  let store = try FleetStore.open(path: path, mode: .readOnly)
  let scope = try PriceScope(store, region: question.region)
  let date = try question.date.map { try moment($0, of: .date, example: "2026-10-01") } ?? .lastDay
  var wanted: [PriceCondition] = []
  for text in conditions.split(separator: ",", omittingEmptySubsequences: false) {
    guard let condition = PriceCondition(text.trimmed) else {
      throw DataError(
        Place(parameter: .find), found: "\"\(text.trimmed)\"", expected: PriceCondition.expectation, kind: .usage)
    }
    wanted.append(condition)
  }
  let engine = question.engine ?? supportedCloud.usualEngine(of: "")
  let book = try store.priceBook(region: scope.region, engines: [engine])
  let catalogue = try Catalogue(book, of: supportedCloud)
  let found = Set(book.onDemand.map(\.kind)).sorted().compactMap { kind -> PriceFindAnswer.Found? in
    guard kind.region == scope.region, kind.engine == engine,
      let specification = catalogue.specificationIfKnown(kind.type),
      let price = catalogue.onDemandIfKnown(kind, at: date),
      wanted.allSatisfy({ $0.isMet(by: specification, at: price.hourly, in: supportedCloud) })
    else { return nil }
    return PriceFindAnswer.Found(specification: specification, price: price)
  }.sorted { ($0.price.hourly, $0.specification.type) < ($1.price.hourly, $1.specification.type) }
  return PriceFindAnswer(
    region: scope.region, engine: engine, conditions: conditions, found: Array(found.prefix(PriceFindAnswer.most)),
    count: found.count)
}
