import Foundation
import TestSupport
import Testing

/// A provider's names decide things in `Clouds`, and are translated where its files are read; nowhere else.
@Suite struct ProviderNamesTests {
  /// The folders that may know them: rules in the first, words of files in the others.
  private static let folders = ["Clouds", "Pricing", "Ingest"]

  /// Whole literals that name a service, a prefix or a family. Examples in help and errors, such as `ec2=-10%`, are longer
  /// and decide nothing, so that there is no list of exceptions.
  private static let names = [
    "cache.", "db.", "t2", "t3", "t3a", "t4g", "t2.", "t3.", "ec2", "elasticache", "rds", "documentdb", "redis",
    "valkey", "memcached", "metal", "m5.large",
  ]

  @Test("No code but that of clouds and readers knows a provider's names", arguments: names)
  func stays(name: String) throws {
    let files = swiftFiles(under: "Sources").filter { path in !Self.folders.contains { path.hasPrefix("\($0)/") } }
    #expect(files.count > 200)
    for path in files {
      let text = try String(contentsOf: packageFolder.appendingPathComponent("Sources/\(path)"), encoding: .utf8)
      let lines = text.split(separator: "\n").filter { line in
        !line.drop { $0 == " " }.hasPrefix("//") && line.contains("\"\(name)\"")
      }
      #expect(lines.isEmpty, "\(path)")
    }
  }

  @Test("Nor does it import the readers' words: `Clouds` is chosen where a study is made")
  func imports() throws {
    let importing = try swiftFiles(under: "Sources").filter { path in
      try String(contentsOf: packageFolder.appendingPathComponent("Sources/\(path)"), encoding: .utf8)
        .split(separator: "\n").contains("import Clouds")
    }
    let targets = Set(importing.compactMap { $0.split(separator: "/").first.map(String.init) })
    #expect(targets == ["Analytics", "Ingest", "Pricing", "Reading"])
  }
}
