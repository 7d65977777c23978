/// The spot price of an instance kind in a zone, from a moment until the next one of that zone.
package struct SpotPrice: Hashable, Sendable {
  package var kind: InstanceKind
  /// Availability zone, by name (`us-east-1a`) or by its id (`use1-az1`), as the source calls it.
  package var zone: String
  package var hourly: Money
  package var provenance: Provenance

  package init(kind: InstanceKind, zone: String, hourly: Money, provenance: Provenance) {
    self.kind = kind
    self.zone = zone
    self.hourly = hourly
    self.provenance = provenance
  }
}

/// How fast a type was measured to be, on all its virtual CPUs.
package struct InstancePerformance: Hashable, Sendable {
  package var type: String
  /// CoreMark iterations a second, in thousandths, of all threads together.
  package var milliCoreMark: Int64
  /// Threads it ran on, one for each virtual CPU.
  package var threads: Int
  /// Plus or minus so many percent, as the source has it.
  package var noisePercent: Int
  package var provenance: Provenance

  package init(
    type: String, milliCoreMark: Int64, threads: Int, noisePercent: Int, provenance: Provenance
  ) {
    self.type = type
    self.milliCoreMark = milliCoreMark
    self.threads = threads
    self.noisePercent = noisePercent
    self.provenance = provenance
  }

  /// CoreMark iterations a second for each virtual CPU.
  package var coreMarkPerVcpu: Double { Double(milliCoreMark) / 1000 / Double(threads) }
}
