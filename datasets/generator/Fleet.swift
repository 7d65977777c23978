/// The fleet as it ran: what was asked of it, and the instances that answered.
struct Fleet {
  let seed: UInt64
  let demand: Demand
  let frontend: Pool
  let websocket: Pool
  let api: Pool
  let worker: Pool
  let database: Pool
  let cache: Pool

  /// In the order of the files.
  var pools: [Pool] { [frontend, websocket, api, worker, database, cache] }

  init(seed: UInt64) {
    self.seed = seed
    demand = Demand(seed: seed)
    frontend = Pool(
      seed: seed, service: "frontend", type: "t3.medium",
      policy: ScalingPolicy(minimum: 2, maximum: 10, initial: 3, loadPerInstance: 120),
      load: Self.sum(demand.frontendRequests, demand.frontendBots))
    // Its scaling never worked: four instances, day and night.
    websocket = Pool(seed: seed, service: "websocket", type: "t3.medium", count: 4)
    api = Pool(
      seed: seed, service: "api", type: "t3.medium",
      policy: ScalingPolicy(minimum: 4, maximum: 12, initial: 4, loadPerInstance: 88),
      load: Self.sum(demand.apiRequests, demand.apiBots))
    worker = Pool(
      seed: seed, service: "worker", type: "c5.large",
      policy: ScalingPolicy(minimum: 2, maximum: 20, initial: 4, loadPerInstance: 44),
      load: demand.jobs, vanishing: Events.vanishing)
    database = Pool(
      seed: seed, service: "database", type: "m5.2xlarge", names: ["db-primary", "db-replica-1", "db-replica-2"])
    cache = Pool(
      seed: seed, service: "cache", type: "cache.m5.xlarge", names: ["cache-1", "cache-2", "cache-3"])
  }

  private static func sum(_ first: [Double], _ second: [Double]) -> [Double] { zip(first, second).map { $0 + $1 } }
}

extension Fleet {
  /// What one frontend instance serves; a bot's page is cached, and costs 0.6 of a user's.
  func frontendLoad(_ slot: Int) -> Double {
    (demand.frontendRequests[slot] + 0.6 * demand.frontendBots[slot]) / frontend.counts[slot]
  }

  /// What one API instance serves, in requests a second, bots included.
  func apiLoad(_ slot: Int) -> Double { (demand.apiRequests[slot] + demand.apiBots[slot]) / api.counts[slot] }

  /// What one worker is sent, in jobs a minute.
  func workerLoad(_ slot: Int) -> Double { demand.jobs[slot] / worker.counts[slot] }

  /// What one WebSocket instance holds open.
  func websocketLoad(_ slot: Int) -> Double { demand.connections[slot] / websocket.counts[slot] }
}
