/// Where a price came from: the file it was read from, what that file was taken from, and when.
package struct PriceSource: Hashable, Sendable {
  /// As the file was called when it was imported.
  package var file: String
  /// The public file or the command it was taken from.
  package var origin: String
  package var retrieved: Instant
  /// When the source was published with its prices, by its own word; nil where it does not say, and its rows do.
  package var published: Instant?
  /// XXH64 of the file's content; nil while it is being read.
  package var contentHash: UInt64?

  package init(
    file: String, origin: String, retrieved: Instant, published: Instant? = nil, contentHash: UInt64? = nil
  ) {
    self.file = file
    self.origin = origin
    self.retrieved = retrieved
    self.published = published
    self.contentHash = contentHash
  }
}

/// Whether a price was published as such or computed from others by a stated rule.
package enum PriceQuality: String, Sendable { case published, derived }

/// The moment a price took effect, its source and its quality; shared by every kind of price.
package struct Provenance: Hashable, Sendable {
  package var effectiveFrom: Instant
  package var quality: PriceQuality
  package var source: PriceSource
  private let day: CivilDate?

  /// - Parameter day: the day of the moment where its source means another clock than that of UTC.
  package init(effectiveFrom: Instant, quality: PriceQuality, source: PriceSource, day: CivilDate? = nil) {
    self.effectiveFrom = effectiveFrom
    self.quality = quality
    self.source = source
    self.day = day
  }

  /// The moment by which it is named: midnight of its source's day, or that from which it holds.
  package var named: Instant { day?.midnightUTC ?? effectiveFrom }

  /// The last moment at which the price is known to have held by its source's word; what staleness is judged by.
  package var confirmed: Instant { max(effectiveFrom, source.published ?? effectiveFrom) }
}
