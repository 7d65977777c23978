import Model

/// A charge, or a part of one, as a plan has it billed.
private struct PlannedCharge {
  var charge: Charge
  /// Where it is bought.
  var region: String
  /// What it is priced as; nil for a price of the fleet file's own.
  var item: String?
  /// As its lines are called.
  var name: String
  /// The part of the measured amount.
  var numerator: Int128 = 1
  var denominator: Int128 = 1
  /// The moment whose price holds all along; nil for the prices of the period.
  var pricedAt: Instant?

  /// What a plan makes of a charge.
  static func of(_ charge: Charge, in plan: TokenPlan, bought region: String) -> [PlannedCharge] {
    var charge = charge
    if let seats = plan.seats[charge.name], let stated = charge.quantity.stated {
      charge.quantity = ChargeQuantity()
      charge.quantity.units = seats
      charge.quantity.per = stated.per
    }
    guard let tokens = charge.tokens, plan.models[tokens.model] != nil else {
      return [PlannedCharge(charge: charge, region: region, item: charge.price, name: charge.name)]
    }
    let parts = plan.parts(of: tokens)
    return parts.map { part in
      let isOther = part.item != tokens
      return PlannedCharge(
        charge: charge, region: region, item: part.item.item,
        name: part.item.kind == tokens.kind ? charge.name : "\(charge.name) (\(part.item.kind.rawValue))",
        numerator: part.numerator, denominator: part.denominator, pricedAt: isOther ? plan.pricedAt : nil)
    }
  }
}

extension BillingEngine {
  /// The line items of one charge, one for each price in force, and a note where its series has gaps; neither where the
  /// book lacks its price.
  func meteredItems(_ charge: Charge, of plan: FleetPlan, over period: Period, _ missing: inout MissingPrices)
    throws(DataError) -> (items: [LineItem], incomplete: [BillGap])
  {
    var items: [LineItem] = []
    var gaps: [BillGap] = []
    guard let period = charge.isFromUsage ? try used(charge, in: period) : period else { return ([], []) }
    for part in PlannedCharge.of(charge, in: plan.tokens, bought: plan.chargeRegion ?? charge.region ?? fleet.region) {
      let item = part.item ?? ""
      let known = try missing.found(.unit(item, region: part.region), since: part.pricedAt ?? period.start) {
        () throws(DataError) in try prices(of: part, over: period)
      }
      guard known != nil else { continue }
      if charge.quantity.stated != nil {
        items += try statedItems(part, over: period)
      } else {
        let sampled = try sampledItems(part, factor: plan.demand.factor(of: charge.driver), over: period)
        items += sampled.items
        gaps = charge.isFromUsage ? [] : sampled.incomplete
      }
    }
    return (items, gaps)
  }

  /// From the first to the last of what was measured of a charge, whose prices alone it needs; nil where nothing was.
  private func used(_ charge: Charge, in period: Period) throws(DataError) -> Period? {
    guard let metric = charge.quantity.metric else { return nil }
    let key = SeriesKey(service: charge.service, resource: charge.quantity.resource ?? "", metric: metric)
    guard let series = try history.meteredSeries(key, in: period) else { return nil }
    let range = series.range(in: period)
    guard let first = range.first, let last = range.last else { return nil }
    return Period(
      start: Instant(seconds: series.instants[first]),
      end: min(period.end, Instant(seconds: series.instants[last]).advanced(by: 1)))
  }

  /// True for a charge of a stated amount that is billed once a month, however long a period is.
  package func isMonthly(_ charge: Charge, over period: Period) -> Bool {
    guard charge.quantity.stated != nil else { return false }
    let part = PlannedCharge(
      charge: charge, region: charge.region ?? fleet.region, item: charge.price, name: charge.name)
    let unit = (try? prices(of: part, over: period))?.first?.tiers.first?.unit
    return PricedUnit(unit ?? "month").time != .hour
  }

