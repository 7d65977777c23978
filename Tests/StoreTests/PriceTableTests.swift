import Foundation
import GRDB
import Model
import Testing

@testable import Store

@Suite struct PriceTableTests {
  @Test("Every kind of price row has a file of its own and a table that has its columns")
  func kinds() throws {
    let folder = try TemporaryFolder()
    _ = try folder.store()
    let queue = try DatabaseQueue(path: folder.storePath)
    for kind in storedPrices {
      let table = kind.table
      let columns = try queue.read { try $0.columns(in: table.name).map(\.name) }
      #expect(
        columns.sorted() == (table.keys + ["effective_from"] + table.figures + ["quality", "source"]).sorted(),
        "\(table.name)")
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: sources.path)
    #expect(
      files.filter { $0.hasSuffix("+StoredPrice.swift") }.sorted()
        == priceKinds.map { "\($0)+StoredPrice.swift" }.sorted())
  }

  private var sources: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Sources/Store/Prices")
  }
}
