import Analysis
import Model

extension TypeOffer {
  /// From which use on a burstable type with surplus costs more than the cheapest fixed one of as many vCPUs that is dearer; empty for
  /// others.
  func breakEvenWords(among offers: [TypeOffer]) -> String {
    let fixed = offers.filter {
      $0.specification.burst == nil && $0.specification.vcpu == specification.vcpu && $0.hourly > hourly
    }.min { $0.hourly < $1.hourly }
    guard let burst = specification.burst, let fixed,
      let permille = burst.breakEvenPermille(vcpu: specification.vcpu, hourly: hourly, fixed: fixed.hourly)
    else { return "" }
    return permille >= 1000
      ? "; cheaper than \(fixed.type) even with surplus"
      : "; with surplus cheaper than \(fixed.type) up to \(permille / 10).\(permille % 10) % mean CPU"
  }
}
