/// A value that stands in a file as one word or phrase and is decoded by its text initialiser.
package protocol TextDecodable: LosslessStringConvertible, FleetScalar, Decodable, Hashable, Sendable {
  /// What a reader should have written, with an example; the "expected" half of an error.
  static var expectation: String { get }
}

extension TextDecodable {
  package static var form: FleetForm { .word(expectation) }
  package init?(fileText: String) { self.init(fileText) }
  package var fileText: String { description }

  package init(from decoder: any Decoder) throws { self = try Self.decoded(decoder) }

  /// What the initialiser of a public type, which must be written out, is made of.
  static func decoded(_ decoder: any Decoder) throws -> Self {
    let container = try decoder.singleValueContainer()
    guard let value = Self(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: Self.expectation)
    }
    return value
  }
}
