import Advice
import Analysis
import Model

/// Of many verdicts on sizes those that matter most: what saves most, and what has most to spare.
package struct TopSizes: Sendable {
  /// How much of what it has an instance does not need.
  package struct Spare: Hashable, Sendable {
    /// Of the service, or the instance.
    package var subject: String
    /// What mostly runs.
    package var type: String
    /// What is needed with headroom, as a fraction of what the type has; nil where it is not measured.
    package var cpuNeed, memoryNeed: Double?
    /// What is free of the dimension that is needed most.
    package var spare: Double
  }

  /// How many were asked for.
  package let count: Int
  /// Those that save most, most first; none that save nothing.
  package let saving: [Verdict]
  /// Those with most to spare, most first; of equal ones by name.
  package let spare: [Spare]

  /// - Parameter runs: the instances of the month.
  init(_ count: Int, of verdicts: [Verdict], runs: RunsByService, in context: AdviceContext) {
    self.count = count
    saving = Array(
      verdicts.filter { $0.saving > .zero }.sorted { ($1.saving, $0.subject.name) < ($0.saving, $1.subject.name) }
        .prefix(count))
    let all = verdicts.compactMap { verdict in Spare(verdict, runs, context) }
    spare = Array(all.sorted { ($1.spare, $0.subject) < ($0.spare, $1.subject) }.prefix(count))
  }
}

extension TopSizes.Spare {
  /// - Returns: nil where no need is measured, or nothing is known of the type.
  fileprivate init?(_ verdict: Verdict, _ runs: RunsByService, _ context: AdviceContext) {
    guard let service = verdict.services.first else { return nil }
    var own = runs[service]
    if case .instance(let resource, _) = verdict.subject { own = own.filter { $0.resource == resource } }
    guard let type = own.seconds(in: context.period, by: \.type).first?.word,
      let specification = context.catalogue.specificationIfKnown(type)
    else { return nil }
    func need(_ dimension: SizeDimension, of offered: Double) -> Double? {
      let needs = verdict.evidence.figures.compactMap { figure -> DimensionNeed? in
        guard case .size(.need(let need)) = figure, need.dimension == dimension else { return nil }
        return need
      }
      return offered > 0 ? needs.compactMap(\.amount).max().map { $0 / offered } : nil
    }
    let cpu = need(.cpu, of: Double(specification.vcpu))
    let memory = need(.memory, of: specification.memoryGiB)
    guard let most = [cpu, memory].compactMap({ $0 }).max() else { return nil }
    self.init(subject: verdict.subject.name, type: type, cpuNeed: cpu, memoryNeed: memory, spare: max(0, 1 - most))
  }
}
