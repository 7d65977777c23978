/// Which scheduled actions are due, tick by tick.
struct ActionCalendar {
  private var entries: [(tick: Int, action: Int)] = []
  private var index = 0
  /// The tick of the next action; `Int.max` behind the last.
  private(set) var next = Int.max

  init(_ actions: [ReplayAction], tickCount: Int) {
    for (index, action) in actions.enumerated() {
      for tick in Set(action.ticks) where (0..<tickCount).contains(tick) { entries.append((tick, index)) }
    }
    // In a tick in the order in which they are listed.
    entries.sort { ($0.tick, $0.action) < ($1.tick, $1.action) }
    next = entries.first?.tick ?? Int.max
  }

  /// The next action of a tick; nil when there is none left.
  mutating func take(_ tick: Int) -> Int? {
    guard next == tick else { return nil }
    let action = entries[index].action
    index += 1
    next = index < entries.count ? entries[index].tick : Int.max
    return action
  }
}
