import Model

extension PriceInput {
  /// The region of a file that does not say which: the one the user named.
  /// - Throws: ``DataError`` when the user named none, or several.
  func onlyRegion() throws(DataError) -> String {
    if let regions = options.regions, regions.count == 1, let region = regions.first { return region }
    throw DataError(
      Place(file: file), found: "no region in the file", expected: "one \(parameter: .region)", kind: .usage)
  }
}
