/// Why a size would not carry what a service did.
package enum SizeShortfall: Hashable, Sendable {
  /// An instance offers less of a dimension than it needs, both in the dimension's unit.
  case capacity(SizeDimension, offered: Double, needed: Double)
  /// More vCPUs are used on average than credits are earned for; surplus credits would cost so much over the period, at
  /// list prices in USD: zero where none would be charged.
  case creditBaseline(meanVcpu: Double, baselineVcpu: Double, surplus: Money)
  /// In standard mode it would have been throttled to its baseline more often than the percentile lets pass.
  case throttled(PerformanceRisk)
  /// Replayed, its instances would have been short of memory for longer than those that run.
  case memoryShort(PerformanceRisk)
  /// It would take more of them at once than the fleet file permits.
  case count(Int, for: CountBinding, maximum: Int)
  /// Each would fill more of its memory without load than may be filled at all.
  case idleMemory(offeredGiB: Double, reservedPercent: Int, idleGiB: Double)
  /// It is cheaper only if what each fills without load is load.
  case idleInDoubt(idleGiB: Double)
  /// It has less CPU, of which all that there was was used: what is needed is not known.
  case saturated(SaturatedSamples)
  /// What is said before it is of the demand that is expected while it stays, not of that which was measured.
  case growth(SizeGrowth)
}
