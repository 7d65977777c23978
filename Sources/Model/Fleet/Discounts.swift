/// What the owners negotiated with the provider: percentages off its list prices.
package struct Discounts: FleetPart, Hashable {
  package var percent: ScaledDecimal?
  package var services: [String: ScaledDecimal]?

  package init() {}

  package static let about = "What the owners negotiated with the provider: percentages off its list prices."

  package static let keys: [FleetKey<Discounts>] = [
    FleetKey(
      "percent", \.percent, "Off everything that the provider bills, 0 to 100, at most four decimals.", unit: "%",
      absent: "nothing"),
    FleetKey("services", \.services, "In its place, by the price book's names of services.", unit: "%", absent: "none"),
  ]

  /// Percentages off services of the price book; a negative one is a rise.
  package init(services: [String: ScaledDecimal]) { self.services = services }

  /// The percentage off a service of the price book; nil when it has none or one of 0.
  ///
  /// The general one holds for what the provider bills itself, and not for ``othersServices``.
  package func percent(off service: String) -> ScaledDecimal? {
    let general = othersServices.contains(service) ? nil : percent
    guard let percent = services?[service] ?? general, percent.mantissa != 0 else { return nil }
    return percent.normalised
  }
}

/// Services of the price book that other vendors than the provider bill.
package let othersServices: Set = ["tokens", "mongodb-atlas"]

extension Charge {
  /// The price book's name of the service that is charged, what stands before the `/`; nil for a price of the fleet
  /// file's own, which is negotiated already.
  package var priceService: String? {
    price.flatMap { $0.split(separator: "/", omittingEmptySubsequences: false).first.map(String.init) }
  }
}

extension Fleet {
  /// The services of the price book that instances, as the cloud sells them, and charges are bought from, sorted.
  package func priceServices(of cloud: any InstanceServices) -> [String] {
    let instances = services.flatMap { service in
      (service.instanceTypes + [service.initialType]).map { cloud.priceService(ofType: $0, engine: service.engine) }
    }
    return Set(instances + charges.compactMap(\.priceService)).sorted()
  }
}