  /// A stated amount: by the hour times hours where the price is by the hour; once a month where it is by the month or of
  /// something that is counted, each price for its part of the seconds.
  /// - Throws: ``DataError`` for an amount that is per something else than the price, and a price that is not there.
  private func statedItems(_ planned: PlannedCharge, over period: Period) throws(DataError) -> [LineItem] {
    let charge = planned.charge
    guard let stated = charge.quantity.stated else { return [] }
    var items: [LineItem] = []
    // Of the units so far, by the divisor that they were counted in.
    var before: [Int128: Int128] = [:]
    for part in try prices(of: planned, over: period) {
      let unit = part.tiers.first?.unit ?? "month"
      let multiple = try multiple(of: stated.per ?? unit, at: unit, charge)
      let whole = PricedUnit(unit).time == .hour ? 3600 : period.seconds
      let amount = Int128(stated.amount.mantissa) * Int128(part.period.seconds)
      let divisor = widePowerOfTen(stated.amount.scale) * Int128(whole) * Int128(multiple)
      items += try tieredItems(planned, part.tiers, amount: amount, divisor: divisor, from: before[divisor] ?? 0)
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
  private func sampledItems(_ planned: PlannedCharge, factor: DemandFactor, over period: Period)
    throws(DataError) -> (items: [LineItem], incomplete: [BillGap])
  {
    let charge = planned.charge
    // The fleet's rules see to it that what is not stated is measured.
    guard let metric = charge.quantity.metric else { return ([], []) }
    let key = SeriesKey(service: charge.service, resource: charge.quantity.resource ?? "", metric: metric)
    guard let series = try history.meteredSeries(key, in: period), !series.range(in: period).isEmpty else {
      throw DataError(
        Place(file: "store", key: key.description), found: "no samples in the period",
        expected: "a metered series for the charge \"\(charge.name)\"", kind: .missingInput)
    }
    let divisor = widePowerOfTen(series.sumScale) * Int128(factor.denominator)
    var items: [LineItem] = []
    var before: Int128 = 0
    for part in try prices(of: planned, over: period) {
      let amount = series.sum(series.range(in: part.period)) * Int128(factor.numerator)
      items += try tieredItems(planned, part.tiers, amount: amount, divisor: divisor, from: before)
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
    _ planned: PlannedCharge, _ tiers: [UnitPrice], amount: Int128, divisor: Int128, from: Int128
  ) throws(DataError) -> [LineItem] {
    let charge = planned.charge
    var items: [LineItem] = []
    // Of what is free a part of a charge has its part.
    let free = Int128(charge.freeUnits).times(divisor)?.times(planned.numerator)
    let (whole, before) = (amount.times(planned.numerator), from.times(planned.numerator))
    guard let whole, let before, let free, let divisor = divisor.times(planned.denominator),
      divisor < widePowerOfTen(30)
    else {
      throw DataError(
        Place(file: "fleet", key: "charges: \(charge.name)"),
        found: "an amount of more digits than are counted in", expected: "fewer decimals, or whole percentages")
    }
    let (amount, from) = behind(free, whole, from: before)
    let (low, high) = (min(from, from + amount), max(from, from + amount))
    for (index, tier) in tiers.enumerated() {
      let start = saturatedProduct(Int128(tier.tierFrom), divisor)
      let lower = index == 0 ? low : max(start, low)
      let next = index + 1 < tiers.count ? saturatedProduct(Int128(tiers[index + 1].tierFrom), divisor) : high
      let upper = min(next, high)
      guard upper > lower || (index == 0 && amount == 0) else { continue }
      let used = max(0, upper - lower) * (amount < 0 ? -1 : 1)
      guard let cost = tier.price.chargeIfModest(for: used, per: divisor * Int128(tier.perUnits)) else {
        throw DataError(
          Place(file: "fleet", key: "charges: \(charge.name)"),
          found: "\(quantity(used, per: divisor)) \(tier.unit) at \(tier.price)", expected: "less than a billion USD")
      }
      items.append(
        LineItem(
          service: charge.service, option: .metered, item: planned.name, region: charge.region,
          quantity: quantity(used, per: divisor), unit: tier.unit, dollars: cost,
          driver: charge.driver, price: note(tier), priceService: charge.priceService))
    }
    return items
  }

  /// What of an amount is charged for, and from where on that counts, where prices begin behind what is free.
  private func behind(_ free: Int128, _ amount: Int128, from: Int128) -> (amount: Int128, from: Int128) {
    guard free > 0 else { return (amount, from) }
    let start = max(0, from - free)
    return (max(0, from + amount - free) - start, start)
  }

  /// The tiers in force over a period, part by part.
  private func prices(of planned: PlannedCharge, over period: Period) throws(DataError) -> [(
    period: Period, tiers: [UnitPrice]
  )] {
    let charge = planned.charge
    if let fixed = charge.fixedUsd {
      let source = PriceSource(file: "fleet file", origin: "the fleet's own contract", retrieved: period.start)
      let price = UnitPrice(
        region: planned.region, item: "fixed", unit: fixedUnit(of: charge), tierFrom: 0, price: fixed, perUnits: 1,
        provenance: Provenance(effectiveFrom: period.start, quality: .published, source: source))
      return [(period, [price])]
    }
    if let moment = planned.pricedAt {
      return [(period, try catalogue.unit(planned.item ?? "", region: planned.region, at: moment))]
    }
    return try catalogue.unit(planned.item ?? "", region: planned.region, over: period)
  }

  /// What a price of the fleet file's own is for: what the charge says, else a month, for a series what it counts.
  private func fixedUnit(of charge: Charge) -> String {
    guard let stated = charge.quantity.stated else { return "unit" }
    return charge.quantity.gbMonths != nil ? "gb-month" : stated.per ?? "month"
  }
}

extension Int128 {
  /// The product; nil beyond 128 bits.
  fileprivate func times(_ other: Int128) -> Int128? {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? nil : product
  }
}
