/// A change that sets a number of instances of a service: `SERVICE=N`.
package protocol ServiceCount: PlanChange {
  var service: String { get }
  var count: Int { get }

  init(service: String, count: Int)
}

extension ServiceCount {
  package init?(optionText: String) {
    guard let (service, value) = assignment(optionText), let count = Int(value) else { return nil }
    self.init(service: service, count: count)
  }

  package var optionText: String { "\(service)=\(count)" }
  package var services: [String] { [service] }
  package var sets: String? { service }
  package var fault: String? { (0...1000).contains(count) ? nil : Self.option.expectation }
}
