import Model

extension BillingEngine {
  /// The line items of one charge, one for each price in force, and a note where its series has gaps; neither where the
  /// book lacks its price.
  func meteredItems(_ charge: Charge, factor: DemandFactor, over period: Period, _ missing: inout MissingPrices)
    throws(DataError) -> (items: [LineItem], incomplete: [BillGap])
  {
    let item = charge.price ?? ""
    let known = try missing.found(.unit(item, region: fleet.region), since: period.start) { () throws(DataError) in
      try prices(of: charge, over: period)
    }
    guard known != nil else { return ([], []) }
    if let units = charge.quantity.units {
      return (try timedItems(charge, Int128(units), over: period, perHour: true), [])
    }
    if let gigabytes = charge.quantity.gbMonths {
      return (try timedItems(charge, Int128(gigabytes), over: period, perHour: false), [])
    }
    return try sampledItems(charge, factor: factor, over: period)
  }

  /// Something held all month: charged by the hour, or by the month in proportion to its seconds.
  private func timedItems(_ charge: Charge, _ units: Int128, over period: Period, perHour: Bool)
    throws(DataError) -> [LineItem]
  {
    let whole = perHour ? Int128(3600) : Int128(period.seconds)
    var items: [LineItem] = []
    var before: Int128 = 0
    for part in try prices(of: charge, over: period) {
      let amount = units * Int128(part.period.seconds)
      items += tieredItems(charge, part.tiers, amount: amount, divisor: whole, from: before)
      before += amount
    }
    return items
  }

  /// The sum of a metered series, tier by tier.
  private func sampledItems(_ charge: Charge, factor: DemandFactor, over period: Period)
    throws(DataError) -> (items: [LineItem], incomplete: [BillGap])
  {
    let key = SeriesKey(service: charge.service, metric: charge.quantity.metric!)
    guard let series = try history.series(key, in: period), !series.range(in: period).isEmpty else {
      throw DataError(
        Place(file: "store", key: key.description), found: "no samples in the period",
        expected: "a metered series for the charge \"\(charge.name)\"", kind: .missingInput)
    }
    let divisor = widePowerOfTen(series.sumScale) * Int128(factor.denominator)
    var items: [LineItem] = []
    var before: Int128 = 0
    for part in try prices(of: charge, over: period) {
      let amount = series.sum(series.range(in: part.period)) * Int128(factor.numerator)
      items += tieredItems(charge, part.tiers, amount: amount, divisor: divisor, from: before)
      before += amount
    }
    let coverage = series.coverage(on: SampleGrid(period: period, stepSeconds: stepSeconds))
    let gap = coverage.seen < coverage.expected
    return (items, gap ? [.metered(charge: charge.name, coverage)] : [])
  }

  /// Splits `amount / divisor` units, counted from `from / divisor` on, over price tiers.
  private func tieredItems(
    _ charge: Charge, _ tiers: [UnitPrice], amount: Int128, divisor: Int128, from: Int128
  ) -> [LineItem] {
    var items: [LineItem] = []
    for (index, tier) in tiers.enumerated() {
      let lower = max(Int128(tier.tierFrom) * divisor, from)
      let next = index + 1 < tiers.count ? Int128(tiers[index + 1].tierFrom) * divisor : from + amount
      let upper = min(from + amount, next)
      guard upper > lower || (index == 0 && amount == 0) else { continue }
      items.append(
        LineItem(
          service: charge.service, option: .metered, item: charge.name,
          quantity: quantity(max(0, upper - lower), per: divisor), unit: tier.unit,
          dollars: tier.price.charge(for: max(0, upper - lower), per: divisor * Int128(tier.perUnits)),
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
        region: fleet.region, item: "fixed", unit: "unit", tierFrom: 0, price: fixed, perUnits: 1,
        provenance: Provenance(effectiveFrom: period.start, quality: .published, source: source))
      return [(period, [price])]
    }
    return try catalogue.unit(charge.price ?? "", region: fleet.region, over: period)
  }
}
