/// Where a cloud tells its own prices.
package protocol PriceSources: Sendable {
  /// What brings the prices of a region onto a machine, in the order of use.
  /// - Throws: ``DataError``, kind `usage`, for a region whose prices cannot be used.
  func priceFetches(ofRegion region: String) throws(DataError) -> [PriceFetch]
}

/// A command of a shell that brings a file of prices.
package struct PriceFetch: Hashable, Sendable {
  /// How a file of it is read.
  package enum Reading: Hashable, Sendable {
    case prices
    /// Prices of a file that does not say its day.
    case undatedPrices
    case spot
  }
  /// What it brings: `on demand and reserved, EC2`.
  package var subject: String
  /// Lines of a shell.
  package var command: String
  /// The file it makes.
  package var file: String
  package var reading: Reading

  package init(_ subject: String, _ command: String, file: String, reading: Reading) {
    self.subject = subject
    self.command = command
    self.file = file
    self.reading = reading
  }
}
