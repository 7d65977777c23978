/// How much of what runs is on demand, as the mixed-instances policy of an Auto Scaling group says it: a base, and a share
/// of what runs above it, rounded up.
///
/// Source: Amazon EC2 Auto Scaling user guide, "Auto Scaling groups with multiple instance types and purchase options"
/// (on-demand base capacity, percentage above base; a part of an instance is on demand).
package struct SpotPolicy: Hashable, Sendable {
  /// Instances that are on demand before any is spot.
  package var base: Int
  /// Of what runs above the base, in percent, 0 to 100.
  package var onDemandPercentAboveBase: Int

  package init(base: Int, onDemandPercentAboveBase: Int) {
    self.base = base
    self.onDemandPercentAboveBase = onDemandPercentAboveBase
  }

  /// How many of so many running instances are spot.
  package func spot(of running: Int) -> Int {
    let above = max(0, running - base)
    return above - (above * onDemandPercentAboveBase + 99) / 100
  }
}
