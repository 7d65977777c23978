import Model

/// What a product of a price list is to the price book.
enum ListedProduct {
  case instance(InstanceKind)
  case unit(ListedUnitItem, region: String)
  /// The reason behind "rows ": `of dedicated tenancy`.
  case leftOut(String)
}

/// What the attributes of a product say, where it is offered aside.
enum ListedMeaning {
  case instance(type: String, engine: String)
  case unit(ListedUnitItem)
  case leftOut(String)
}

/// The services whose price lists are read, by their offer codes.
enum ListedService: String, CaseIterable {
  case ec2 = "AmazonEC2"
  case cache = "AmazonElastiCache"
  case documents = "AmazonDocDB"
  case databases = "AmazonRDS"
  case loadBalancing = "AWSELB"

  /// The service of an offer code.
  /// - Throws: ``DataError`` for a service whose prices have no place in the book.
  init(_ code: String, at place: Place) throws(DataError) {
    guard let service = Self(rawValue: code) else {
      let known = Self.allCases.map(\.rawValue).joined(separator: ", ")
      throw DataError(place, found: "offer code \"\(code)\"", expected: "one of \(known)")
    }
    self = service
  }

  /// What a product of the service is.
  func meaning(_ attributes: some ListedAttributes) -> ListedMeaning {
    if attributes[.locationType] == "AWS Outposts" { return .leftOut("on AWS Outposts") }
    switch self {
    case .ec2: return computeMeaning(attributes)
    case .loadBalancing: return unitMeaning(attributes)
    case .cache: return cacheMeaning(attributes)
    case .documents: return documentMeaning(attributes)
    case .databases: return databaseMeaning(attributes)
    }
  }

  /// What a product of the service is and where.
  /// - Throws: ``DataError`` for a product that is kept, and offered at a location that nobody knows.
  func product(
    _ attributes: some ListedAttributes, _ input: PriceInput, at place: @autoclosure () -> Place
  ) throws(DataError) -> ListedProduct {
    let code = attributes[.regionCode]
    if !code.isEmpty, !input.wants(code) { return .leftOut(otherRegions) }
    let meaning = meaning(attributes)
    if case .leftOut(let reason) = meaning { return .leftOut(reason) }
    let region = code.isEmpty ? try regionCode(ofLocation: attributes[.location], at: place()) : code
    guard input.wants(region) else { return .leftOut(otherRegions) }
    switch meaning {
    case .instance(let type, let engine): return .instance(InstanceKind(region: region, type: type, engine: engine))
    case .unit(let item): return .unit(item, region: region)
    case .leftOut(let reason): return .leftOut(reason)
    }
  }
}

/// Instances of EC2 on shared hardware, and what is paid beside them.
private func computeMeaning(_ attributes: some ListedAttributes) -> ListedMeaning {
  let family = attributes[.productFamily]
  guard family == "Compute Instance" || family == "Compute Instance (bare metal)" else {
    return family == "Dedicated Host" ? .leftOut("of dedicated hosts") : unitMeaning(attributes)
  }
  if let reason = unsharedReason(attributes) { return .leftOut(reason) }
  let usage = ListedUsage(attributes[.usageType])
  let type = attributes[.instanceType].isEmpty ? usage.detail ?? "" : attributes[.instanceType]
  // The first type of all, m1.small, bills without its name.
  guard usage.kind == "BoxUsage", !type.isEmpty, usage.detail == nil || usage.detail == type else {
    return .leftOut("of usage type \(usage.kind)")
  }
  let operation = attributes[.operation]
  guard let engine = engine(ofOperation: operation) else { return .leftOut(unknownOperation(operation)) }
  return .instance(type: type, engine: engine)
}

/// Why an instance is not one that runs on shared hardware and is paid by use; nil when it is.
private func unsharedReason(_ attributes: some ListedAttributes) -> String? {
  switch attributes[.tenancy] {
  case "Shared", "": break
  case "Dedicated": return "of dedicated tenancy"
  case "Host": return "of dedicated hosts"
  case let other: return "of tenancy \(other)"
  }
  switch attributes[.capacityStatus] {
  case "Used", "": break
  case "UnusedCapacityReservation": return "of unused capacity reservations"
  case "AllocatedCapacityReservation": return "of allocated capacity reservations"
  case let other: return "of capacity status \(other)"
  }
  switch attributes[.marketOption] {
  case "OnDemand", "": return nil
  case "CapacityBlock": return "of capacity blocks"
  case let other: return "of market option \(other)"
  }
}

private func unitMeaning(_ attributes: some ListedAttributes) -> ListedMeaning {
  let usage = ListedUsage(attributes[.usageType])
  if let item = ListedUnitItem.item(usage, operation: attributes[.operation]) { return .unit(item) }
  return .leftOut(otherFamily(attributes))
}

/// Why a product of a family that holds no instances is left out.
func otherFamily(_ attributes: some ListedAttributes) -> String {
  let family = attributes[.productFamily]
  return family.isEmpty ? "of no product family" : "of product family \(family)"
}
