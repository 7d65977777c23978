import Foundation
import Ingest
import Model
import Testing

@Suite struct UtilisationFormatTests {
  @Test(
    "Each format recognises and reads its own example, and no earlier one takes it",
    arguments: utilisationFormats.indices)
  func readsExample(index: Int) throws {
    let format = utilisationFormats[index]
    let series = try readUtilisation(file(format.example))
    #expect(series.map(\.count).reduce(0, +) >= 2, "\(format.name)")
    var reader = DelimitedReader(bytes: Array(format.example.utf8), file: "example")
    let header = try DelimitedHeader(&reader)
    #expect(utilisationFormats.firstIndex { $0.recognises(header) } == index)
  }

  @Test("The list of formats has a line for every file of the folder")
  func listIsComplete() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let files = try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Sources/Ingest/Formats").path)
    #expect(files.count == utilisationFormats.count)
  }

  @Test("A file in no known format is told which there are")
  func unknown() {
    expectFailure(
      """
      usage.csv:1: found columns time,host,load, expected the columns of long CSV \
      (timestamp,service,resource,metric,value) or wide CSV (timestamp,service,resource and a column for each metric)
      """
    ) { () throws(DataError) in _ = try read("time,host,load\n") }
  }

  @Test("An empty file has no header")
  func empty() {
    expectFailure("usage.csv: found an empty file, expected a header row") { () throws(DataError) in _ = try read("") }
  }
}
