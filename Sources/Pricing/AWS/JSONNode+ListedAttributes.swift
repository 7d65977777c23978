import Model
import Reading

// The attributes of a product in the price lists in JSON, of a tree and of a stream.

extension JSONStream {
  /// Reads a product for its attributes alone: most of a list is of those that nobody asks for.
  func listedAttributes() throws(DataError) -> [ListedAttribute: String] {
    try advance { scanner throws(JSONStop) in
      var attributes: [ListedAttribute: String] = [:]
      var keys = SeenKeys()
      try scanner.enterObject()
      while let key = try scanner.nextKey(once: &keys) {
        if scanner.equals(key, "productFamily") {
          attributes[.productFamily] = scanner.text(try scanner.value())
        } else if scanner.equals(key, "attributes") {
          var keys = SeenKeys()
          try scanner.enterObject()
          while let name = try scanner.nextKey(once: &keys) {
            let value = try scanner.value()
            if value.kind != .null, let attribute = ListedAttribute.bySpelling[scanner.text(name)] {
              attributes[attribute] = scanner.text(value)
            }
          }
        } else {
          _ = try scanner.value()
        }
      }
      return attributes
    }
  }
}

extension JSONNode {
  /// The attributes of a product.
  var listedAttributes: [ListedAttribute: String] {
    var attributes: [ListedAttribute: String] = [.productFamily: self["productFamily"]?.text ?? ""]
    for member in self["attributes"]?.members ?? [] {
      if let attribute = ListedAttribute.bySpelling[member.key] {
        attributes[attribute] = member.value.text ?? ""
      }
    }
    return attributes
  }

  /// The text of a member; empty where there is none.
  func listedText(_ key: String) -> String { self[key]?.text ?? "" }
}
