/// What the front of a type's name says of it: `cache.m5.large` is a cache node, `db.r5.large` a database; an instance of
/// EC2 has no prefix.
enum NodePrefix: String, CaseIterable {
  case cache = "cache."
  case database = "db."

  /// The prefix of a type's name; nil for an instance of EC2.
  init?(of type: String) {
    guard let prefix = Self.allCases.first(where: { type.hasPrefix($0.rawValue) }) else { return nil }
    self = prefix
  }
}
