import Model

extension Series {
  /// One value a slot, nil where nothing was measured; of several samples in a slot the largest.
  package func aligned(to grid: SampleGrid) -> [Double?] {
    aligned(to: grid, slots: 0..<grid.count, in: grid.period)
  }

  /// The same of some slots, and of the samples in a part of the period that lies in them.
  package func aligned(to grid: SampleGrid, slots: Range<Int>, in part: Period) -> [Double?] {
    var values = [Double?](repeating: nil, count: slots.count)
    for index in range(in: part) {
      let slot = grid.slot(Instant(seconds: instants[index])) - slots.lowerBound
      let value = value(index)
      values[slot] = max(values[slot] ?? value, value)
    }
    return values
  }

  /// Samples present out of one for each slot of the grid.
  package func coverage(on grid: SampleGrid) -> Coverage {
    Coverage(seen: aligned(to: grid).count { $0 != nil }, expected: grid.count)
  }
}
