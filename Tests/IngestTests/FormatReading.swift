import Ingest
import Model
@testable import Reading
import TestSupport
import Testing

/// What a format makes of a text that is one block.
func batch(
  _ format: any UtilisationFormat.Type, _ text: String, badRowLimit: Int = 0
) throws -> SampleBatch { try batch(format, bytes: Array(text.utf8), badRowLimit: badRowLimit) }

/// The same for bytes that may be no text.
func batch(_ format: any UtilisationFormat.Type, bytes: [UInt8], badRowLimit: Int = 0) throws -> SampleBatch {
  var options = ReadOptions()
  options.badRowLimit = badRowLimit
  var parser = try format.parser(for: FileStart(file: "usage", bytes: bytes), options)
  var batch = SampleBatch()
  parser.parse(Block(bytes), into: &batch)
  if batch.fatal == nil { parser.finish(into: &batch) }
  return batch
}

func recognises(_ format: any UtilisationFormat.Type, _ text: String) -> Bool {
  format.recognises(FileStart(file: "usage", bytes: Array(text.utf8)))
}

extension SampleBatch {
  /// `metric@seconds=mantissa/scale` of each sample, in the order of the file.
  var summary: [String] {
    samples.map { sample in
      let name = newKeys[Int(sample.series)].metric ?? "-"
      return "\(name)@\(sample.seconds)=\(sample.mantissa)/\(sample.scale)"
    }
  }
}

/// Mutates an example and reads it in every format: no input may trap, and a batch holds together.
func expectNoTrap(_ format: any UtilisationFormat.Type, count: Int = 3_000) throws {
  let example = Array(format.example.utf8)
  let tokens = ["\"", "\\", "\\u", "{", "}", "[", "]", ",", ":", "\n", "\0", "1e999", "-", "null", "NaN", "#"]
  var random = SplitMix64(seed: 20_261_101)
  func draw(_ bound: Int) -> Int { random.number(0...(max(bound, 1) - 1)) }
  for _ in 0..<count {
    var bytes = example
    for _ in 0...draw(3) where !bytes.isEmpty {
      let place = draw(bytes.count)
      switch draw(4) {
      case 0: bytes[place] ^= 1 << UInt8(draw(8))
      case 1: bytes.removeSubrange(place..<min(bytes.count, place + draw(30)))
      case 2: bytes.insert(contentsOf: Array(tokens[draw(tokens.count)].utf8), at: place)
      default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + draw(30))], at: draw(bytes.count))
      }
    }
    _ = format.recognises(FileStart(file: "usage", bytes: bytes))
    guard let batch = try? batch(format, bytes: bytes, badRowLimit: draw(3)) else { continue }
    let lines = bytes.count { $0 == 10 }
    #expect(batch.samples.allSatisfy { Int($0.series) < batch.newKeys.count && $0.scale <= 40 })
    #expect((batch.badRows + [batch.fatal].compactMap(\.self)).allSatisfy { (0...lines).contains($0.line) })
    #expect(batch.badRows.count <= 3 && (batch.fatal == nil || batch.samples.isEmpty))
  }
}
