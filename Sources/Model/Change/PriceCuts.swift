/// Something that takes a percentage off what lines of a bill cost.
package protocol PriceReduction: Sendable {
  /// What is off a line, and of what it is said; nil for nothing.
  /// - Parameters:
  ///   - item: the instance type, or the charge's name.
  ///   - priceService: the price book's name of the service that is paid.
  func reduction(ofItem item: String, from priceService: String?) -> (subject: String, percent: ScaledDecimal)?
}

/// Percentages that list prices are taken to be lower by; a negative one is a rise. That of a type stands in place of that of
/// its service.
package struct PriceCuts: PriceReduction, Hashable {
  package var services: [String: ScaledDecimal] = [:]
  package var types: [String: ScaledDecimal] = [:]

  package init() {}

  package func reduction(ofItem item: String, from priceService: String?) -> (subject: String, percent: ScaledDecimal)?
  {
    let ofService = priceService.flatMap { name in services[name].map { (subject: name, percent: $0) } }
    guard let found = types[item].map({ (subject: item, percent: $0) }) ?? ofService, found.percent.mantissa != 0 else {
      return nil
    }
    return (found.subject, found.percent.normalised)
  }
}

extension Discounts: PriceReduction {
  package func reduction(ofItem item: String, from priceService: String?) -> (subject: String, percent: ScaledDecimal)?
  {
    guard let priceService, let percent = percent(off: priceService) else { return nil }
    return (priceService, percent)
  }
}
