import Model
import TestSupport
import Testing

@testable import Analysis
@testable import Solvers

@Suite struct LearnedCapacityTests {
  @Test("A line through points on a line is that line, and explains all of them")
  func exactLine() throws {
    let fit = try #require(LinearFit([(x: 1, y: 5), (x: 2, y: 7), (x: 4, y: 11)]))
    #expect(abs(fit.slope - 2) < 1e-12)
    #expect(abs(fit.intercept - 3) < 1e-12)
    #expect(abs(fit.explained - 1) < 1e-12)
    #expect(LinearFit([(x: 1, y: 5), (x: 1, y: 7), (x: 1, y: 11)]) == nil)
    #expect(LinearFit([(x: 1, y: 5), (x: 2, y: 7)]) == nil)
  }

  @Test("What an instance has without work is where its line meets none", arguments: 0..<40)
  func idle(seed: Int) {
    // Synthetic: 0.7 and 0.02 for each connection of an instance, noise up to 0.02, 2 to 6 instances.
    var random = SplitMix64(seed: seed)
    var (values, work, instances): ([Double?], [Double?], [Int]) = ([], [], [])
    for _ in 0..<500 {
      let count = random.number(2...6)
      let connections = Double(random.number(0...200))
      let noise = Double(random.number(-20...20)) / 1000
      instances.append(count)
      work.append(connections * Double(count))
      values.append((0.7 + 0.02 * connections + noise) * Double(count))
    }
    let part = IdlePart(values, drivers: [work], instances: instances, whereUnknown: .leastSeen)
    // At most the least that was seen, which noise may put 0.02 below the line.
    #expect(abs(part.each - 0.7) < 0.021)
    #expect(part.explained.map { $0 > 0.99 } ?? false)
  }

  @Test("Where no work explains it, memory without work is the least that was seen, and of the rest nothing")
  func unknownIdle() {
    let values: [Double?] = [4, 2, 6, 4, nil]
    let work: [Double?] = [10, 20, 10, 20, 30]
    let instances = [2, 2, 2, 2, 2]
    let memory = IdlePart(values, drivers: [work], instances: instances, whereUnknown: .leastSeen)
    #expect(memory.each == 1)
    #expect(memory.explained == nil)
    #expect(IdlePart(values, drivers: [work], instances: instances, whereUnknown: .nothing).each == 0)
  }

  @Test("The rate of work that a queue tells of is found as finely as it is tried", arguments: 0..<20)
  func queueRate(seed: Int) throws {
    // Synthetic: 4 instances that finish 44 jobs a minute each, samples of five minutes, 60 to 280 jobs a minute.
    var random = SplitMix64(seed: seed)
    let jobs = (0..<400).map { _ in Double?(Double(random.number(60...280))) }
    var waiting = 0.0
    let depth = jobs.map { job -> Double? in
      waiting = max(0, waiting + ((job ?? 0) - 4 * 44) * 5)
      return waiting
    }
    let rate = try #require(
      QueueRate.fitted(jobs: jobs, depth: depth, running: [Int](repeating: 4, count: 400), stepSeconds: 300))
    // Between 35 and 140 in 64 steps of 1.6.
    #expect(abs(rate - 44) < 1.7)
  }

  @Test("A queue in which nothing ever waited tells no rate")
  func emptyQueue() {
    #expect(QueueRate.fitted(jobs: [10, 10], depth: [0, nil], running: [1, 1], stepSeconds: 300) == nil)
  }

  @Test("A load test rises along a straight line to each stage, and stays there")
  func stages() throws {
    var ramp = LoadStage()
    (ramp.percentOfCapacity, ramp.ramp, ramp.hold) = (100, TimeSpan(seconds: 240), TimeSpan(seconds: 120))
    var test = LoadTest()
    test.name = "spike"
    test.stages = [ramp]
    let scenario = try #require(LoadScenario(test, from: instant("2026-10-01"), tickSeconds: 60))
    // In the middles of the four minutes: an eighth, three, five and seven eighths.
    #expect(scenario.shares == [0.125, 0.375, 0.625, 0.875, 1, 1])
    #expect(LoadScenario(LoadTest(), from: instant("2026-10-01"), tickSeconds: 60) == nil)
    test.stages = [LoadStage](repeating: ramp, count: 200_000)
    #expect(LoadScenario(test, from: instant("2026-10-01"), tickSeconds: 60) == nil)
  }

  @Test("Load grows with users along its line, in proportion where none holds, and is the most seen without users")
  func loadModel() throws {
    let start = instant("2026-10-01")
    let grid = SampleGrid(period: Period(start: start, end: start.advanced(by: 300)), stepSeconds: 60)
    var traffic = ServiceTraffic(on: grid)
    traffic.set(.cpu, to: [30, 50, 70, 90, nil])
    traffic.set(.total(.latencyP95Milliseconds), to: [9, 9, 9, 9, 9])
    let model = LoadModel(traffic, users: [100, 200, 300, 400, 500])
    // 10 and 0.2 a user; latency grows with nothing.
    #expect(model.parts.map(\.load) == [.cpu])
    #expect(abs((model.parts.first?.base ?? 0) - 10) < 1e-9)
    #expect(model.traffic(on: grid, users: [1000, nil, 0, 0, 0]).values[.cpu]?.prefix(3) == [210_000, -1, 10_000])
    let unmeasured = LoadModel(traffic, users: [])
    #expect(unmeasured.parts == [LoadModel.Part(load: .cpu, base: 0, perUser: 90, explained: nil)])
  }
}
