import Foundation

/// Recorded series that nothing was chosen by: all that the traces hold beside the CPU of rightsize_bench.py.
///
/// Each is scaled so that the 95th percentile of its first half, which the rules see, is 10, 11.9, 14.1 or 16.8 in turn:
/// an octave in four steps, so that no size of the ladder fits all by chance.
enum HeldOut {
  private static let columns = [("memory", 6), ("read", 7), ("write", 8), ("received", 9), ("sent", 10)]

  /// - Throws: for a folder or file that cannot be read or written.
  static func write(from traces: String, to folder: String) throws {
    var number = 0
    for (name, values) in try bitbrains(traces) + nab(traces) + web(traces) {
      let seen = values[..<(values.count / 2)].sorted()
      let high = seen[seen.count * 95 / 100] > 0 ? seen[seen.count * 95 / 100] : seen.last!
      guard high > 0 else { continue }
      let factor = 10 * pow(2, Double(number % 4) / 4) / high
      number += 1
      var text = "timestamp,value\n"
      for (index, value) in values.enumerated() {
        let minute = 5 * index
        let day = String(format: "2026-%02d-%02d", 1 + minute / 1440 / 28, 1 + minute / 1440 % 28)
        text += String(format: "%@ %02d:%02d:00,%.6f\n", day, minute / 60 % 24, minute % 60, value * factor)
      }
      try text.write(toFile: "\(folder)/\(name)_cpu_utilization.csv", atomically: true, encoding: .utf8)
    }
  }

  /// The series of rightsize_bench.py times 2^(-3/8), 2^(-1/8) and 2^(3/8): sizes lie elsewhere in them.
  /// - Throws: for a folder or file that cannot be read or written.
  static func scale(from data: String, to folder: String) throws {
    for file in try FileManager.default.contentsOfDirectory(atPath: data).sorted() where file.hasSuffix(".csv") {
      for (step, octaves) in [-0.375, -0.125, 0.375].enumerated() {
        var text = "timestamp,value\n"
        for row in try rows(of: "\(data)/\(file)", separator: ",") {
          text += String(format: "%@,%.6f\n", String(row[0]), Double(row[1])! * pow(2, octaves))
        }
        try text.write(toFile: "\(folder)/\(step)_\(file)", atomically: true, encoding: .utf8)
      }
    }
  }

  private static func bitbrains(_ traces: String) throws -> [(String, [Double])] {
    let files = try FileManager.default.contentsOfDirectory(atPath: "\(traces)/bitbrains").sorted()
    return try files.filter { $0.hasSuffix(".csv") }.flatMap { file in
      let rows = try rows(of: "\(traces)/bitbrains/\(file)", separator: ";")
      return columns.map { name, column in
        ("vm\(file.dropLast(4))_\(name)", rows.map { Double($0[column].filter { $0 != " " && $0 != "\t" })! })
      }
    }
  }

  private static func nab(_ traces: String) throws -> [(String, [Double])] {
    try ["ec2_network_in_257a54", "elb_request_count_8c0756"].map { name in
      (name, try rows(of: "\(traces)/nab/\(name).csv", separator: ",").map { Double($0[1])! })
    }
  }

  /// The greatest minute of each five.
  private static func web(_ traces: String) throws -> [(String, [Double])] {
    let name = "nasa_http_1995_requests_per_minute"
    let minutes = try rows(of: "\(traces)/web/\(name).csv", separator: ",").map { Double($0[1])! }
    return [(name, stride(from: 0, to: minutes.count - 4, by: 5).map { minutes[$0..<($0 + 5)].max()! })]
  }

  private static func rows(of path: String, separator: Character) throws -> [[Substring]] {
    try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst()
      .map { $0.split(separator: separator, omittingEmptySubsequences: false) }
  }
}
