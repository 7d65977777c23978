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
    var keys: Set<String> = []
    try enterObject()
    while let key = try nextKey(once: &keys) {
      guard key == list else {
        if try passMember(key) { hasMorePages = true }
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

  /// Passes a member of the outermost object that is not looked for; true where it names a next page.
  package func passMember(_ key: String) throws(DataError) -> Bool {
    guard pageKeys.contains(key) else {
      try skip()
      return false
    }
    if case .string(let token) = try node().content { return !token.isEmpty }
    return false
  }
}

/// What answers name the start of the next page by.
private let pageKeys: Set<String> = ["NextToken", "nextToken", "Marker", "marker", "nextPageToken"]
