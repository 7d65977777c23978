import Analysis
import Model

extension PlanNote {
  /// What an owner is told: `worker: needs up to 15 instances (CPU); the fleet file's maximum is 10`.
  func words(in currency: BillCurrency) -> String {
    switch self {
    case .countOutsideLimits(let service, let count, let minimum, let maximum):
      return "\(service): \(instances(count)) outside the fleet file's \(minimum) to \(maximum)"
    case .tooFew(let service, let count, let share, let needed, let binding):
      return "\(service): \(instances(count)) too few in \(percentText(share)) of measured intervals, "
        + "which needed up to \(needed) (\(binding.text))"
    case .unchecked(let service, let dimensions):
      return
        "\(service): \(dimensions.map(\.name).joined(separator: " and ")) \(dimensions.count == 1 ? "is" : "are") not measured, "
        + "so the count was not checked by \(dimensions.count == 1 ? "it" : "them")"
    case .beyondMaximum(let service, let needed, let binding, let maximum):
      return "\(service): needs up to \(needed) instances (\(binding.text)); the fleet file's maximum is \(maximum)"
    case .memoryUnmeasured(let service, let followed):
      return "\(service): memory is unmeasured; the count follows \(followed.map(\.name).joined(separator: ", "))"
    case .beyondList(let service, let nodes, let needs):
      return
        "\(service): beyond its list of types; \(nodes == 1 ? "its node" : "each of \(nodes) nodes") lacks \(needs.text(in: currency)): "
        + "shard or extend the list; priced as it runs today"
    case .sizedOnCPU(let service): return "\(service): memory is unmeasured; sized without it"
    case .unspecified(let service, let type):
      return "\(service): the price book does not say what \(type) offers: priced as it is, and not checked"
    case .grown(let service, let from, let to):
      return "\(service): grows from \(from.text) to \(to.text)"
    case .tooSmall(let service, let type, let shortfalls):
      return "\(service): \(type) is too small: \(shortfalls.text(in: currency))"
    case .replayed(let service, let term):
      return "\(service): right-sizing's replay has \(span(term.other)) where it has \(span(term.own)); of the latter "
        + "\(span(term.ran)) ran, so \(span(term.billed)) are billed: what ran beyond the replay, or short of it, stays so"
    case .simulated(let service):
      return
        "\(service): counts are what its scaling makes of the load minute by minute; right-sizing and capacity count "
        + "with the review's headroom instead"
    case .stillCharged(let service, let driver, let charges, let others):
      return
        "\(service): \(firstOf(charges, most: 4)) of \(firstOf(others)) still charged as they were, though no service that is left "
        + "is driven by \(driver)"
    case .otherArchitecture(let services, let types):
      return "\(services.joined(separator: ", ")): \(types) is another architecture; software must be built for it"
    case .unusedCommitment(let id, let hours, let cost):
      return "\(id): \(rounded(hours, 0)) reserved hours are paid for and not used, "
        + "\(Cents(cost).grouped) \(currency.code)"
    }
  }
}

/// `2 to 6 x c5.xlarge (mean 3.1)`.
private func span(_ span: CountSpan) -> String {
  let counts = span.least == span.most ? "\(span.most)" : "\(span.least) to \(span.most)"
  return "\(counts) x \(span.type) (mean \(rounded(span.mean, 1)))"
}

private func instances(_ count: Int) -> String { count == 1 ? "1 instance is" : "\(count) instances are" }
