/// How fast a type was measured to be, on all its virtual CPUs.
package struct InstancePerformance: PriceRow {
  /// The instance type: `c5.large`.
  package var type: String
  /// CoreMark iterations a second, in thousandths, of all threads together.
  package var milliCoreMark: Int64
  /// Threads it ran on, one for each virtual CPU.
  package var threads: Int
  /// Plus or minus so many percent, as the source has it.
  package var noisePercent: Int
  /// The day it was measured, and who says so.
  package var provenance: Provenance

  /// A measurement of a type.
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

  package static let plural = "measured types"
  package static var rows: WritableKeyPath<PriceBook, [Self]> { \.performance }
  package var subject: String { "performance of \(type)" }
}
