import Foundation

/// JSON as a reader with decimal numbers has it.
enum JSONValue: Decodable, Hashable {
  case null
  case bool(Bool)
  case number(Decimal)
  /// A number that no decimal holds, such as 1e300.
  case double(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let truth = try? container.decode(Bool.self) {
      self = .bool(truth)
    } else if let text = try? container.decode(String.self) {
      self = .string(text)
    } else if let number = try? container.decode(Decimal.self) {
      self = .number(number)
    } else if let number = try? container.decode(Double.self) {
      self = .double(number)
    } else if let items = try? container.decode([JSONValue].self) {
      self = .array(items)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  init(_ bytes: [UInt8]) throws { self = try JSONDecoder().decode(JSONValue.self, from: Data(bytes)) }

  var string: String? { if case .string(let text) = self { text } else { nil } }
  var number: Decimal? { if case .number(let number) = self { number } else { nil } }
  var array: [JSONValue] { if case .array(let items) = self { items } else { [] } }
  var object: [String: JSONValue] { if case .object(let members) = self { members } else { [:] } }

  subscript(name: String) -> JSONValue? { object[name] }
  subscript(index: Int) -> JSONValue { array[index] }

  /// Every table of a report in reading order, those of charts too.
  var tables: [JSONValue] {
    let own = (self["blocks"]?.array ?? []).compactMap { block in
      switch block["type"]?.string {
      case "table": block
      case "chart": block["table"]
      default: nil
      }
    }
    return own + (self["sections"]?.array ?? []).flatMap(\.tables)
  }
}
