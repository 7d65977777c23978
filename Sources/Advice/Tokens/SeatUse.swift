import Analysis
import Model

/// Seats of a service that are paid for, and those that were used.
package struct SeatUse: Hashable, Sendable {
  /// The charge, by its name.
  package var charge: String
  package var service: String
  package var bought: ScaledDecimal
  /// The most that used one within the month; nil where nobody counted them.
  package var active: Int?

  /// Seats that nobody used; nil where nobody counted those that were.
  package var unused: Int? {
    active.map { max(0, wholeNumber(bought.double.rounded(.down)) - $0) }
  }
}

extension SeatUse {
  /// The charges by the seat, in the order of the fleet file: of a stated amount at a price for a user and month.
  /// - Throws: ``DataError`` when the samples cannot be read.
  package static func all(_ context: AdviceContext) throws(DataError) -> [SeatUse] {
    var uses: [SeatUse] = []
    for charge in context.fleet.charges {
      guard let stated = charge.quantity.stated, context.isBySeat(charge) else { continue }
      let key = SeriesKey(service: charge.service, metric: .activeSeats)
      let series = try context.history.meteredSeries(key, in: context.period)
      let values = series.map { $0.values($0.range(in: context.period)) } ?? []
      let active = values.max().map { wholeNumber($0.rounded(.up)) }
      uses.append(
        SeatUse(charge: charge.name, service: charge.service, bought: stated.amount.normalised, active: active))
    }
    return uses
  }
}

extension AdviceContext {
  private static let seatUnits: Set = ["user-month", "seat-month", "user", "seat"]

  fileprivate func isBySeat(_ charge: Charge) -> Bool {
    if charge.fixedUsd != nil { return Self.seatUnits.contains(charge.quantity.per ?? "") }
    let tiers = charge.price.flatMap { try? catalogue.unit($0, region: fleet.region, at: period.start) }
    return tiers?.first.map { Self.seatUnits.contains($0.unit) } ?? false
  }
}
