import Model

extension DimensionNeed {
  /// True when an offer is enough, and when nothing says that it is not.
  /// - Parameter ratio: so many times as many instances share the need as were measured.
  func isMet(by offer: Double?, ofEach ratio: Double = 1) -> Bool {
    guard let amount, let offer else { return true }
    return offer >= amount / ratio
  }

  /// What an offer lacks; nil when it is enough.
  func shortfall(of offer: Double?, ofEach ratio: Double = 1) -> SizeShortfall? {
    guard let offer, let amount, !isMet(by: offer, ofEach: ratio) else { return nil }
    return .capacity(dimension, offered: offer, needed: amount / ratio)
  }
}
