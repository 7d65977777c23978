import CZlib
import Model
import TestSupport

/// Delimited files with what such files can hold, right and wrong; the same for the same seed on every machine.
struct RandomCSV {
  private static let midnight: Int64 = 1_790_812_800  // 2026-10-01T00:00:00Z
  private static let services = [
    "web", "web", "a, b", "say \"hi\"", "caf\u{E9}", " spaced ", "we\"b",
  ]
  private static let wrongNumbers = [
    "n/a", "1 2", "--1", "1e", ".", "-", "1234567890123456789", "1e19", "1e-41", "NaN", "0x10", "1.2.3",
  ]
  private static let wrongTimes = [
    "yesterday", "2026-02-29T00:00:00Z", "2026-10-01T24:00:00Z", "-1", "2026-10-01T00:60:00Z",
  ]

  private var random: SplitMix64
  private let isLong: Bool
  private let columns: [String]
  private let quoting: Int
  private let lineEnds: [String]
  private let wrongRows: Int
  private let series: [(service: String, resource: String, metric: String)]

  init(seed: Int) {
    var random = SplitMix64(seed: seed)
    isLong = random.coin()
    var columns = isLong ? ["metric", "value", "note"] : ["load", "calls", "iops"]
    columns += ["timestamp", "service", "resource"]
    columns.shuffle(using: &random)
    self.columns = columns
    // One field in so many is quoted without need.
    quoting = [1, 3, 20, 1_000].randomElement(using: &random)!
    lineEnds = [["\n"], ["\r\n"], ["\n", "\r\n"]].randomElement(using: &random)!
    wrongRows = [4, 12, 1_000].randomElement(using: &random)!
    series = (0..<random.number(1...6)).map { _ in
      (
        Self.services.randomElement(using: &random)!, ["", "i-1", "i-2", "i,3"].randomElement(using: &random)!,
        ["calls", "iops", "some load"].randomElement(using: &random)!
      )
    }
    self.random = random
  }

  mutating func text() -> String {
    var text = random.number(1...4) == 1 ? "\u{FEFF}" : ""
    for _ in 0..<random.number(0...2) { text += "# a comment, \"with\" marks" + lineEnd() }
    text += columns.joined(separator: ",") + lineEnd()
    for slot in 0..<random.number(0...60) {
      for one in series where random.number(1...5) > 1 { text += row(slot, one) + lineEnd() }
      while random.number(1...12) == 1 { text += lineEnd() }
    }
    return text
  }

  private mutating func lineEnd() -> String { lineEnds.randomElement(using: &random)! }

  private mutating func row(_ slot: Int, _ series: (service: String, resource: String, metric: String)) -> String {
    let isWrong = random.number(1...wrongRows) == 1
    let wrong = isWrong ? random.number(0...6) : -1
    var fields: [String] = []
    for column in columns {
      switch column {
      case "timestamp": fields.append(wrong == 0 ? Self.wrongTimes.randomElement(using: &random)! : time(slot))
      case "service": fields.append(wrong == 1 ? "" : series.service)
      case "resource": fields.append(series.resource)
      case "metric": fields.append(wrong == 2 ? "" : series.metric)
      case "note": fields.append(["", "x", "a,b", "\"", "two\nlines", "x\r\ny"].randomElement(using: &random)!)
      default: fields.append(wrong == 3 ? Self.wrongNumbers.randomElement(using: &random)! : number())
      }
    }
    var written = fields.map { self.written($0) }
    if wrong == 4 { written.removeLast() }
    if wrong == 5 { written.append("1") }
    if wrong == 6 {
      let place = random.number(0...(written.count - 1))
      written[place] = random.coin() ? "\"a\n,\"\"\"b" : "\"never closed"
    }
    return written.joined(separator: ",")
  }

  private mutating func written(_ field: String) -> String {
    let needsQuotes = field.utf8.contains { [10, 13, 44].contains($0) } || field.utf8.first == 34
    guard needsQuotes || random.number(1...quoting) == 1 else { return field }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
  }

  private mutating func time(_ slot: Int) -> String {
    let seconds = Self.midnight + Int64(slot) * 300
    switch random.number(0...12) {
    case 0: return "\(seconds)"
    case 1: return "\(seconds * 1000)"
    case 2: return Instant(seconds: seconds + 7200).description.replacing("Z", with: "+02:00")
    case 3: return Instant(seconds: seconds - 5400).description.replacing("Z", with: "-01:30")
    case 4: return " \(Instant(seconds: seconds)) "
    case 5: return Instant(seconds: seconds).description.replacing("T", with: " ").trimmed
    default: return Instant(seconds: seconds).description
    }
  }

  private mutating func number() -> String {
    let most: Int64 = [9, 999, 999_999_999, 999_999_999_999_999_999].randomElement(using: &random)!
    let digits = random.number(0...most)
    switch random.number(0...11) {
    case 0: return "\(digits)e\(random.number(-45...4))"
    case 1: return " \(digits)\t"
    case 2: return "+\(digits).50"
    case 3: return ""
    case 4: return "\(digits)" + String(repeating: "0", count: random.number(0...4))
    case 5: return "0." + String(repeating: "0", count: random.number(0...25)) + "\(digits)"
    case 6: return "-\(digits).\(random.number(0...99))"
    case 7: return "00\(digits)."
    default: return ScaledDecimal(mantissa: digits, scale: random.number(0...6)).description
    }
  }
}

/// The bytes as one member of a gzip file.
func gzipMember(_ bytes: some Collection<UInt8>) -> [UInt8] {
  var content = Array(bytes)
  var stream = z_stream()
  // 15 bits of window, plus 16 for a gzip header and trailer.
  deflateInit2_(
    &stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  defer { deflateEnd(&stream) }
  var packed = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(content.count))) + 32)
  content.withUnsafeMutableBufferPointer { content in
    packed.withUnsafeMutableBufferPointer { packed in
      stream.next_in = content.baseAddress
      stream.avail_in = UInt32(content.count)
      stream.next_out = packed.baseAddress
      stream.avail_out = UInt32(packed.count)
      precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END, "there is room for all of it")
    }
  }
  return Array(packed[..<(packed.count - Int(stream.avail_out))])
}
