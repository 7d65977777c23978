import Model
import Reading

/// A virtual machine of the Bitbrains traces (Grid Workloads Archive, GWA-T-12): separated by `;`, a column for each metric,
/// the machine's number in the file's name.
///
/// The header says milliseconds; the timestamps of the published files are seconds. Their magnitude decides.
package enum Bitbrains: UtilisationFormat {
  package static let name = "bitbrains"
  package static let outline = "Timestamp [ms];CPU cores;...;CPU usage [%];... (GWA-T-12)"
  package static let example = """
    Timestamp [ms];\tCPU cores;\tCPU usage [%];\tNetwork received throughput [KB/s]
    1376314846;\t4;\t93.23333333333333;\t0.13333333333333333
    1376315146;\t4;\t94.5;\t0.0

    """

  private static let separator = UInt8(ascii: ";")

  package static func recognises(_ start: FileStart) -> Bool {
    guard let header = try? HeaderRow(start, separator: separator) else { return false }
    return header.names.count > 1 && header.names[0] == "Timestamp [ms]"
  }

  package static func parser(for start: FileStart, _ options: ReadOptions) throws(DataError) -> any SampleParser {
    let header = try HeaderRow(start, separator: separator)
    guard recognises(start) else { throw header.columns.missing("Timestamp [ms]") }
    return try WideCSV.parser(
      header.renaming("Timestamp [ms]", to: "timestamp"), resource: options.hasResource ? nil : stem(start.file),
      separator: separator, options)
  }

  /// `163` of `traces/163.csv.gz`; nil for standard input.
  private static func stem(_ path: String) -> String? {
    let name = path.split(separator: "/").last ?? ""
    let stem = name.prefix { $0 != "." }
    return stem.isEmpty || path == "standard input" ? nil : String(stem)
  }
}
