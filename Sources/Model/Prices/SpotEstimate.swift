/// The average saving of spot capacity and how often it is taken back, from a date on.
package struct SpotEstimate: DatedPrice {
  package var kind: InstanceKind
  /// Percent below on-demand, averaged by the provider over the past month.
  package var savingsPercent: Int
  /// Share of instances interrupted in a month, as the provider's bucket: `<5%`, `5-10%`, ...
  package var interruption: String
  package var provenance: Provenance
  package init(
    kind: InstanceKind, savingsPercent: Int, interruption: String, provenance: Provenance
  ) {
    self.kind = kind
    self.savingsPercent = savingsPercent
    self.interruption = interruption
    self.provenance = provenance
  }

  /// At most so many percent of instances are taken back in a month: the upper end of the provider's bucket; 100 where it
  /// has none, such as `>20%`, and where it is no bucket.
  package var interruptedPercent: Int {
    guard !interruption.hasPrefix(">") else { return 100 }
    let numbers = interruption.split { !$0.isNumber }.compactMap { Int($0) }
    return numbers.last.map { min(100, max(0, $0)) } ?? 100
  }

  package static let plural = "spot estimates"
  package static var rows: WritableKeyPath<PriceBook, [Self]> { \.spot }
  package var subject: String { "spot \(kind)" }
  package var key: InstanceKind { kind }
  package var amount: String { "\(savingsPercent) % below" }
}
