import Model

/// Reads a fleet file: its shape, then its meaning.
///
/// What this lets through, the rest of the program relies on: names are unique, references lead somewhere, every
/// condition fits its metric and has the limit it speaks of, and nothing is divided by zero.
///
/// - Throws: ``DataError`` for the first thing wrong, with its line and key path.
package func readFleet(text: String, file: String) throws(DataError) -> Fleet {
  let document = try Document(text: text, file: file)
  let fleet = try document.decode(Fleet.self)
  for rule in fleetRules {
    guard let fault = rule(fleet).first else { continue }
    throw DataError(document.place(fault.path), found: fault.found, expected: fault.expected)
  }
  return fleet
}

/// Something in a fleet that decodes but cannot be meant.
struct FleetFault {
  var path: DocumentPath
  var found: String
  var expected: String

  init(_ path: DocumentPath, found: String, expected: String) {
    self.path = path
    self.found = found
    self.expected = expected
  }
}

/// A small check of a decoded fleet: its faults in the order of the file.
typealias FleetRule = @Sendable (Fleet) -> [FleetFault]

/// Names come before the references to them, and limits before the conditions that rest on them, so that the first
/// fault reported is the cause and not a consequence.
private let fleetRules: [FleetRule] = [
  currencyHasRates, exchangeRatesAscend, timezonesAreKnown, namesAreUnique, somebodyUsesIt, reviewNumbersAreInRange,
  numbersAreInRange,
  initialTypesAreOffered, spotRulesCanBeMeant, minimaAreBelowMaxima, horizontalServicesHaveNoReplicas,
  recurrencesHaveFiveFields, servicesAreKnown, chargesHaveOnePrice, discountsAreOffWhatIsUsed, quantitiesHaveOneKey,
  policiesSuitTheirKind, conditionsFitTheirMetrics, percentagesHaveALimit, instancesAreThere, severitiesAreOrdered,
  metricUnitsConvert, outlooksAreInRange, laddersEndInTime,
]

/// The top of every path into a fleet file.
let fleetRoot = DocumentPath()

/// The elements of a list of the fleet, each with its path.
func placed<Element>(_ elements: [Element], _ list: DocumentPath) -> [(path: DocumentPath, value: Element)] {
  elements.enumerated().map { (list.index($0.offset), $0.element) }
}

extension Fleet {
  /// The services with their paths.
  var placedServices: [(path: DocumentPath, value: Service)] { placed(services, fleetRoot.key("services")) }
}
