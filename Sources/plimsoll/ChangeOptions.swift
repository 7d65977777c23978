import Analytics
import ArgumentParser

/// An option for every kind of change, made from the list of kinds: a new kind is an option here without a line.
///
/// The parser finds options by reflection, so the mirror shows one for each kind, and decodes them by the names it saw.
struct ChangeOptions: ParsableArguments, CustomReflectable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private var values: [(name: String, option: Option<[String]>)]

  /// One kind of those that share an option.
  private static let kinds = changeKinds.map { $0.option.name }.eachOnce().compactMap { name in
    changeKinds.last { $0.option.name == name }
  }

  init() {
    values = Self.kinds.map { kind in
      let option = kind.option
      let help = ArgumentHelp("\(option.help)", valueName: option.valueName)
      // A value may begin with a sign, as no name does.
      let parsing: ArrayParsingStrategy = option.takesSigns ? .unconditionalSingleValue : .singleValue
      return (
        option.name, Option(wrappedValue: [], name: .customLong(option.name), parsing: parsing, help: help)
      )
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    values = try Self.kinds.map { kind in
      let name = kind.option.name
      return (name, try container.decode(Option<[String]>.self, forKey: Key(stringValue: name)))
    }
  }

  var customMirror: Mirror { Mirror(self, children: values.map { (label: $0.name, value: $0.option) }) }

  /// The texts that were given for each option, in order.
  var given: [(name: String, texts: [String])] { values.map { ($0.name, $0.option.wrappedValue) } }
}
