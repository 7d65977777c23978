#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A CSV file in the making. No cell of ours needs quotes.
struct Table {
  private var bytes: [UInt8] = []

  init(header: String) { line(header) }

  /// A whole line, as it is.
  mutating func line(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    bytes.append(Self.newline)
  }

  /// A row for `slot`; `number` gives it further cells.
  mutating func row(at slot: Int, _ cells: String...) {
    bytes.append(contentsOf: Self.timestamps[slot])
    for cell in cells {
      bytes.append(Self.comma)
      bytes.append(contentsOf: cell.utf8)
    }
    bytes.append(Self.newline)
  }

  /// A cell at the end of the last row: a number of 0 or more, rounded half away from zero, trailing zeros kept; empty if
  /// `nil`.
  mutating func number(_ value: Double?, decimals: Int) {
    bytes[bytes.count - 1] = Self.comma
    if let value { append(max(0, value), decimals: decimals) }
    bytes.append(Self.newline)
  }

  private mutating func append(_ value: Double, decimals: Int) {
    var scale = 1
    for _ in 0..<decimals { scale *= 10 }
    let scaled = Int((value * Double(scale)).rounded())
    bytes.append(contentsOf: String(scaled / scale).utf8)
    guard decimals > 0 else { return }
    bytes.append(UInt8(ascii: "."))
    let digits = String(scaled % scale).utf8
    for _ in digits.count..<decimals { bytes.append(UInt8(ascii: "0")) }
    bytes.append(contentsOf: digits)
  }

  func write(to path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
  }

  private static let comma = UInt8(ascii: ",")
  private static let newline = UInt8(ascii: "\n")
  private static let timestamps = (0..<Clock.slots).map { Array(Clock.timestamp($0).utf8) }
}
