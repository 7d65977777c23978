import Model

/// A unit that cannot be used: the halves of the error.
struct UnitFault: Error, Hashable {
  var found: String
  var expected: String
}

/// The conversion of values, or of the rates of a counter, from a source's unit to that of a metric of ours.
///
/// Without a unit values are taken to be in that of the metric, and counters to count: their rate becomes one a minute
/// where the metric says so.
/// - Throws: ``UnitFault`` for an unknown unit, one of another quantity, a unit for a metric that does not say its own,
///   or a counter for a metric that is no rate.
func conversion(from unit: String?, isCounter: Bool, to metric: Metric) throws(UnitFault) -> Conversion {
  guard let unit else { return isCounter ? try conversionOfCounts(to: metric) : .identity }
  guard let source = MeasuredUnit.spelt(unit) else {
    throw UnitFault(found: "unit \"\(unit)\"", expected: choice(among: MeasuredUnit.spellings, insteadOf: unit))
  }
  let found = "unit \"\(unit)\" of a \(isCounter ? "counter" : "value") for metric \"\(metric.rawValue)\""
  guard let target = MeasuredUnit.of(metric) else {
    throw UnitFault(
      found: found, expected: "a metric that ends in its unit: \(MeasuredUnit.endings.joined(separator: ", "))")
  }
  guard let conversion = (isCounter ? source.rate : source)?.conversion(to: target) else {
    throw UnitFault(found: found, expected: "a unit that converts to that of the metric")
  }
  return conversion
}

private func conversionOfCounts(to metric: Metric) throws(UnitFault) -> Conversion {
  guard let target = MeasuredUnit.of(metric) else { return .identity }
  switch target.quantity {
  case .frequency: return MeasuredUnit(.frequency).conversion(to: target) ?? .identity
  case .dataRate, .share, .growth: return .identity
  case .data, .time, .count:
    throw UnitFault(
      found: "a counter for metric \"\(metric.rawValue)\"",
      expected: "a metric that is a rate, or \"counter: false\" in the mapping")
  }
}
