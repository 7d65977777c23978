import Model

/// A type that could be run.
package struct SizeOffer: Hashable, Sendable {
  package var type: String
  package var vcpu: ScaledDecimal
  package var memoryGiB: ScaledDecimal
  package var usdPerHour: ScaledDecimal
  /// How much one of its vCPUs does, beside one of performance 1.
  package var relativePerformance: ScaledDecimal

  package init(
    type: String, vcpu: ScaledDecimal, memoryGiB: ScaledDecimal, usdPerHour: ScaledDecimal,
    relativePerformance: ScaledDecimal = ScaledDecimal(mantissa: 1, scale: 0)
  ) {
    self.type = type
    self.vcpu = vcpu
    self.memoryGiB = memoryGiB
    self.usdPerHour = usdPerHour
    self.relativePerformance = relativePerformance
  }

  /// The order of preference: cheaper, fewer vCPUs, less memory, then the name.
  fileprivate func isBetter(than other: SizeOffer) -> Bool {
    for (own, others) in [(usdPerHour, other.usdPerHour), (vcpu, other.vcpu), (memoryGiB, other.memoryGiB)] {
      if own.isLess(than: others) { return true }
      if others.isLess(than: own) { return false }
    }
    return type < other.type
  }
}

/// Types in the order in which they are preferred, ready for many questions.
package struct SizeCatalogue: Sendable {
  /// The best first.
  package let offers: [SizeOffer]
  /// What each offers, nearly; ``SizeRequirement`` decides exactly where that is close.
  private let estimates: [(vcpu: Double, memoryGiB: Double)]

  package init(_ offers: [SizeOffer]) {
    self.offers = offers.sorted { $0.isBetter(than: $1) }
    estimates = self.offers.map { ($0.vcpu.double * $0.relativePerformance.double, $0.memoryGiB.double) }
  }

  /// The cheapest offer that meets the requirements; nil when none does.
  package func cheapest(vcpu: SizeRequirement, memory: SizeRequirement?) -> SizeOffer? {
    for index in estimates.indices where isEnough(index, vcpu: vcpu, memory: memory) { return offers[index] }
    return nil
  }

  @inline(__always)
  private func isEnough(_ index: Int, vcpu: SizeRequirement, memory: SizeRequirement?) -> Bool {
    let estimate = estimates[index]
    guard vcpu.isMet(by: estimate.vcpu, { [offers[index].vcpu, offers[index].relativePerformance] }) else {
      return false
    }
    guard let memory else { return true }
    return memory.isMet(by: estimate.memoryGiB) { [offers[index].memoryGiB] }
  }
}
