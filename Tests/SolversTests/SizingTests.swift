import Model
import TestSupport
import Testing

@testable import Solvers

@Suite struct SizingTests {
  private func number(_ text: String) -> ScaledDecimal { ScaledDecimal(text)! }

  private func offer(_ type: String, _ vcpu: String, _ memory: String, _ price: String) -> SizeOffer {
    SizeOffer(type: type, vcpu: number(vcpu), memoryGiB: number(memory), usdPerHour: number(price))
  }

  private func problem(_ percents: [String?], memory: [String?]? = nil, _ catalogue: [SizeOffer]) -> SizeProblem {
    var rules = SizeRules()
    rules.minimumHours = number("0")
    return SizeProblem(
      intervalSeconds: 300, cpuPercent: percents.map { $0.map(number) },
      memoryPercent: memory?.map { $0.map(number) }, current: catalogue[0].type, catalogue: catalogue, rules: rules)
  }

  @Test("A requirement that a type meets to the last digit is met, and one beyond it by 10^-19 is not")
  func ties() throws {
    // 32 % of 10 vCPUs / 0.8 = 4; 32.0000000000000001 % = 4.0000000000000000125, and 10^-17 less than 32 % is less.
    let catalogue = [offer("own", "10", "8", "1"), offer("four", "4", "8", "0.5")]
    for (percent, type) in [("32", "four"), ("32.0000000000000001", "own"), ("31.9999999999999999", "four")] {
      let answer = try Sizing.solve(problem([percent], memory: ["40"], catalogue))
      #expect(answer.type == type, "\(percent)")
      #expect(answer.requiredVCPU?.rounded == number("4"))
    }
  }

  @Test("Of equally cheap types fewer vCPUs, then less memory, then the name decide; 0.10 is as cheap as 0.1")
  func preference() throws {
    let own = offer("own", "8", "16", "1")
    let offers = [
      offer("z", "2", "4", "0.10"), offer("b", "2", "4", "0.1"), offer("c", "2", "8", "0.1"),
      offer("a", "4", "4", "0.1"),
    ]
    let sorted = SizeCatalogue([own] + offers).offers.map(\.type)
    #expect(sorted == ["b", "z", "c", "a", "own"])
  }

  @Test("What takes more of what the type offers binds; a third is rounded to nine decimals")
  func binding() throws {
    // CPU 1 % of 8 / 0.8 = 0.1 of 2 vCPUs; memory 8 % of 32 / 0.8 = 3.2 of 4 GiB.
    let catalogue = [offer("own", "8", "32", "1"), offer("small", "2", "4", "0.1")]
    var asked = problem(["1"], memory: ["8"], catalogue)
    var answer = try Sizing.solve(asked)
    #expect(answer.type == "small" && answer.binding == .memory)
    #expect(answer.requiredMemoryGiB?.rounded == number("3.2"))
    // 8 % of 8 / 0.3 = 2.13333..., rounded down; at 70 % of headroom.
    asked.cpuPercent = [number("8")]
    asked.rules.cpuHeadroomPercent = number("70")
    answer = try Sizing.solve(asked)
    #expect(answer.requiredVCPU?.rounded == number("2.133333333"))
    #expect(answer.type == "own" && answer.binding == .cpu)
  }

  @Test("Too few hours, too little coverage and unmeasured memory are refused with what was seen")
  func refusals() throws {
    let catalogue = [offer("own", "8", "32", "1"), offer("small", "2", "4", "0.1"), offer("big", "16", "64", "2")]
    // 4 of 5 are 80 %, which is enough; 3 of 4 are not.
    #expect(try Sizing.solve(problem(["1", "1", nil, "1", "1"], catalogue)).refused?.contains("not measured") == true)
    let rare = try Sizing.solve(problem(["1", "1", nil, "1"], memory: ["1", "1", "1", "1"], catalogue))
    #expect(rare.refused == "cpu_percent has 3 samples of 4, less than 80 %" && rare.type == nil)
    var short = problem(["1"], catalogue)
    short.rules.minimumHours = number("30")
    #expect(try Sizing.solve(short).refused == "cpu_percent has 1 samples of 300 s, fewer than 30 hours")
    short.cpuPercent = [ScaledDecimal?](repeating: number("81"), count: 360)
    // 81 % / 0.8 is more than the whole: the next larger type has more memory, so none need be measured.
    #expect(try Sizing.solve(short).type == "big")
    let unmeasured = try Sizing.solve(problem(["1"], catalogue))
    #expect(unmeasured.refused == "memory is not measured, and small has 4 GiB, less than the 32 GiB of own")
    let huge = try Sizing.solve(problem(["1000"], catalogue))
    #expect(huge.type == nil && huge.refused == nil && huge.requiredVCPU?.rounded == number("100"))
  }

