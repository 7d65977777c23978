/// A service, or all of the fleet, in another region: as much of the same, at the prices there. Commitments of a region stay
/// where they are.
package struct RegionMove: PlanChange {
  /// The service that moves; nil for all, with what is charged beside instances.
  package var service: String?
  package var region: String

  package static let kind = "region-move"
  package static let option = ChangeOption(
    "region", valueName: "[service=]region", help: "The fleet, or a service, in another region, at the prices there.",
    expectation: "a region, or a service and a region, SERVICE=eu-west-1", example: "api=eu-west-1")

  package init?(optionText: String) {
    if let (name, value) = assignment(optionText) {
      (service, region) = (name, value)
    } else {
      region = optionText
    }
  }

  package var optionText: String { (service.map { "\($0)=" } ?? "") + region }
  package var services: [String] { service.map { [$0] } ?? [] }
  package var sets: String? { service ?? "" }
  package var fault: String? {
    let isWord = region.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    return isWord && region.contains(where: \.isLetter) ? nil : Self.option.expectation
  }
  package var words: String { "\(service ?? "everything") in \(region)" }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    guard context.catalogue.hasPrices(in: region) else {
      throw DataError(
        Place(file: "what-if"), found: "region \"\(region)\"",
        expected: "a region that the price book has instances of, such as \(context.fleet.region)", kind: .usage)
    }
    if let service {
      plan.move(try context.service(service).name, to: region, in: context.cloud)
    } else {
      plan.move(to: region, in: context.cloud)
    }
    return []
  }

  package func terms(on plan: FleetPlan, _ context: some ChangeContext) -> ChangeTerms {
    ChangeTerms(.rebuild, ChangeRisk(.high, .otherHardware))
  }
}

extension FleetPlan {
  /// All that runs, and what is charged beside instances, in another region.
  package mutating func move(to region: String, in cloud: any Cloud) {
    for name in services { move(name, to: region, in: cloud) }
    chargeRegion = region
  }
}
