import Ingest
import Model
@testable import Reading
import Testing

/// A file that ends with a line end, as a program writes it.
func file(_ text: String, name: String = "usage.csv") -> InputFile {
  InputFile(name: name, bytes: Array(ended(text).utf8))
}

/// A text of rows with a line end behind the last, where it has none; JSON needs none.
func ended(_ text: String) -> String {
  let isJSON = ["{", "["].contains(text.first { !$0.isWhitespace && $0 != "\u{FEFF}" })
  return isJSON || text.utf8.last == 10 || text.utf8.last == 13 ? text : text + "\n"
}

/// Expects that a body fails with a message, by default as bad data.
func expectFailure(
  _ message: String, kind: DataError.Kind = .badData, at location: SourceLocation = #_sourceLocation,
  _ body: () throws -> Void
) {
  do {
    try body()
    Issue.record("no error", sourceLocation: location)
  } catch let error as DataError {
    #expect(error.description == message, sourceLocation: location)
    #expect(error.kind == kind, sourceLocation: location)
  } catch {
    Issue.record(error, sourceLocation: location)
  }
}

/// A sample as the store would get it.
struct Value: Equatable, CustomStringConvertible {
  var seconds: Int64
  var number: ScaledDecimal

  var description: String { "\(number) at \(Instant(seconds: seconds))" }
}

/// What a reading gives: samples by series in the order of the file, and the summary.
struct ReadFile {
  var samples: [SeriesKey: [Value]] = [:]
  var summary: ReadSummary
  var notes: InterpretationNotes

  /// The values of each series in the order of the file, by its description.
  var values: [String: [String]] {
    Dictionary(
      uniqueKeysWithValues: samples.map { key, list in (key.description, list.map(\.number.description)) })
  }
  /// The seconds of each series in the order of the file, by its description.
  var seconds: [String: [Int64]] {
    Dictionary(uniqueKeysWithValues: samples.map { key, list in (key.description, list.map(\.seconds)) })
  }
}

/// What reads a file: options as the command would give them.
struct Reader {
  var name = "usage.csv"
  var layout: String?
  var naming = SeriesNaming()
  var badRowLimit = 0
  var zone: String?
  var blockSize = defaultBlockSize

  /// Reads the bytes of a file, gzip or not.
  func read(_ bytes: some Collection<UInt8>) throws -> ReadFile {
    var options = ReadOptions()
    options.badRowLimit = badRowLimit
    options.hasResource = naming.resource != nil
    options.hasMetric = naming.metric != nil
    options.hasTimeZone = zone != nil
    var reading = try UtilisationReading(
      ByteSource(name: name, bytes: Array(bytes)), layout: layout, options, blockSize: blockSize)
    var interpreter = SampleInterpreter(
      file: name, naming: naming, clock: zone.map { LocalClock(identifier: $0)! })
    var keys: [SeriesKey] = []
    var samples: [SeriesKey: [Value]] = [:]
    let summary = try reading.read(&interpreter) { batch, newKeys in
      keys += newKeys
      for sample in batch {
        let number = ScaledDecimal(mantissa: sample.mantissa, scale: Int(sample.scale))
        samples[keys[Int(sample.series)], default: []].append(Value(seconds: sample.seconds, number: number))
      }
    }
    return ReadFile(samples: samples, summary: summary, notes: interpreter.notes)
  }

  /// Reads a text as a program writes it, with a line end behind its last row.
  func read(_ text: String) throws -> ReadFile { try read(Array(ended(text).utf8)) }
}

/// Reads a text strictly, by its content.
func read(_ text: String) throws -> ReadFile { try Reader().read(text) }

/// What a timestamp column must hold when no time zone is given.
let expectedTimestamp: Phrase =
  "a timestamp with a zone, such as 2026-10-01T04:00:00Z, or \(parameter: .timezone), or epoch seconds"
