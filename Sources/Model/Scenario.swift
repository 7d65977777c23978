/// Changes to try: a what-if. The empty scenario is today.
package struct Scenario: Hashable, Sendable {
  /// One instance type for a service.
  package struct TypeChange: Hashable, Sendable {
    package var service: String
    package var type: String
    package init(service: String, type: String) {
      self.service = service
      self.type = type
    }
  }
  /// A fixed number of instances of a service, all month.
  package struct CountChange: Hashable, Sendable {
    package var service: String
    package var count: Int
    package init(service: String, count: Int) {
      self.service = service
      self.count = count
    }
  }
  /// Further reservations of a service's instance type, held all month.
  package struct Reservation: Hashable, Sendable {
    package var service: String
    package var count: Int
    package var term: OfferTerm
    package init(service: String, count: Int, term: OfferTerm) {
      self.service = service
      self.count = count
      self.term = term
    }
  }

  /// The month's peak of concurrent users; nil leaves demand as it was.
  package var peakUsers: Int?
  package var types: [TypeChange] = []
  package var counts: [CountChange] = []
  package var reservations: [Reservation] = []

  package init() {}
}

/// Demand relative to history, as an exact ratio.
package struct DemandFactor: Hashable, Sendable {
  package var numerator: Int64
  package var denominator: Int64

  /// - Precondition: both are positive.
  package init(_ numerator: Int64, _ denominator: Int64) {
    precondition(numerator > 0 && denominator > 0, "demand scales by a positive ratio")
    var (a, b) = (numerator, denominator)
    while b != 0 { (a, b) = (b, a % b) }
    self.numerator = numerator / a
    self.denominator = denominator / a
  }

  package static let one = DemandFactor(1, 1)
  package var value: Double { Double(numerator) / Double(denominator) }
  package var isOne: Bool { numerator == denominator }
}

/// Demand relative to history for everything that follows a driver; drivers not named are as they were.
package struct Demand: Hashable, Sendable {
  package var factors: [CostDriver: DemandFactor]

  package init(factors: [CostDriver: DemandFactor] = [:]) {
    self.factors = factors.filter { !$0.value.isOne }
  }

  /// The same factor for every driver.
  package init(_ factor: DemandFactor) {
    self.init(factors: Dictionary(uniqueKeysWithValues: CostDriver.allCases.map { ($0, factor) }))
  }

  package static let asMeasured = Demand()
  package func factor(of driver: CostDriver) -> DemandFactor { factors[driver] ?? .one }
}

extension Scenario.TypeChange: LosslessStringConvertible {
  /// `SERVICE=TYPE`.
  package init?(_ text: String) {
    guard let (service, type) = assignment(text) else { return nil }
    self.init(service: service, type: type)
  }
  package var description: String { "\(service)=\(type)" }
}

extension Scenario.CountChange: LosslessStringConvertible {
  /// `SERVICE=N`, at most 1,000.
  package init?(_ text: String) {
    guard let (service, value) = assignment(text), let count = Int(value), (0...1000).contains(count) else {
      return nil
    }
    self.init(service: service, count: count)
  }
  package var description: String { "\(service)=\(count)" }
}

extension Scenario.Reservation: LosslessStringConvertible {
  /// `SERVICE=N@OFFER`, N from 1 to 100,000.
  package init?(_ text: String) {
    guard let (service, value) = assignment(text) else { return nil }
    let parts = value.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let count = Int(parts[0]), (1...100_000).contains(count), let term = OfferTerm(parts[1])
    else { return nil }
    self.init(service: service, count: count, term: term)
  }
  package var description: String { "\(service)=\(count)@\(term)" }
}

private func assignment(_ text: String) -> (name: String, value: String)? {
  let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
  guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
  return (parts[0], parts[1])
}
