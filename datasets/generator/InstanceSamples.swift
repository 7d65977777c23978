/// What one instance would read in one slot, before the noise of its own.
struct Reading {
  var cpu: Double
  /// `nil`: the service does not measure memory.
  var memory: Double?
  var networkIn: Double
  var networkOut: Double
}

/// How a service's instances answer its load. `node` is the instance's place in its pool.
struct InstanceModel {
  let pool: Pool
  /// Deviations of an instance's noise: of CPU and network relative to the reading, of memory in points.
  let cpuNoise: Double
  let memoryNoise: Double
  let networkNoise: Double
  let reading: (_ slot: Int, _ node: Int) -> Reading
}

extension Fleet {
  /// In the order of the files.
  var instanceModels: [InstanceModel] {
    [
      InstanceModel(pool: frontend, cpuNoise: 0.06, memoryNoise: 0.6, networkNoise: 0.05, reading: frontendReading),
      InstanceModel(pool: websocket, cpuNoise: 0.05, memoryNoise: 0.35, networkNoise: 0.05, reading: websocketReading),
      InstanceModel(pool: api, cpuNoise: 0.06, memoryNoise: 0, networkNoise: 0.05, reading: apiReading),
      InstanceModel(pool: worker, cpuNoise: 0.035, memoryNoise: 0.6, networkNoise: 0.05, reading: workerReading),
      InstanceModel(pool: database, cpuNoise: 0.04, memoryNoise: 0.3, networkNoise: 0.02, reading: databaseReading),
      InstanceModel(pool: cache, cpuNoise: 0.05, memoryNoise: 0.3, networkNoise: 0.02, reading: cacheReading),
    ]
  }

  /// CPU follows requests; memory hardly does, and 2 GiB would not hold it.
  private func frontendReading(_ slot: Int, _ node: Int) -> Reading {
    let load = frontendLoad(slot)
    return Reading(
      cpu: 2.5 + 0.155 * load + Events.pageRebuild(slot), memory: saturating(55 + 0.11 * load, above: 66, room: 4),
      networkIn: 0.1 + 0.002 * load, networkOut: 0.1 + 0.010 * load)
  }

  /// Memory is what binds: 18 % (0.7 GiB) idle and 0.14 points (5.7 MB) for each connection, until the server begins to
  /// release idle buffers at 73 %.
  private func websocketReading(_ slot: Int, _ node: Int) -> Reading {
    let load = websocketLoad(slot)
    return Reading(
      cpu: 3.6 + 0.0325 * load, memory: saturating(18 + 0.139 * load, above: 73, room: 7),
      networkIn: 0.1 + 0.0006 * load, networkOut: 0.1 + 0.0016 * load)
  }

  /// No agent reports memory here.
  private func apiReading(_ slot: Int, _ node: Int) -> Reading {
    let load = apiLoad(slot)
    return Reading(cpu: 3.4 + 0.168 * load, memory: nil, networkIn: 0.1 + 0.003 * load, networkOut: 0.1 + 0.009 * load)
  }

  private func workerReading(_ slot: Int, _ node: Int) -> Reading {
    let load = workerLoad(slot)
    return Reading(
      cpu: workerCPU(slot), memory: saturating(48 + 0.22 * load, above: 60, room: 2.5),
      networkIn: 0.2 + 0.012 * load, networkOut: 0.1 + 0.008 * load)
  }

  /// What a worker's CPU reads for its jobs, in percent; it bends from 85 on.
  func workerCPU(_ slot: Int) -> Double { saturating(11.5 + 1.1 * workerLoad(slot), above: 85, room: 12) }

  /// Far too large: node 0 is the primary, the others are its replicas and share the reads.
  private func databaseReading(_ slot: Int, _ node: Int) -> Reading {
    let users = demand.users(slot)
    let share = node == 0 ? 1.0 : 0.94
    return Reading(
      cpu: share * (4 + 0.0046 * users) + Events.backup(slot, node: node),
      memory: 26.6 + 0.0022 * users + 0.03 * Double(Clock.localDay(slot)),
      networkIn: (share * (2 + 0.006 * users)).rounded(), networkOut: (share * (4 + 0.016 * users)).rounded())
  }

  private func cacheReading(_ slot: Int, _ node: Int) -> Reading {
    let users = demand.users(slot)
    return Reading(
      cpu: 6 + 0.0076 * users, memory: saturating(59 + 0.0062 * users, above: 68.5, room: 2.5),
      networkIn: (4 + 0.012 * users).rounded(), networkOut: (8 + 0.030 * users).rounded())
  }
}

/// `value` up to `knee`; beyond it, ever closer to `knee + room`.
func saturating(_ value: Double, above knee: Double, room: Double) -> Double {
  let excess = value - knee
  return excess <= 0 ? value : knee + excess * room / (excess + room)
}

extension InstanceModel {
  /// Writes the samples of every instance in `window`, an instance after another, but for the lost day.
  func write(_ window: Window, noise: inout [InstanceNoise], to table: inout Table) {
    for (node, instance) in pool.instances.enumerated() {
      let slots = instance.measured.clamped(to: window.slots)
      for slot in slots {
        let sample = noise[node].sample(reading(slot, node))
        if !Events.lostDay.contains(slot) { write(sample, of: instance, at: slot, to: &table) }
      }
    }
  }

  private func write(_ sample: InstanceNoise.Sample, of instance: Instance, at slot: Int, to table: inout Table) {
    table.row(at: slot, instance.service, instance.id)
    table.number(sample.reading.cpu, decimals: 1)
    table.number(sample.cpuMaximum, decimals: 1)
    table.number(sample.reading.memory, decimals: 1)
    table.number(sample.reading.networkIn, decimals: 1)
    table.number(sample.reading.networkOut, decimals: 1)
  }

  /// The noise of each instance, in the pool's order.
  func noise(seed: UInt64) -> [InstanceNoise] {
    pool.instances.map { InstanceNoise(seed: seed, name: "\($0.service)/\($0.id)", model: self) }
  }
}

/// What makes one instance's readings differ from its neighbours'.
struct InstanceNoise {
  struct Sample {
    var reading: Reading
    /// The highest one-minute mean of the CPU in the slot.
    var cpuMaximum: Double
  }

  private let bias: Double
  private var cpu: Noise
  private var memory: Noise
  private var network: Noise
  private var peak: RandomStream

  init(seed: UInt64, name: String, model: InstanceModel) {
    var random = RandomStream(seed: seed, name: name)
    bias = 1 + 0.025 * (2 * random.uniform() - 1)
    cpu = Noise(seed: seed, name: name + "/cpu", deviation: model.cpuNoise, memory: 0.5)
    memory = Noise(seed: seed, name: name + "/memory", deviation: model.memoryNoise, memory: 0.97)
    network = Noise(seed: seed, name: name + "/network", deviation: model.networkNoise, memory: 0.5)
    peak = RandomStream(seed: seed, name: name + "/peak")
  }

  mutating func sample(_ exact: Reading) -> Sample {
    let traffic = bias * (1 + network.next())
    let percent = min(99, exact.cpu * bias * (1 + cpu.next()))
    let drift = memory.next()
    let reading = Reading(
      cpu: percent, memory: exact.memory.map { $0 + drift },
      networkIn: exact.networkIn * traffic, networkOut: exact.networkOut * traffic)
    return Sample(reading: reading, cpuMaximum: min(100, percent * (1.04 + 0.22 * peak.uniform())))
  }
}
