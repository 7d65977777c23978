import Model

extension BillingEngine {
  /// The line items of one charge, one for each price in force, and a note where its series has gaps; neither where the
  /// book lacks its price.
  func meteredItems(_ charge: Charge, factor: DemandFactor, over period: Period, _ missing: inout MissingPrices)
    throws(DataError) -> (items: [LineItem], incomplete: [BillGap])
  {
    let item = charge.price ?? ""
    let known = try missing.found(.unit(item, region: charge.region ?? fleet.region), since: period.start) {
      () throws(DataError) in
      try prices(of: charge, over: period)
    }
    guard known != nil else { return ([], []) }
    if charge.quantity.stated != nil { return (try statedItems(charge, over: period), []) }
    return try sampledItems(charge, factor: factor, over: period)
  }

  /// True for a charge of a stated amount that is billed once a month, however long a period is.
  package func isMonthly(_ charge: Charge, over period: Period) -> Bool {
    guard charge.quantity.stated != nil else { return false }
    let unit = (try? prices(of: charge, over: period))?.first?.tiers.first?.unit
    return PricedUnit(unit ?? "month").time != .hour
  }

  /// A stated amount: by the hour times hours where the price is by the hour; once a month where it is by the month or of
  /// something that is counted, each price for its part of the seconds.
  /// - Throws: ``DataError`` for an amount that is per something else than the price, and a price that is not there.
  private func statedItems(_ charge: Charge, over period: Period) throws(DataError) -> [LineItem] {
    guard let stated = charge.quantity.stated else { return [] }
    var items: [LineItem] = []
    // Of the units so far, by the divisor that they were counted in.
    var before: [Int128: Int128] = [:]
    for part in try prices(of: charge, over: period) {
      let unit = part.tiers.first?.unit ?? "month"
      let multiple = try multiple(of: stated.per ?? unit, at: unit, charge)
      let whole = PricedUnit(unit).time == .hour ? 3600 : period.seconds
      let amount = Int128(stated.amount.mantissa) * Int128(part.period.seconds)
      let divisor = widePowerOfTen(stated.amount.scale) * Int128(whole) * Int128(multiple)
      items += try tieredItems(charge, part.tiers, amount: amount, divisor: divisor, from: before[divisor] ?? 0)
      before[divisor, default: 0] += amount
    }
    return items
  }

  private func multiple(of per: String, at unit: String, _ charge: Charge) throws(DataError) -> Int64 {
    if let multiple = PricedUnit(unit).multiple(of: per) { return multiple }
    let found =
      charge.quantity.gbMonths == nil ? "an amount per \(per)" : "gb_months, which are held by the month"
    throw DataError(
      Place(file: "fleet", key: "charges: \(charge.name): quantity"), found: found,
      expected: "an amount per \(unit), the unit of its price \(charge.price ?? "fixed_usd")")
  }

  /// The sum of a metered series, tier by tier.
  private func sampledItems(_ charge: Charge, factor: DemandFactor, over period: Period)
    throws(DataError) -> (items: [LineItem], incomplete: [BillGap])
  {
    let key = SeriesKey(service: charge.service, metric: charge.quantity.metric!)
    guard let series = try history.meteredSeries(key, in: period), !series.range(in: period).isEmpty else {
      throw DataError(
        Place(file: "store", key: key.description), found: "no samples in the period",
        expected: "a metered series for the charge \"\(charge.name)\"", kind: .missingInput)
    }
    let divisor = widePowerOfTen(series.sumScale) * Int128(factor.denominator)
    var items: [LineItem] = []
    var before: Int128 = 0
    for part in try prices(of: charge, over: period) {
      let amount = series.sum(series.range(in: part.period)) * Int128(factor.numerator)
      items += try tieredItems(charge, part.tiers, amount: amount, divisor: divisor, from: before)
      before += amount
    }
    // Amounts may be added up by the day.
    let coverage = series.coverage(on: SampleGrid(period: period, stepSeconds: stepSeconds), longest: 86_400)
    let gap = coverage.seen < coverage.expected
    return (items, gap ? [.metered(charge: charge.name, coverage)] : [])
  }

  /// Splits `amount / divisor` units, counted from `from / divisor` on, over price tiers. A negative amount takes back what
  /// was counted last, at what it cost then; below none at all the first tier's price holds.
  /// - Throws: ``DataError`` for a cost beyond all measure.
  private func tieredItems(
    _ charge: Charge, _ tiers: [UnitPrice], amount: Int128, divisor: Int128, from: Int128
  ) throws(DataError) -> [LineItem] {
    var items: [LineItem] = []
    let (low, high) = (min(from, from + amount), max(from, from + amount))
    for (index, tier) in tiers.enumerated() {
      let start = Int128(tier.tierFrom) * divisor
      let lower = index == 0 ? low : max(start, low)
      let upper = index + 1 < tiers.count ? min(Int128(tiers[index + 1].tierFrom) * divisor, high) : high
      guard upper > lower || (index == 0 && amount == 0) else { continue }
      let used = max(0, upper - lower) * (amount < 0 ? -1 : 1)
      guard let cost = tier.price.chargeIfModest(for: used, per: divisor * Int128(tier.perUnits)) else {
        throw DataError(
          Place(file: "fleet", key: "charges: \(charge.name)"),
          found: "\(quantity(used, per: divisor)) \(tier.unit) at \(tier.price)", expected: "less than a billion USD")
      }
      items.append(
        LineItem(
          service: charge.service, option: .metered, item: charge.name, region: charge.region,
          quantity: quantity(used, per: divisor), unit: tier.unit, dollars: cost,
          driver: charge.driver, price: note(tier), priceService: charge.priceService))
    }
    return items
  }

  /// The tiers in force over a period, part by part.
  private func prices(of charge: Charge, over period: Period) throws(DataError) -> [(
    period: Period, tiers: [UnitPrice]
  )] {
    if let fixed = charge.fixedUsd {
      let source = PriceSource(file: "fleet file", origin: "the fleet's own contract", retrieved: period.start)
      let price = UnitPrice(
        region: charge.region ?? fleet.region, item: "fixed", unit: fixedUnit(of: charge), tierFrom: 0, price: fixed,
        perUnits: 1,
        provenance: Provenance(effectiveFrom: period.start, quality: .published, source: source))
      return [(period, [price])]
    }
    return try catalogue.unit(charge.price ?? "", region: charge.region ?? fleet.region, over: period)
  }

  /// What a price of the fleet file's own is for: what the charge says, else a month, for a series what it counts.
  private func fixedUnit(of charge: Charge) -> String {
    guard let stated = charge.quantity.stated else { return "unit" }
    return charge.quantity.gbMonths != nil ? "gb-month" : stated.per ?? "month"
  }
}
