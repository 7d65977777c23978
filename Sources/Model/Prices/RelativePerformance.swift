// How fast a virtual CPU of one type is beside one of another: a ratio of two measurements, each with its noise.
//
//   ratio = CoreMark per vCPU of one / CoreMark per vCPU of the other
//   noise = root of the sum of the squares of the two noises
//
// The relative error of a quotient of independent measurements: JCGM 100:2008 (GUM), 5.1.6.

/// The speed of one type's virtual CPU as a multiple of another's.
package struct RelativePerformance: Hashable, Sendable {
  /// Above 1 when the one is the faster.
  package var ratio: Double
  /// Plus or minus so many percent of ``ratio``.
  package var noisePercent: Double

  /// Of a type to itself, or to one of its family: 1, without noise.
  package static let same = RelativePerformance(ratio: 1, noisePercent: 0)

  /// A ratio that is known.
  package init(ratio: Double, noisePercent: Double) {
    self.ratio = ratio
    self.noisePercent = noisePercent
  }

  /// From two measurements, as they are, whatever the families of the types.
  package init(_ one: InstancePerformance, to other: InstancePerformance) {
    ratio = one.coreMarkPerVcpu / other.coreMarkPerVcpu
    // As fractions: the squares of whole numbers may be beyond 64 bits.
    let (own, others) = (Double(one.noisePercent), Double(other.noisePercent))
    noisePercent = (own * own + others * others).squareRoot()
  }

  /// The least that the noise leaves of the ratio; a hundredth of it where the noise is as large as the ratio.
  package var lowest: Double { ratio * max(0.01, 1 - noisePercent / 100) }
}
