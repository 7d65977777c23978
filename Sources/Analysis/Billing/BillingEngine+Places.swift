import Model

extension BillingEngine {
  /// Of each service, where its instances ran in a period, as the price book calls it: where most instance-seconds were
  /// first, of equal ones by name. A service of which nothing ran has no entry.
  package func places(of services: [String], in period: Period) -> [String: [String]] {
    words(of: services, in: period) { $0.region }
  }

  /// Of each service, what ran on its instances in a period, as the price book calls it, in the same order.
  package func engines(of services: [String], in period: Period) -> [String: [String]] {
    words(of: services, in: period) { $0.engine }
  }

  private func words(of services: [String], in period: Period, _ word: (InstanceKind) -> String) -> [String: [String]] {
    var words: [String: [String]] = [:]
    for service in services {
      let own = inventory[service].seconds(in: period) { word(kind($0)) }.map(\.word)
      words[service] = own.isEmpty ? nil : own
    }
    return words
  }
}
