extension AWSWords {
  /// The currency that prices of a region are in where nothing says which: CNY in China (`cn-north-1`), else USD.
  ///
  /// Source: Amazon Web Services in China, "Getting started": accounts there are billed in CNY.
  package static func currency(ofRegion region: String) -> String { region.hasPrefix("cn-") ? "CNY" : "USD" }
}
