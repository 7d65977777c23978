/// List prices of a service of the provider, or of an instance type, taken to be lower than they are, or higher.
package struct PriceCut: PlanChange {
  /// The price book's name of it: `ec2`, `elasticache`; or a type: `c5.large`.
  package var priceService: String
  /// Off its list prices; a rise where it is negative.
  package var percent: ScaledDecimal

  package static let kind = "price-cut"
  package static let option = ChangeOption(
    "price", valueName: "service|type=percent",
    help: "List prices of a service of the provider, or of a type, so much lower or, with +, higher.",
    expectation: "a service of the price book or a type and a percentage from -100 to +1000, ec2=-10%",
    example: "ec2=-10%")

  package init?(optionText: String) {
    guard let (name, value) = assignment(optionText), value.hasSuffix("%"),
      let percent = ScaledDecimal(String(value.dropLast()))
    else { return nil }
    priceService = name
    self.percent = ScaledDecimal(mantissa: 0 - percent.mantissa, scale: percent.scale)
  }

  package var optionText: String { "\(priceService)=\(percent.mantissa > 0 ? "-" : "+")\(magnitude)%" }
  package var services: [String] { [] }
  package var sets: String? { priceService }
  package var fault: String? {
    (-1000...100).contains(percent.double) && percent.scale <= 4 ? nil : Self.option.expectation
  }
  package var words: String {
    "list prices of \(priceService) \(magnitude) % \(percent.mantissa < 0 ? "higher" : "lower")"
  }
  private var magnitude: ScaledDecimal { ScaledDecimal(mantissa: abs(percent.mantissa), scale: percent.scale) }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    let known = context.fleet.priceServices(of: context.cloud)
    let types = Set(plan.runs.map(\.type)).union(plan.commitments.map(\.commitment.type)).sorted()
    var cuts = plan.priceCuts ?? PriceCuts()
    if known.contains(priceService) {
      cuts.services[priceService] = percent
    } else if types.contains(priceService) {
      cuts.types[priceService] = percent
    } else {
      throw DataError(
        Place(file: "what-if"), found: "price of \"\(priceService)\"",
        expected: "a service of the price book that the fleet buys, \(known.joined(separator: ", ")), "
          + "or a type that runs" + (types.isEmpty ? "" : ", \(types.prefix(12).joined(separator: ", "))"), kind: .usage
      )
    }
    plan.priceCuts = cuts
    return []
  }

  package func terms(on plan: FleetPlan, _ context: some ChangeContext) -> ChangeTerms {
    ChangeTerms(.purchase, ChangeRisk(.low, .reversible))
  }
}
