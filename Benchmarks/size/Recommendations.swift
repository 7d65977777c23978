import Advice
import Foundation
import Model
import Solvers

/// The capacities that our rule would run on the series of rightsize_bench.py, seeing what its rules see.
enum Recommendations {
  private static let day = 288
  private static let window = 14 * day
  /// Sizes double, and so does the price.
  private static let ladder = [6.25, 12.5, 25, 50, 100, 200].map { CapacityOffer(capacity: $0, costPercent: $0) }

  /// Prints `series,day,capacity`.
  /// - Throws: for a folder or file that cannot be read.
  static func print(for folder: String, isRolling: Bool, _ risk: CapacityRisk) throws {
    Swift.print("series,day,capacity")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    where name.contains("cpu_utilization") && name.hasSuffix(".csv") {
      let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
      let values = text.split(whereSeparator: \.isNewline).dropFirst().map { Double($0.split(separator: ",")[1])! }
      let half = values.count / 2
      for (number, start) in stride(from: half, to: values.count, by: isRolling ? day : values.count).enumerated() {
        let seen = isRolling ? values[max(0, start - window)..<start] : values[..<half]
        let hold = isRolling ? day : values.count - half
        let rule = CapacityRule(history: Array(seen), intervalsPerDay: Double(day), holdIntervals: Double(hold))
        Swift.print("\(name.dropLast(4)),\(number),\(rule.best(of: ladder, kappa: risk.kappa)!.capacity)")
      }
    }
  }
}
