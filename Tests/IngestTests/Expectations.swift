import Ingest
import Model
import Testing

func file(_ text: String, name: String = "usage.csv") -> InputFile { InputFile(name: name, bytes: Array(text.utf8)) }

/// Expects that a body fails with a message, by default as bad data.
func expectFailure(
  _ message: String, kind: DataError.Kind = .badData, at location: SourceLocation = #_sourceLocation,
  _ body: () throws(DataError) -> Void
) {
  do throws(DataError) {
    try body()
    Issue.record("no error", sourceLocation: location)
  } catch {
    #expect(error.description == message, sourceLocation: location)
    #expect(error.kind == kind, sourceLocation: location)
  }
}

func read(_ text: String) throws(DataError) -> [Series] { try readUtilisation(file(text)) }
