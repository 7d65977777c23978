import Analysis
import Model

/// What an instance of a service needs of one dimension.
struct DimensionNeed: Sendable {
  let dimension: SizeDimension
  /// With headroom, in the dimension's unit; nil when it is not measured well enough.
  private(set) var amount: Double?
  /// Why it is not known; nil when it is.
  let shortfall: String?
  /// How it was worked out, or why it was not.
  let words: String
  let coverage: Coverage

  /// - Parameters:
  ///   - used: the percentile of what was used; nil without a sample.
  ///   - headroomPercent: what stays free of what is offered.
  init(
    _ dimension: SizeDimension, used: Double?, headroomPercent: Int, shortfall: String?, coverage: Coverage,
    percentile: ScaledDecimal, note: String = ""
  ) {
    self.dimension = dimension
    self.shortfall = shortfall
    self.coverage = coverage
    guard shortfall == nil, let used else {
      amount = nil
      words = shortfall ?? "\(dimension.rawValue) is not measured"
      return
    }
    let needed = used / (1 - Double(headroomPercent) / 100)
    amount = needed
    let division = headroomPercent == 0 ? "" : " / (1 - \(headroomPercent) %) = \(dimension.words(needed))"
    words = "p\(percentile) \(dimension.words(used))\(division)\(note)"
  }

  /// True when an offer is enough, and when nothing says that it is not.
  /// - Parameter ratio: so many times as many instances share the need as were measured.
  func isMet(by offer: Double?, ofEach ratio: Double = 1) -> Bool {
    guard let amount, let offer else { return true }
    return offer >= amount / ratio
  }

  /// What an offer lacks, in figures; nil when it is met.
  func shortfall(of offer: Double?, ofEach ratio: Double = 1) -> SizeShortfall? {
    guard let offer, let amount, !isMet(by: offer, ofEach: ratio) else { return nil }
    return SizeShortfall(
      dimension: dimension.rawValue, unit: dimension.unit, decimals: dimension.decimals, offered: offer,
      needed: amount / ratio)
  }

  /// The same need of more demand, or of less.
  func scaled(by factor: Double) -> DimensionNeed {
    var copy = self
    copy.amount = amount.map { $0 * factor }
    return copy
  }

  /// `CPU: 2 vCPU < 2.07`; nil when it is met.
  func failure(of offer: Double?, ofEach ratio: Double = 1) -> String? {
    guard let offer, let amount, !isMet(by: offer, ofEach: ratio) else { return nil }
    let decimals = offer == offer.rounded() && dimension == .cpu ? 0 : dimension.decimals
    return
      "\(dimension.rawValue): \(rounded(offer, decimals)) \(dimension.unit) < \(rounded(amount / ratio, dimension.decimals))"
  }
}
