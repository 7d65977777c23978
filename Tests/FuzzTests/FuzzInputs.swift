import Foundation
import Model
import TestSupport
import Testing

/// Texts that are mostly wrong, made of texts that are right; the same for the same seed on every machine.
struct FuzzInputs {
  // Other numbers get past the shape of a file more often than the rest, so they come more often.
  private static let mutations: [@Sendable (inout FuzzInputs, inout [UInt8]) -> Void] = [
    { $0.flipBits(&$1) }, { $0.delete(&$1) }, { $0.duplicate(&$1) }, { $0.splice(&$1) }, { $0.insertToken(&$1) },
    { $0.cutShort(&$1) }, { $0.swapNumber(&$1) }, { $0.swapNumber(&$1) }, { $0.swapNumber(&$1) },
    { $0.changeStructure(&$1) }, { $0.changeStructure(&$1) }, { $0.changeStructure(&$1) },
  ]
  /// What parsers trip over: quotes, ends of lines, marks of byte order and of YAML, and bytes that are no UTF-8.
  private static let tokens: [[UInt8]] =
    [
      "\"", "\"\"", ",", "\n", "\r", "\r\n", "\u{FEFF}", "\0", "#", ": ", "- ", "\n  ", "\t", "&a ", "*a", "<<: ",
      "|", ">", "{", "[", "]", "}", "~", "\u{301}", "é", "=", "+", "-", ".",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0x1F, 0x8B]]
  private static let numbers = [
    "0", "-0", "-1", "1", "00", "1e9", "1E400", "nan", "inf", "0.1", ".5", "5.", "1_000", "0x10",
    "99999999999999999999", "9223372036854775807", "-9223372036854775808", "0.000000000000000001", "٣", "",
  ].map { Array($0.utf8) }

  private let examples: [[UInt8]]
  private var random: SplitMix64

  init(examples: [[UInt8]], seed: Int) {
    self.examples = examples
    random = SplitMix64(seed: seed)
  }

  /// One of the examples with one to three things done to it.
  mutating func next() -> [UInt8] {
    var text = examples.randomElement(using: &random)!
    for _ in 0..<random.number(1...3) { Self.mutations.randomElement(using: &random)!(&self, &text) }
    return text
  }

  /// A range of at most 40 bytes, or now and then of any length.
  private mutating func range(of text: [UInt8]) -> Range<Int> {
    let start = random.number(0...text.count)
    let longest = text.count - start
    return start..<(start + random.number(0...(random.number(1...8) == 1 ? longest : min(40, longest))))
  }

  private mutating func flipBits(_ text: inout [UInt8]) {
    for _ in 0..<random.number(1...3) where !text.isEmpty {
      text[random.number(0...(text.count - 1))] ^= 1 << random.number(UInt8(0)...7)
    }
  }
  private mutating func delete(_ text: inout [UInt8]) { text.removeSubrange(range(of: text)) }
  private mutating func duplicate(_ text: inout [UInt8]) {
    let part = text[range(of: text)]
    text.insert(contentsOf: part, at: random.coin() ? part.endIndex : random.number(0...text.count))
  }
  private mutating func splice(_ text: inout [UInt8]) {
    let other = examples.randomElement(using: &random)!
    text.replaceSubrange(range(of: text), with: other[range(of: other)])
  }
  private mutating func swapNumber(_ text: inout [UInt8]) {
    let starts = text.indices.filter { text[$0].isDigit && ($0 == 0 || !text[$0 - 1].isDigit) }
    guard let start = starts.randomElement(using: &random) else { return }
    let end = text[start...].firstIndex { !$0.isDigit } ?? text.count
    text.replaceSubrange(start..<end, with: Self.numbers.randomElement(using: &random)!)
  }
  private mutating func insertToken(_ text: inout [UInt8]) {
    text.insert(contentsOf: Self.tokens.randomElement(using: &random)!, at: random.number(0...text.count))
  }
  private mutating func changeStructure(_ text: inout [UInt8]) {
    text = StructuredText(text).mutated(text, &random)
  }
  private mutating func cutShort(_ text: inout [UInt8]) { text.removeLast(random.number(0...text.count)) }
}

extension UInt8 {
  fileprivate var isDigit: Bool { self >= 48 && self <= 57 }
}

/// Feeds a parser with mutated examples: each is parsed, or refused with an error that names a place in it.
///
/// `PLIMSOLL_FUZZ_SECONDS` runs for so long instead of `count` inputs, and `PLIMSOLL_FUZZ_SEED` starts elsewhere. Input
/// number n is made from seed + n. It stands in a file while it is parsed: when the parser traps and takes the tests
/// with it, the file that is left holds the input.
func fuzz(
  _ name: String, _ examples: [[UInt8]], count: Int = 2_000, _ parse: (_ input: [UInt8], _ path: String) throws -> Void
) throws {
  let environment = ProcessInfo.processInfo.environment
  let seed = environment["PLIMSOLL_FUZZ_SEED"].flatMap(Int.init) ?? 20_261_101
  let seconds = environment["PLIMSOLL_FUZZ_SECONDS"].flatMap(Double.init)
  let file = FileManager.default.temporaryDirectory.appendingPathComponent("plimsoll-fuzz-\(name)-\(getpid()).input")
  let start = ContinuousClock.now
  var (done, refused) = (0, 0)
  while seconds.map({ start.duration(to: .now) < .seconds($0) }) ?? (done < count) {
    var inputs = FuzzInputs(examples: examples, seed: seed &+ done)
    let input = inputs.next()
    try Data(input).write(to: file)
    do {
      try parse(input, file.path)
    } catch {
      refused += 1
      expectHelpful(error, lines: input.count { $0 == 10 || $0 == 13 } + 1, "\(name), seed \(seed &+ done)")
    }
    done += 1
  }
  try FileManager.default.removeItem(at: file)
  // Mutations that change nothing that matters leave some examples right.
  #expect(refused > 0 && refused < done)
  print("fuzz \(name): \(done) inputs from seed \(seed), \(refused) refused")
}

/// Expects a `DataError` with a place inside the input, and both halves of its sentence.
func expectHelpful(_ error: any Error, lines: Int, _ comment: Comment) {
  guard let error = error as? DataError else {
    Issue.record("\(comment): \(error)")
    return
  }
  #expect(!error.place.file.isEmpty, comment)
  #expect(!error.found.isEmpty && !error.expected.description.isEmpty, comment)
  // YAML that stops too early is wrong on the line behind the last.
  if let line = error.place.line { #expect((1...(lines + 1)).contains(line), comment) }
}
