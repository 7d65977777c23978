extension Series {
  /// The samples as analysis takes them; the store keeps them as they were measured.
  ///
  /// A share of an instance is at most all of it: above 100 % it is saturated, and no more is known; below 0 it is none. A
  /// running machine never uses none of its memory: a sample that says so is of a collector that does not work, and is left
  /// out. nil when nothing is left.
  package var plausible: Series? {
    guard [.cpuPercent, .cpuMaxPercent, .memoryPercent].contains(key.metric) else { return self }
    let isMemory = key.metric == .memoryPercent
    let shared = scales.isEmpty ? Self.hundred(scale) : nil
    func most(_ index: Int) -> Int64 { shared ?? Self.hundred(scale(index)) }
    func isWrong(_ index: Int) -> Bool { mantissas[index] > most(index) || mantissas[index] < (isMemory ? 1 : 0) }
    guard mantissas.indices.contains(where: isWrong) else { return self }
    let kept = mantissas.indices.filter { !isMemory || mantissas[$0] > 0 }
    guard !kept.isEmpty else { return nil }
    var copy = self
    copy.instants = kept.map { instants[$0] }
    copy.mantissas = kept.map { max(0, min(mantissas[$0], most($0))) }
    if !scales.isEmpty { copy.scales = kept.map { scales[$0] } }
    return copy
  }

  /// 100 times 10^scale; the largest number where no 64 bits reach it.
  private static func hundred(_ scale: Int) -> Int64 { scale <= 16 ? 100 * powerOfTen(scale) : .max }
}
