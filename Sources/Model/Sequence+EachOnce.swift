extension Sequence where Element: Hashable {
  /// Its elements in their order, those that stood before left out.
  package func eachOnce() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
