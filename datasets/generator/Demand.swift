/// What the users ask of the fleet, slot by slot, before any instance is counted.
struct Demand {
  /// Concurrent users of each type, whole people.
  var casual: [Double] = []
  var contributor: [Double] = []
  var power: [Double] = []
  /// Requests a second from users; bots come on top.
  var frontendRequests: [Double] = []
  var apiRequests: [Double] = []
  /// Requests a second from bots, 0 outside the flash.
  var frontendBots: [Double] = []
  var apiBots: [Double] = []
  /// Prompts submitted a minute.
  var jobs: [Double] = []
  /// Open WebSocket connections.
  var connections: [Double] = []

  /// Concurrent users of all types.
  func users(_ slot: Int) -> Double { casual[slot] + contributor[slot] + power[slot] }
}

extension Demand {
  /// The peak of an ordinary weekday on 1 September; the mean over the day is 0.625 of it, about 880 (weekends bring more).
  private static let firstPeak = 1410.0
  /// 1.04 to the power 1/30.5: growth of 4 % a month, compounded daily.
  private static let dailyGrowth = 1.001_286_724

  init(seed: UInt64) {
    var level = Noise(seed: seed, name: "users/level", deviation: 0.018, memory: 0.998)
    var shared = Noise(seed: seed, name: "users/shared", deviation: 0.022, memory: 0.96)
    var casualNoise = Noise(seed: seed, name: "users/casual", deviation: 0.015, memory: 0.9)
    var contributorNoise = Noise(seed: seed, name: "users/contributor", deviation: 0.022, memory: 0.9)
    var powerNoise = Noise(seed: seed, name: "users/power", deviation: 0.03, memory: 0.9)
    var growth = 1.0
    for slot in 0..<Clock.slots {
      if slot > 0, slot % Clock.slotsPerDay == 0 { growth *= Self.dailyGrowth }
      let common = (1 + level.next()) * (1 + shared.next())
      let users = Self.firstPeak * growth * Self.dailyShape(slot) * common * Events.launchFactor(slot)
      let weekend = Self.weekendShape(slot)
      casual.append((users * 0.70 * (1 + 0.16 * weekend) * (1 + casualNoise.next())).rounded())
      contributor.append((users * 0.22 * (1 + 0.04 * weekend) * (1 + contributorNoise.next())).rounded())
      power.append((users * 0.08 * (1 + powerNoise.next())).rounded())
    }
    deriveLoads(seed: seed)
  }

  /// Requests, connections and jobs per user, by type. All types together: about 0.25 frontend and 0.35 API requests a
  /// second, 1.08 connections and 0.2 jobs a minute for each user.
  private mutating func deriveLoads(seed: UInt64) {
    var frontendNoise = Noise(seed: seed, name: "requests/frontend", deviation: 0.02, memory: 0.5)
    var apiNoise = Noise(seed: seed, name: "requests/api", deviation: 0.02, memory: 0.5)
    var jobNoise = Noise(seed: seed, name: "jobs", deviation: 0.03, memory: 0.6)
    for slot in 0..<Clock.slots {
      let (some, more, most) = (casual[slot], contributor[slot], power[slot])
      frontendRequests.append((0.24 * some + 0.27 * more + 0.30 * most) * (1 + frontendNoise.next()))
      apiRequests.append((0.25 * some + 0.50 * more + 0.80 * most) * (1 + apiNoise.next()))
      frontendBots.append(frontendRequests[slot] * Events.botFactor(slot))
      apiBots.append(apiRequests[slot] * Events.botFactor(slot))
      jobs.append((0.45 * more + 1.25 * most) * Events.morningRamp(slot) * (1 + jobNoise.next()))
      connections.append((some + more + 2 * most).rounded())
    }
  }

  /// 0.25 at 04:00 to 1 at 20:00 and back, along the polynomial 3x^2 - 2x^3 both ways.
  private static func dailyShape(_ slot: Int) -> Double { 0.25 + 0.75 * wakefulness(slot) }

  private static func wakefulness(_ slot: Int) -> Double {
    let hour = Clock.localHour(slot)
    let sinceTrough = hour < 4 ? hour + 20 : hour - 4
    let x = sinceTrough < 16 ? sinceTrough / 16 : (24 - sinceTrough) / 8
    return x * x * (3 - 2 * x)
  }

  /// 0 on weekdays; on weekend days, from trough to trough, how far the day has come towards its peak.
  private static func weekendShape(_ slot: Int) -> Double {
    let day = Clock.localDay(max(0, slot - 4 * 12))
    guard Clock.isWeekend(day: day) else { return 0 }
    return min(1, 1.5 * wakefulness(slot))
  }
}
