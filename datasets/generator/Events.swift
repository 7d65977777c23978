/// What was planted, and when (local time). The dataset's README lists the same events as the truth to be found.
enum Events {
  /// Tuesday 13 October, 10:00-20:00: a launch brings up to 1.6 times the users.
  static let launch = Window(start: Clock.october(13, 10), end: Clock.october(13, 20))
  /// Saturday 24 October, 02:00-02:40: bots send five requests for each of a user's.
  static let botFlash = Window(start: Clock.october(24, 2), end: Clock.october(24, 2, 40))
  /// Wednesday 7 October, midnight to midnight: monitoring lost everything.
  static let lostDay = Window(start: Clock.october(7, 0), end: Clock.october(8, 0))
  /// Thursday 22 October, 11:30-11:45: the replicas fall behind.
  static let replicationLag = Window(start: Clock.october(22, 11, 30), end: Clock.october(22, 11, 45))
  /// Tuesday 20 October, 14:05-14:30: a release flushes the cache.
  static let cacheFlush = Window(start: Clock.october(20, 14, 5), end: Clock.october(20, 14, 30))
  /// Monday 19 October, 10:15: from here on a worker is neither measured nor recorded as stopped.
  static let vanishing = Clock.october(19, 10, 15)

  /// How many times the ordinary users: 1 -> 1.6 over 30 minutes, level until 16:00, back to 1 at 20:00.
  static func launchFactor(_ slot: Int) -> Double {
    guard launch.contains(slot) else { return 1 }
    let ramp = min(1, Double(slot - launch.start + 1) / 6)
    let decay = min(1, Double(launch.end - slot) / 48)
    return 1 + 0.6 * min(ramp, decay)
  }

  /// Bot requests for each request of a user: 5 in the flash, so that requests are six times the ordinary.
  static func botFactor(_ slot: Int) -> Double { botFlash.contains(slot) ? 5 : 0 }

  /// Weekdays from 08:00: contributors send the prompts they saved up; jobs are up to 1.7 times the ordinary.
  static func morningRamp(_ slot: Int) -> Double {
    guard !Clock.isWeekend(day: Clock.localDay(slot)) else { return 1 }
    switch Clock.localMinute(slot) - 8 * 60 {
    case 0..<10: return 1.7
    case 10..<20: return 1.25
    default: return 1
    }
  }

  /// Weekdays 09:00-09:15: each frontend instance rebuilds its pages, at this many points of its CPU.
  static func pageRebuild(_ slot: Int) -> Double {
    guard !Clock.isWeekend(day: Clock.localDay(slot)) else { return 0 }
    return (0..<15).contains(Clock.localMinute(slot) - 9 * 60) ? 31 : 0
  }

  /// Every night ten minutes of backup and compaction on each database node, 20 minutes apart from 03:00.
  static func backup(_ slot: Int, node: Int) -> Double {
    (0..<10).contains(Clock.localMinute(slot) - 3 * 60 - 20 * node) ? 13.3 : 0
  }
}
