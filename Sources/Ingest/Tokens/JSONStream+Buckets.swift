import Model
import Reading

extension JSONStream {
  /// Reads a page as providers of models print it: an object whose `data` is a list of buckets, a time each.
  /// - Parameter body: reads a bucket, which is next.
  /// - Returns: true where the page says that more follow it.
  /// - Throws: ``DataError`` for an object without `data` and what is no JSON; and what `body` throws.
  func forEachBucket(_ body: () throws -> Void) throws -> Bool {
    _ = try next()
    let start = place
    var (hasData, hasMore) = (false, false)
    var keys: Set<String> = []
    try enterObject()
    while let key = try nextKey(once: &keys) {
      switch key {
      case "data":
        hasData = true
        try enterArray()
        while try nextElement() { try body() }
      case "has_more": hasMore = try node().boolean == true
      default: try skip()
      }
    }
    try expectEnd()
    guard hasData else { throw DataError(start, found: "no data", expected: "a page of buckets: data, with results") }
    return hasMore
  }
}
