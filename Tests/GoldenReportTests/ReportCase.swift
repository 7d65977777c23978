import Analytics
import Foundation
import Ingest
import Reporting
import Wording

/// What `reports/<case>/case.json` says: the inputs that reproduce the other files of its folder byte for byte.
struct ReportCase: Decodable, Sendable {
  enum Command: String, Decodable, CaseIterable { case review }
  var command: Command
  /// Folder of the dataset, from the package's root.
  var dataset: String
  /// Folder of price files, from the package's root.
  var prices: String
  var month: String
}

/// The folder of the package, found from this file.
let packageFolder = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// A case, its folder, and what it renders to now.
struct RenderedCase: Sendable {
  let folder: URL
  let files: [String: String]
  /// The same review asked for once more.
  let again: [String: String]
  /// What it says, in figures.
  let review: Review
  /// The page of questions that are asked of it.
  let questions: String

  /// Every case of the gallery, each imported into a store of its own and rendered once for all tests.
  static let all: Result<[RenderedCase], any Error> = Result {
    let reports = packageFolder.appendingPathComponent("reports")
    let folders = try FileManager.default.contentsOfDirectory(at: reports, includingPropertiesForKeys: nil)
    return try folders.sorted { $0.path < $1.path }.filter {
      FileManager.default.fileExists(atPath: $0.appendingPathComponent("case.json").path)
    }.map(RenderedCase.init)
  }

  private init(folder: URL) throws {
    let file = folder.appendingPathComponent("case.json").path
    let example = try JSONDecoder().decode(ReportCase.self, from: Data(contentsOf: URL(fileURLWithPath: file)))
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("plimsoll-golden-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    let store = root.appendingPathComponent("store.sqlite").path
    let importer = try Importer(store: store)
    try importer.importDataset(packageFolder.appendingPathComponent(example.dataset).path) { _ in }
    for path in try filesInFolder(packageFolder.appendingPathComponent(example.prices).path, suffixes: [".csv"]) {
      _ = try importer.importFile(path, as: .prices)
    }
    let workspace = try Workspace(store: store)
    self.folder = folder
    files = try Self.render(workspace, example)
    again = try Self.render(workspace, example)
    review = try Review(try workspace.study(month: example.month))
    questions = try WhatIfPage(workspace, month: example.month).text
  }

  private static func render(_ workspace: Workspace, _ example: ReportCase) throws -> [String: String] {
    let review = try workspace.review(month: example.month)
    let formats = Dictionary(uniqueKeysWithValues: reportFormats(width: 100).map { ($0.name, $0) })
    return Dictionary(
      uniqueKeysWithValues: try reviewFiles(review).map { file in
        let bytes =
          switch file.content {
          case .document(let document, let format): formats[format]!.render(document)
          case .bytes(let bytes): bytes
          }
        return (file.name, String(decoding: bytes, as: UTF8.self))
      })
  }
}
