extension Series {
  /// The samples as analysis takes them; the store keeps them as they were measured.
  ///
  /// A share of an instance is at most all of it: above 100 % it is saturated, and no more is known; below 0 it is none. A
  /// running machine never uses none of its memory: a sample that says so is of a collector that does not work, and is left
  /// out. An amount is not negative, and not more than anybody uses (``Metric/mostMantissa(scale:)``): a sample that says so is left
  /// out too. nil when nothing is left.
  package var plausible: Series? {
    guard [.cpuPercent, .cpuMaxPercent, .memoryPercent].contains(key.metric) else {
      return possible(isNegativeLeftOut: true)
    }
    let isMemory = key.metric == .memoryPercent
    let shared = scales.isEmpty ? Self.hundred(scale) : nil
    let least: Int64 = isMemory ? 1 : 0
    // Nearly every series is as it should be, and of one scale.
    if let shared, mantissas.allSatisfy({ $0 >= least && $0 <= shared }) { return self }
    func most(_ index: Int) -> Int64 { shared ?? Self.hundred(scale(index)) }
    func isWrong(_ index: Int) -> Bool { mantissas[index] > most(index) || mantissas[index] < least }
    guard mantissas.indices.contains(where: isWrong) else { return self }
    let kept = mantissas.indices.filter { !isMemory || mantissas[$0] > 0 }
    guard !kept.isEmpty else { return nil }
    var copy = self
    copy.instants = kept.map { instants[$0] }
    copy.mantissas = kept.map { max(0, min(mantissas[$0], most($0))) }
    if !scales.isEmpty { copy.scales = kept.map { scales[$0] } }
    return copy
  }

  /// The samples as a charge takes them: an amount may be negative, where something is taken back, but not beyond what
  /// anybody uses. nil when nothing is left.
  package var metered: Series? { possible(isNegativeLeftOut: false) }

  /// The instants of samples that are left out, or another value, in what analysis takes of this series.
  package func instants(otherwiseIn taken: Series?) -> [Int64] {
    guard let taken else { return instants }
    // Most series are taken as they are, which is found without looking at them.
    if taken.mantissas == mantissas { return [] }
    var wrong: [Int64] = []
    var next = 0
    for index in instants.indices {
      let isThere = next < taken.count && taken.instants[next] == instants[index]
      if !isThere || taken.mantissas[next] != mantissas[index] { wrong.append(instants[index]) }
      if isThere { next += 1 }
    }
    return wrong
  }

  /// Those of an amount that can be; all of a metric that may be any number.
  private func possible(isNegativeLeftOut: Bool) -> Series? {
    guard key.metric.isAmount else { return self }
    let shared = scales.isEmpty ? Metric.mostMantissa(scale: scale) : nil
    func isPossible(_ index: Int) -> Bool {
      let most = shared ?? Metric.mostMantissa(scale: self.scale(index))
      return mantissas[index] <= most && mantissas[index] >= (isNegativeLeftOut ? 0 : -most)
    }
    guard !mantissas.indices.allSatisfy(isPossible) else { return self }
    let kept = mantissas.indices.filter(isPossible)
    guard !kept.isEmpty else { return nil }
    var copy = self
    copy.instants = kept.map { instants[$0] }
    copy.mantissas = kept.map { mantissas[$0] }
    if !scales.isEmpty { copy.scales = kept.map { scales[$0] } }
    return copy
  }

  /// 100 times 10^scale; the largest number where no 64 bits reach it.
  private static func hundred(_ scale: Int) -> Int64 { scale <= 16 ? 100 * powerOfTen(scale) : .max }
}
