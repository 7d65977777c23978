import Analytics
import Foundation
import Model
import Testing

/// The series of a store that a file was imported into.
@Suite struct SeriesAnswerTests {
  private let head = "timestamp,service,resource,metric,value\n"

  @Test("Percentiles and maximum of mixed scales are values as they were measured, in their exact order")
  func mixedScales() throws {
    // 0.1 has two neighbours in the 18th decimal that no double tells from it; with 1234567.5 among them no scale fits
    // all in 64 bits. Of four values p25, p50, p75 are the first, second and third.
    let values = ["0.100000000000000002", "1234567.5", "0.100000000000000001", "0.1"]
    let one = try #require(try answer(values, ["25", "50", "75", "100"]).first)
    #expect(one.percentiles == ["0.1", "0.100000000000000001", "0.100000000000000002", "1234567.5"])
    #expect(one.maximum == "1234567.5" && one.samples == 4)
  }

  @Test("Of one scale they come without the zeros at their end")
  func oneScale() throws {
    // Rank of p50 of three: ceil(1.5) = 2.
    let one = try #require(try answer(["1.50", "-2.25", "10.00"], ["0", "50"]).first)
    #expect(one.percentiles == ["-2.25", "1.5"] && one.maximum == "10")
  }

  @Test("Values far apart and below zero are in order: the percentile is a value, never between two")
  func farApart() throws {
    let values = ["1e-40", "-999999999999999999", "0", "999999999999999999", "-0.000000000000000001"]
    // Of five: p20 is the first, p40 the second, ... p80 the fourth.
    let one = try #require(try answer(values, ["20", "40", "60", "80"]).first)
    let small = "0." + String(repeating: "0", count: 39) + "1"
    #expect(one.percentiles == ["-999999999999999999", "-0.000000000000000001", "0", small])
    #expect(one.maximum == "999999999999999999")
  }

  @Test("A percentile that is none, and a series that is not there, are refused")
  func refused() throws {
    let error = #expect(throws: DataError.self) { try answer(["1"], ["101"]) }
    #expect(error?.kind == .usage && error?.place.parameter == .percentiles)
    let missing = #expect(throws: DataError.self) { try answer(["1"], ["50"], service: "none") }
    #expect(missing?.kind == .missingInput)
  }

  @Test("A series that had nothing but bad rows is not stored, and does not move the figures of others")
  func badRowsAlone() throws {
    let lines = ["2026-10-01,a,i-1,calls,x", "2026-10-01,b,i-1,calls,7", "2026-10-01,c,i-1,calls,8"]
    let series = try answer(
      file: head + lines.joined(separator: "\n").replacing("10-01", with: "10-01T00:00:00Z") + "\n", ["50"])
    #expect(series.map(\.service) == ["b", "c"] && series.map(\.percentiles) == [["7"], ["8"]])
  }

  private func answer(_ values: [String], _ percentiles: [String], service: String? = nil) throws
    -> [SeriesAnswer.Series]
  {
    let lines = values.enumerated().map { "\(1_790_812_800 + $0.offset * 300),web,i-1,calls,\($0.element)" }
    return try answer(file: head + lines.joined(separator: "\n") + "\n", percentiles, service: service)
  }

  /// The series of a store that holds a file.
  private func answer(file: String, _ percentiles: [String], service: String? = nil) throws -> [SeriesAnswer.Series] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "plimsoll-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "usage.csv").path
    try Data(file.utf8).write(to: URL(filePath: path))
    let store = folder.appending(path: "store.sqlite").path
    var options = UtilisationOptions()
    options.badRowLimit = 1
    var utilisation = try Importer(store: store).utilisation(options)
    _ = try utilisation.importFile(path) { _ in nil }
    var question = SeriesQuestion(percentiles: percentiles)
    question.service = service
    return try series(store: store, question).series
  }
}
