import Model

extension JSONStream {
  /// Hands on the elements of the list under a key of the outermost object, one at a time; all else is passed over.
  /// - Returns: true where the object names a next page: it is not the whole answer.
  /// - Throws: ``DataError`` when there is no such list, for a text that is no JSON, and what `body` throws.
  @discardableResult
  package func forEachRecord(of list: String, _ body: (JSONRecord) throws -> Void) throws -> Bool {
    let file = place.file
    var isFound = false
    var hasMorePages = false
    try enterObject()
    while let key = try nextKey() {
      guard key == list else {
        if pageKeys.contains(key) {
          if case .string(let token) = try node().content, !token.isEmpty { hasMorePages = true }
        } else {
          try skip()
        }
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
    return hasMorePages
  }
}

/// What answers name the start of the next page by.
private let pageKeys: Set<String> = ["NextToken", "nextToken", "Marker", "marker", "nextPageToken"]
