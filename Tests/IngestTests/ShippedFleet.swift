import Foundation
import Ingest
import Model
import Testing

/// The fleet file of the shipped dataset.
let shippedFleetText: String = {
  let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  let file = tests.deletingLastPathComponent().appending(path: "datasets/sketchy-chain/fleet.yaml")
  return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
}()

func shippedFleet() throws -> Fleet { try readFleet(text: shippedFleetText, file: "fleet.yaml") }

/// The message for the shipped fleet with the first occurrence of one piece of text replaced by another; the line number,
/// which moves with every comment, is checked against the text and left out.
func fleetError(_ old: String, _ new: String, of text: String = shippedFleetText, line piece: String? = nil) -> String {
  guard let range = text.range(of: old) else { return "the fleet file does not hold \(old)" }
  let edited = text.replacingCharacters(in: range, with: new)
  do {
    _ = try readFleet(text: edited, file: "fleet.yaml")
    return "no error"
  } catch {
    let lines = edited.split(separator: "\n", omittingEmptySubsequences: false)
    if let line = error.place.line, let piece { #expect(lines[line - 1].contains(piece)) }
    var unnumbered = error
    unnumbered.place.line = nil
    return unnumbered.description
  }
}
