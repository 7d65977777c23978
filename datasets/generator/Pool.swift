/// One machine of the fleet.
struct Instance {
  let id: String
  let service: String
  let type: String
  let zone: String
  /// The slot it started at; `nil`: before the data begins.
  let start: Int?
  /// The slot it stopped at; `nil`: still running at the end of the data, or so the inventory says.
  var stop: Int?
  /// The slot from which it is no longer measured.
  var measuredUntil = Clock.slots

  var measured: Range<Int> { (start ?? 0)..<measuredUntil }
}

/// The instances of one service, and how many ran in each slot.
struct Pool {
  let service: String
  let type: String
  private(set) var instances: [Instance] = []
  private(set) var counts: [Double] = []
  private var running: [Int] = []
  private var random: RandomStream

  init(seed: UInt64, service: String, type: String) {
    self.service = service
    self.type = type
    random = RandomStream(seed: seed, name: "ids/\(service)")
  }

  /// A pool of named instances that run throughout.
  init(seed: UInt64, service: String, type: String, names: [String]) {
    self.init(seed: seed, service: service, type: type)
    for name in names { add(at: nil, id: name) }
    counts = Array(repeating: Double(names.count), count: Clock.slots)
  }

  /// A pool of `count` instances that run throughout.
  init(seed: UInt64, service: String, type: String, count: Int) {
    var random = RandomStream(seed: seed, name: "ids/\(service)")
    let names = (0..<count).map { _ in random.instanceID() }
    self.init(seed: seed, service: service, type: type, names: names)
  }

  /// A pool that follows `load`, as `policy` decides.
  init(seed: UInt64, service: String, type: String, policy: ScalingPolicy, load: [Double], vanishing: Int? = nil) {
    self.init(seed: seed, service: service, type: type)
    for _ in 0..<policy.initial { add(at: nil) }
    for slot in 0..<Clock.slots {
      if slot == vanishing { vanish(at: slot) }
      if let decided = policy.decision(effectiveAt: slot, load: load, running: running.count) {
        while running.count < decided { add(at: slot) }
        while running.count > decided { stopNewest(at: slot) }
      }
      counts.append(Double(running.count))
    }
  }

  private mutating func add(at slot: Int?, id: String? = nil) {
    let zone = ["us-east-1a", "us-east-1b", "us-east-1c"][instances.count % 3]
    running.append(instances.count)
    instances.append(
      Instance(id: id ?? random.instanceID(), service: service, type: type, zone: zone, start: slot, stop: nil))
  }

  private mutating func stopNewest(at slot: Int) {
    let newest = running.removeLast()
    instances[newest].stop = slot
    instances[newest].measuredUntil = slot
  }

  /// The newest instance stops to be measured, yet nobody records that it stopped.
  private mutating func vanish(at slot: Int) {
    instances[running.removeLast()].measuredUntil = slot
  }
}

/// When the fleet as run adds and removes instances: every half hour it looks at the mean load of the half hour before,
/// and what it decides takes effect ten minutes later.
struct ScalingPolicy {
  let minimum: Int
  let maximum: Int
  let initial: Int
  /// The load one instance is meant to carry.
  let loadPerInstance: Double

  private static let period = 6
  private static let lag = 2

  /// How many instances should run from `slot` on; `nil` when nothing is decided then, or nothing changes.
  ///
  /// Out: as many as the load asks for, at most two at a time. In: one at a time, and only if the others would then be
  /// below 70 % of what they are meant to carry.
  func decision(effectiveAt slot: Int, load: [Double], running: Int) -> Int? {
    let decided = slot - Self.lag
    guard decided >= Self.period, decided % Self.period == 0 else { return nil }
    let mean = load[(decided - Self.period)..<decided].reduce(0, +) / Double(Self.period)
    let wanted = min(maximum, max(minimum, Int((mean / loadPerInstance).rounded(.up))))
    if wanted > running { return min(wanted, running + 2) }
    let withoutOne = Double(running - 1) * loadPerInstance
    return running > minimum && mean < 0.7 * withoutOne ? running - 1 : nil
  }
}
