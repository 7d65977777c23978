import Model

/// Reads a fleet file: its shape, then its meaning.
///
/// What this lets through, the rest of the program relies on: names are unique, references lead somewhere, every
/// condition fits its metric and has the limit it speaks of, and nothing is divided by zero.
///
/// - Throws: ``DataError`` for all that is wrong, each with its line and key path, in the order of the lines.
package func readFleet(text: String, file: String) throws(DataError) -> Fleet {
  try readFleet(try readDocument(text: text, file: file), file: file)
}

/// The same of a text that is a tree already.
package func readFleet(_ document: DocumentNode, file: String) throws(DataError) -> Fleet {
  let reading = DocumentReading(file: file)
  guard var fleet = Fleet.read(document, reading) else { throw allOf(reading.faults) }
  let faults = fleetRules.flatMap { $0(fleet) }.filter { !reading.isDoubtful($0.path) }
  guard reading.faults.isEmpty, faults.isEmpty else {
    throw allOf(reading.faults + faults.map { $0.error(in: document, of: file) })
  }
  fleet.document = document
  return fleet
}

/// One error of all that is wrong, by lines; what has none comes first.
package func allOf(_ faults: [DataError]) -> DataError {
  let sorted = faults.enumerated().sorted { a, b in
    (a.element.place.line ?? 0, a.offset) < (b.element.place.line ?? 0, b.offset)
  }.map(\.element)
  var error = sorted[0]
  error.further = Array(sorted.dropFirst())
  return error
}

/// Something in a fleet that can be read but cannot be meant.
struct FleetFault {
  var path: DocumentPath
  var found: String
  var expected: String

  init(_ path: DocumentPath, found: String, expected: String) {
    self.path = path
    self.found = found
    self.expected = expected
  }

  func error(in document: DocumentNode, of file: String) -> DataError {
    DataError(
      Place(file: file, line: document.line(of: path), key: path.description), found: found, expected: expected)
  }
}

/// A small check of a fleet: its faults in the order of the file.
typealias FleetRule = @Sendable (Fleet) -> [FleetFault]

/// Names come before the references to them, and limits before the conditions that rest on them, so that of faults on
/// one line the cause comes before its consequences.
private let fleetRules: [FleetRule] = [
  providerIsKnown, currencyHasRates, exchangeRatesAscend, timezonesAreKnown, namesAreNames, namesAreUnique,
  reviewNumbersAreInRange,
  numbersAreInRange,
  initialTypesAreOffered, spotRulesCanBeMeant, minimaAreBelowMaxima, horizontalServicesHaveNoReplicas,
  recurrencesHaveFiveFields, servicesAreKnown, chargesHaveOnePrice, pricesAreOfOneThing,
  discountsAreOffWhatIsUsed, quantitiesHaveOneKey, tagsHaveKeys,
  policiesSuitTheirKind, latenciesAreTargets, backingServicesAreKnown, conditionsFitTheirMetrics, percentagesHaveALimit,
  instancesAreThere, severitiesAreOrdered,
  metricUnitsConvert, outlooksAreInRange, laddersEndInTime, purchasesAreClear, claimsAreAmounts,
  externalLimitsAreInRange, eventsEnd,
]
