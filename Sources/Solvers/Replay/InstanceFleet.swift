/// The instances of a service, as groups that were requested together: a tick costs no more for a thousand than for one.
struct InstanceFleet {
  private struct Group {
    /// The instant from which they are in service, or from which they are gone.
    var instant: Int
    var count: Int
  }

  private let launchTicks: Int
  private let warmupTicks: Int
  private let drainTicks: Int
  /// In the order of their requests, so that their instants never fall: first those that warm up, behind them, from
  /// `launched` on, those that launch. Before `first` stand what has warmed up.
  private var starting: [Group] = []
  private var first = 0
  private var launched = 0
  /// In the order in which they will be gone, from `firstDraining` on.
  private var leaving: [Group] = []
  private var firstLeaving = 0
  /// How many are in each stage, in the tick last advanced to.
  private(set) var launching = 0
  private(set) var warming = 0
  private(set) var warm: Int
  private(set) var draining = 0

  init(_ service: ReplayService) {
    launchTicks = service.launchTicks
    warmupTicks = service.warmupTicks
    drainTicks = service.drainTicks
    warm = service.initial
  }

  /// What was asked for: all but those that drain.
  var desired: Int { launching + warming + warm }

  /// Brings the counts up to a tick.
  @inline(__always)
  mutating func advance(to tick: Int) {
    if first < starting.count { start(by: tick) }
    if firstLeaving < leaving.count { leave(by: tick) }
  }

  private mutating func start(by tick: Int) {
    while launched < starting.count, starting[launched].instant <= tick {
      launching -= starting[launched].count
      warming += starting[launched].count
      launched += 1
    }
    while first < launched, starting[first].instant + warmupTicks <= tick {
      warming -= starting[first].count
      warm += starting[first].count
      first += 1
    }
    guard first == starting.count || (first > 1024 && 2 * first > starting.count) else { return }
    starting.removeFirst(first)
    launched -= first
    first = 0
  }

  private mutating func leave(by tick: Int) {
    while firstLeaving < leaving.count, leaving[firstLeaving].instant <= tick {
      draining -= leaving[firstLeaving].count
      firstLeaving += 1
    }
    guard firstLeaving == leaving.count || (firstLeaving > 1024 && 2 * firstLeaving > leaving.count) else { return }
    leaving.removeFirst(firstLeaving)
    firstLeaving = 0
  }

  /// Requests instances, or tells the newest to go, at an instant.
  /// - Returns: when the change has ended.
  mutating func resize(to capacity: Int, at instant: Int) -> Int {
    let more = capacity - desired
    guard more < 0 else {
      if more > 0 {
        starting.append(Group(instant: instant + launchTicks, count: more))
        launching += more
      }
      return instant + launchTicks
    }
    remove(-more, at: instant)
    return instant + drainTicks
  }

  /// Those that launch are gone at once, those in service drain.
  private mutating func remove(_ count: Int, at instant: Int) {
    var (left, served) = (count, 0)
    while left > 0, starting.count > first {
      let last = starting.count - 1
      let part = min(left, starting[last].count)
      if last >= launched { launching -= part } else { warming -= part }
      if starting[last].instant <= instant { served += part }
      starting[last].count -= part
      left -= part
      if starting[last].count == 0 { starting.removeLast() }
    }
    launched = min(launched, starting.count)
    warm -= left
    served += left
    guard served > 0, drainTicks > 0 else { return }
    leaving.append(Group(instant: instant + drainTicks, count: served))
    draining += served
  }
}
