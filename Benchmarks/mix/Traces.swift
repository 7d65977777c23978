import Foundation

/// A recorded series, played as the demand of a service for instances.
struct Trace {
  /// The highest demand of every trace, which chooses its unit.
  static let peakUnits = 20

  var name: String
  /// Instances in each hour.
  var demand: [Int]

  /// How a folder of traces is read and played.
  private struct Source {
    var folder: String
    var separator: Character
    /// Of the value, counted from 0.
    var column: Int
    /// Samples that are added up.
    var samples = 1
    /// Hours that their sum stands for.
    var hours = 1
  }

  private static let sources = [
    Source(folder: "bitbrains", separator: ";", column: 3),
    Source(folder: "nab", separator: ",", column: 1, hours: 2),
    Source(folder: "web", separator: ",", column: 1, samples: 10),
  ]

  /// Those of a folder, by name.
  /// - Parameter stretch: how many times as long each hour lasts.
  /// - Throws: for a file that cannot be read.
  static func all(in folder: String, stretch: Int) throws -> [Trace] {
    try sources.flatMap { source in
      let folder = URL(fileURLWithPath: folder).appendingPathComponent(source.folder)
      let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        .filter { $0.pathExtension == "csv" }
        .sorted { $0.lastPathComponent < $1.lastPathComponent }
      return try files.map { file in
        let name = file.deletingPathExtension().lastPathComponent
        let sums = try values(of: String(contentsOf: file, encoding: .utf8), source)
        return Trace(name: "\(source.folder)/\(name)", demand: units(sums, hours: source.hours * stretch))
      }
    }
  }

  /// The sums of samples, in the order of the file; a last sum that is not whole is left out.
  private static func values(of text: String, _ source: Source) -> [Double] {
    let samples = text.split(whereSeparator: \.isNewline).compactMap { line in
      let fields = line.split(separator: source.separator, omittingEmptySubsequences: false)
      return fields.count > source.column
        ? Double(fields[source.column].trimmingCharacters(in: .whitespaces)) : nil
    }
    return stride(from: 0, through: samples.count - source.samples, by: source.samples).map {
      samples[$0..<($0 + source.samples)].reduce(0, +)
    }
  }

  /// Whole instances, rounded up, each number for some hours.
  private static func units(_ values: [Double], hours: Int) -> [Int] {
    let peak = values.max() ?? 0
    return values.flatMap { value in
      let units = peak > 0 ? (value / peak * Double(peakUnits)).rounded(.up) : 0
      return [Int](repeating: min(peakUnits, max(0, Int(units))), count: hours)
    }
  }
}
