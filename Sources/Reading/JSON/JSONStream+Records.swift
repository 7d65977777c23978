import Model

extension JSONStream {
  /// Hands on the elements of the list under a key of the outermost object, one at a time; all else is passed over.
  /// - Throws: ``DataError`` when there is no such list, for a text that is no JSON, and what `body` throws.
  package func forEachRecord(of list: String, _ body: (JSONRecord) throws -> Void) throws {
    let file = place.file
    var isFound = false
    try enterObject()
    while let key = try nextKey() {
      guard key == list else {
        try skip()
        continue
      }
      isFound = true
      try enterArray()
      while try nextElement() { try body(JSONRecord(try node(), file: file)) }
    }
    try expectEnd()
    guard isFound else {
      throw DataError(Place(file: file, line: 1), found: "no list \"\(list)\"", expected: "one in the outermost object")
    }
  }
}
