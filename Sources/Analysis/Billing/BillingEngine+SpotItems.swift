// What spot capacity cost: the zone's price of the hour where the book has its history, else an estimate.
//
// A price of the history holds until the next one of its zone, the last one as long as its source knows
// (`Provenance.confirmed`). Usage of hours that no history covers is priced at the on-demand rate less the average saving
// of the provider's estimate. Rework is a line of its own, the same percentage of either.
// Source: Amazon EC2 FAQ, "Spot Instances": the price in effect at the beginning of each instance-hour, by the second. Here
// the hour is the clock's, as for all discounts.

import Model

extension BillingEngine {
  /// Line items of spot usage, with their rework: one for each zone's history, one for each price that estimates rest on.
  /// - Parameter missing: the prices that the book lacks: usage has neither history nor an estimate.
  func spotItems(_ usage: [ZonedUsage: HourlyUnits], over period: Period, _ missing: inout MissingPrices)
    throws(DataError) -> [LineItem]
  {
    var items: [LineItem] = []
    var estimated: [UsageKey: HourlyUnits] = [:]
    for (key, byHour) in usage.sorted(by: { ($0.key.usage, $0.key.zone) < ($1.key.usage, $1.key.zone) }) {
      var recorded: [(price: SpotPrice, units: Int128)] = []
      for (hour, units) in byHour.amounts.enumerated() where units > 0 {
        if let price = recordedSpot(key, at: byHour.instant(hour)) {
          recorded.append((price, units))
        } else {
          estimated[key.usage, default: HourlyUnits(over: period)].add(units, inEach: hour..<(hour + 1))
        }
      }
      if !recorded.isEmpty { items += recordedItems(key, recorded) }
    }
    for (key, byHour) in estimated.sorted(by: { $0.key < $1.key }) {
      items += try estimatedItems(key, byHour, over: period, &missing)
    }
    return items
  }

  /// The price of a zone's history, which stands under the region that the zone lies in, whatever its prices are called.
  private func recordedSpot(_ key: ZonedUsage, at instant: Instant) -> SpotPrice? {
    if let price = catalogue.recordedSpot(key.usage.kind, zone: key.zone, at: instant) { return price }
    guard let region = cloud.region(ofZone: key.zone), region != key.usage.kind.region else { return nil }
    var kind = key.usage.kind
    kind.region = region
    return catalogue.recordedSpot(kind, zone: key.zone, at: instant)
  }

  private func recordedItems(_ key: ZonedUsage, _ hours: [(price: SpotPrice, units: Int128)]) -> [LineItem] {
    let perHour = 3600 * cloud.normalisedUnits(of: key.usage.kind)
    let units = hours.reduce(Int128(0)) { $0 + $1.units }
    let nano = hours.reduce(Int128(0)) { $0 + $1.units * Int128($1.price.hourly.nanoDollars) }
    let newest = hours.map(\.price.provenance).max { $0.confirmed < $1.confirmed }!
    let mean = SpotMean(
      hourly: Money(clampingNanoDollars: roundedHalfEven(nano, dividedBy: units)), newest: newest)
    var item = spotItem(
      key.usage, units, dollars: Money(clampingNanoDollars: roundedHalfEven(nano, dividedBy: perHour)),
      note(mean, of: key.usage.kind.type, over: .hoursUsed(zone: key.zone)))
    item.zone = key.zone
    return [item] + rework(of: item, key.usage.kind, units, nano, per: perHour)
  }

  private func estimatedItems(
    _ key: UsageKey, _ byHour: HourlyUnits, over period: Period, _ missing: inout MissingPrices
  ) throws(DataError) -> [LineItem] {
    let perHour = 3600 * cloud.normalisedUnits(of: key.kind)
    var items: [LineItem] = []
    for part in try onDemand(key.kind, over: period, &missing) ?? [] {
      let used = byHour.sum(in: part.period)
      guard used > 0 else { continue }
      // As in the advice: the estimate in force at the end of the time it is used for.
      guard let estimate = catalogue.spot(key.kind, at: part.period.end.advanced(by: -1)) else {
        let error = DataError(
          Place(file: "price book"), found: "no spot estimate of \(key.kind)",
          expected: "an imported spot estimate, or the spot prices of the zone it ran in", kind: .missingInput)
        missing.insert(MissingPrice(.spot(key.kind), since: part.period.start, error))
        continue
      }
      let nano = saturatedProduct(
        used, Int128(part.price.hourly.nanoDollars) * Int128(100 - estimate.savingsPercent))
      var item = spotItem(
        key, used, dollars: Money(clampingNanoDollars: roundedHalfEven(nano, dividedBy: perHour * 100)),
        note(estimate, onDemand: part.price))
      if part.period != period { item.within = part.period }
      items += [item] + rework(of: item, key.kind, used, nano, per: perHour * 100)
    }
    return items
  }

  private func spotItem(_ key: UsageKey, _ units: Int128, dollars: Money, _ price: PriceNote) -> LineItem {
    LineItem(
      service: key.service, option: .spot, item: key.kind.type, region: key.kind.region, engine: key.kind.engine,
      account: key.account, quantity: quantity(units, per: 3600 * cloud.normalisedUnits(of: key.kind)),
      unit: "instance-hour",
      dollars: dollars, driver: driver(of: key.service), price: price,
      priceService: cloud.priceService(of: key.kind))
  }

  /// The work that interruptions make necessary again, at the price of the line; nothing where there is none.
  /// - Parameter nano: what the line costs, in nano-dollars × `divisor`.
  private func rework(
    of item: LineItem, _ kind: InstanceKind, _ units: Int128, _ nano: Int128, per divisor: Int128
  ) -> [LineItem] {
    let percent = Int128(fleet.purchase.spotReworkPercent)
    guard percent > 0 else { return [] }
    var rework = item
    rework.option = .spotRework
    rework.dollars = Money(clampingNanoDollars: roundedHalfEven(nano * percent, dividedBy: divisor * 100))
    rework.quantity = quantity(units * percent, per: 360_000 * cloud.normalisedUnits(of: kind))
    return [rework]
  }
}
