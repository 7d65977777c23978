import Foundation

// How values stand in JSON: amounts as exact numbers, moments and offers as text.

extension Money: Codable {
  /// Reads a decimal number or its text, at most nine decimals.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text: String
    if let string = try? container.decode(String.self) {
      text = string
    } else {
      text = try container.decode(Decimal.self).description
    }
    guard let money = Money(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: Self.expectation)
    }
    self = money
  }

  /// Writes an exact number.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(Decimal(nanoDollars) / Decimal(Self.nanoPerDollar))
  }
}

extension OfferTerm: Encodable {}
extension SavingsPlanTerm: Encodable {}
extension ScaledDecimal: Encodable {}
extension TimeSpan: Encodable {}
extension Condition: Encodable {}
extension Metric: Codable {}

extension Instant: TextDecodable, Encodable {
  /// Reads a moment that stands as text.
  public init(from decoder: any Decoder) throws { self = try Self.decoded(decoder) }
  /// Writes its text.
  public func encode(to encoder: any Encoder) throws { try encoded(to: encoder) }
  package static let expectation = "a moment such as 2026-10-19T14:15:00Z"
}

extension Month: TextDecodable, Encodable {
  /// Reads a month that stands as text.
  public init(from decoder: any Decoder) throws { self = try Self.decoded(decoder) }
  /// Writes its text.
  public func encode(to encoder: any Encoder) throws { try encoded(to: encoder) }
  package static let expectation = "a month such as 2026-10"
}

extension TextDecodable where Self: Encodable {
  package func encode(to encoder: any Encoder) throws { try encoded(to: encoder) }

  /// Writes its text.
  fileprivate func encoded(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
