import Advice
import Solvers
import Foundation

/// The tables of the walk-forward benchmark.
enum WalkForwardTable {
  /// m5.large, Linux, us-east-1, standard, one year, as `pricing/aws` has it: micro-USD.
  private static let onDemand = 96_000
  private static let options = [
    MixOption(name: "no upfront", termHours: 8760, upfront: 0, hourly: 60_000),
    MixOption(name: "partial upfront", termHours: 8760, upfront: 252_000_000, hourly: 29_000),
    MixOption(name: "all upfront", termHours: 8760, upfront: 494_000_000, hourly: 0),
  ]
  /// Within a year nothing that was bought ends; three times as long, it ends and can be bought anew.
  private static let stretches = [1, 3]

  /// Each trace with the first option, and the mean and worst with all of them.
  /// - Throws: for a trace that cannot be read.
  static func print(of folder: String) throws {
    Swift.print("Policies of buying on recorded demand, month by month: cost over the least in hindsight.")
    for stretch in stretches {
      let traces = try Trace.all(in: folder, stretch: stretch)
      Swift.print("An hour is \(played(stretch)); the peak is \(Trace.peakUnits) instances.\n")
      line("trace", ["months"] + Policy.all.map(\.name))
      line("---", [String](repeating: "--:", count: Policy.all.count + 1))
      for option in options {
        let game = WalkForward(onDemand: onDemand, option: option)
        let results = try traces.map { ($0, try game.ratios(on: $0)) }
        if option == options[0] {
          for (trace, ratios) in results {
            let cells = ratios?.map(text) ?? Policy.all.map { _ in "no demand" }
            line(trace.name, ["\(trace.months)"] + cells)
          }
        }
        summarise(results.compactMap(\.1), with: option)
      }
      Swift.print("")
    }
  }

  private static func summarise(_ ratios: [[Double]], with option: MixOption) {
    let columns = Policy.all.indices.map { column in ratios.map { $0[column] } }
    line("mean, \(option.name)", [""] + columns.map { text($0.reduce(0, +) / Double($0.count)) })
    line("worst, \(option.name)", [""] + columns.map { text($0.max() ?? 0) })
  }

  private static func played(_ stretch: Int) -> String {
    let nab = stretch == 1 ? "half a sample" : "1/\(2 * stretch) of a sample"
    let part = stretch == 1 ? "a sample of five minutes" : "1/\(stretch) of a sample of five minutes"
    let web = stretch == 1 ? "the requests of ten minutes" : "1/\(stretch) of ten minutes"
    return "\(part) (bitbrains), \(nab) (nab), \(web) (web)"
  }

  private static func text(_ ratio: Double) -> String { String(format: "%.3f", ratio) }

  private static func line(_ name: String, _ cells: [String]) {
    let padded = cells.map { String(repeating: " ", count: max(0, 13 - $0.count)) + $0 }
    let name = name.padding(toLength: 38, withPad: " ", startingAt: 0)
    Swift.print("| \(name) | \(padded.joined(separator: " | ")) |")
  }
}