  @Test("The percentile is the order statistic of a sort on random samples of mixed scales")
  func percentile() throws {
    var random = SplitMix64(seed: 20_261_124)
    for _ in 0..<500 {
      let count = Int(random.next() % 400) + 1
      let mixed: [ScaledDecimal] = (0..<count).map { _ in
        let scale = Int(random.next() % 4) * 6
        return ScaledDecimal(mantissa: Int64(random.next() % 1_000_000_000_000_000), scale: scale)
      }
      let percent = Int64(random.next() % 1001)
      // k/n ≥ percent/1000: the first place at which so many are counted.
      let place = (1...count).first { Int64($0) * 1000 >= percent * Int64(count) }!
      let sorted = mixed.sorted { $0.isLess(than: $1) }
      let found = Sizing.orderStatistic(ScaledDecimal(mantissa: percent, scale: 1), of: mixed + [nil])!
      #expect(!found.isLess(than: sorted[place - 1]) && !sorted[place - 1].isLess(than: found))
    }
  }

  @Test("No type of a random catalogue is better than the answer, by whole numbers")
  func bruteForce() throws {
    var random = SplitMix64(seed: 7)
    func draw(_ values: [Int]) -> Int { values[Int(random.next() % UInt64(values.count))] }
    for _ in 0..<2000 {
      // vCPU, GiB, price, speed in hundredths.
      let rows = (0..<12).map { _ in
        (draw([1, 2, 4, 8, 16]), draw([2, 4, 8, 16]), draw([1, 2, 3, 4]), draw([80, 100, 125]))
      }
      let catalogue = rows.enumerated().map { index, row in
        SizeOffer(
          type: "t\(index + 10)", vcpu: ScaledDecimal(mantissa: Int64(row.0), scale: 0),
          memoryGiB: ScaledDecimal(mantissa: Int64(row.1), scale: 0),
          usdPerHour: ScaledDecimal(mantissa: Int64(row.2), scale: 0),
          relativePerformance: ScaledDecimal(mantissa: Int64(row.3), scale: 2))
      }
      let (cpu, memory) = (draw([5, 10, 20, 40, 50, 80]), draw([10, 20, 40, 80]))
      // cpu/100 × vCPU × speed / 0.8, times 80.
      let fitting = rows.indices.filter {
        80 * rows[$0].0 * rows[$0].3 >= cpu * rows[0].0 * rows[0].3 && 80 * rows[$0].1 >= memory * rows[0].1
      }
      let best = fitting.min {
        (rows[$0].2, rows[$0].0, rows[$0].1, $0) < (rows[$1].2, rows[$1].0, rows[$1].1, $1)
      }
      let answer = try Sizing.solve(problem(["\(cpu)"], memory: ["\(memory)"], catalogue))
      #expect(answer.type == best.map { "t\($0 + 10)" })
    }
  }

  @Test("What is out of its range is named")
  func faults() {
    let catalogue = [offer("own", "8", "32", "1")]
    func fault(_ change: (inout SizeProblem) -> Void) -> ProblemFault? {
      var asked = problem(["1"], catalogue)
      change(&asked)
      do throws(ProblemFault) { _ = try Sizing.solve(asked) } catch { return error }
      return nil
    }
    #expect(
      fault { $0.current = "x" } == ProblemFault(key: "current", found: "\"x\"", expected: "a type of the catalogue"))
    #expect(fault { $0.catalogue += catalogue }?.found == "\"own\" twice")
    #expect(fault { $0.rules.percentile = number("100.1") }?.key == "percentile")
    // A fraction that was meant in percent.
    for fraction in ["0.99", "0.995", "1"] {
      #expect(fault { $0.rules.percentile = number(fraction) }?.key == "percentile")
    }
    #expect(fault { $0.rules.percentile = number("1.5") } == nil)
    #expect(fault { $0.rules.cpuHeadroomPercent = number("100") }?.expected.contains("less than 100") == true)
    #expect(fault { $0.memoryPercent = [] }?.expected == "1, as cpu_percent")
    #expect(fault { $0.intervalSeconds = 0 }?.key == "interval_seconds")
    #expect(fault { $0.catalogue[0].vcpu = number("0") }?.found == "0 for \"own\"")
  }
}
