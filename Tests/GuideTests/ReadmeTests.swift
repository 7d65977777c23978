import Foundation
import Testing

@Suite struct ReadmeTests {
  @Test("The README has at most 8 KB")
  func size() throws {
    #expect(try text("README.md").utf8.count <= 8192)
  }

  @Test("Every link of the documents leads to a file, and to a heading of it")
  func links() throws {
    for document in try documents() {
      let folder = (document as NSString).deletingLastPathComponent
      for match in try text(document).matches(of: /\]\(([^)\s:#]*)(?:#([^)\s]*))?\)/) {
        let target = match.1.isEmpty ? document : (folder as NSString).appendingPathComponent(String(match.1))
        let path = (target as NSString).standardizingPath
        guard FileManager.default.fileExists(atPath: packageFolder.appendingPathComponent(path).path) else {
          Issue.record("\(document) leads to \(path), which is not there")
          continue
        }
        if let heading = match.2 {
          #expect(try headings(of: path).contains(String(heading)), "\(document) leads to \(path)#\(heading)")
        }
      }
    }
  }

  @Test("Every page of the guide is linked from its list of contents")
  func contents() throws {
    for folder in ["guide", "guide/methods"] {
      let list = try text("\(folder)/README.md")
      for name in try FileManager.default.contentsOfDirectory(atPath: packageFolder.appendingPathComponent(folder).path)
      where name.hasSuffix(".md") && name != "README.md" {
        #expect(list.contains("](\(name))"), "\(folder)/README.md has no line for \(name)")
      }
    }
  }

  @Test("The library's code in the README is code that compiles here")
  func libraryExample() throws {
    let code = try text("Tests/GuideTests/LibraryExample.swift")
    #expect(try text("README.md").contains("```swift\n\(code)```"))
  }

  @Test("The six figures in the README are those of the committed report")
  func figures() throws {
    let report = try text("reports/sketchy-chain-2026-10/report.md")
    let readme = try text("README.md")
    let rows = report.components(separatedBy: "## At a glance").last?.split(separator: "\n").filter {
      $0.hasPrefix("| ")
    }
    let figures = try #require(rows).dropFirst(2).prefix(6)
    #expect(figures.count == 6)
    for row in figures {
      let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      let line = readme.split(separator: "\n").first { $0.hasPrefix(cells[0] + "  ") }
      #expect(line?.contains(" \(cells[1]) ") == true, "\(cells[0]) is \(cells[1]) in the report")
    }
  }

  /// The documents that link, from the package's root.
  private func documents() throws -> [String] {
    let root = try FileManager.default.contentsOfDirectory(atPath: packageFolder.path).filter { $0.hasSuffix(".md") }
    let guide = try FileManager.default.subpathsOfDirectory(atPath: packageFolder.appendingPathComponent("guide").path)
    return (root + guide.filter { $0.hasSuffix(".md") }.map { "guide/\($0)" }).sorted()
  }

  /// The anchors of a document, as GitHub makes them.
  private func headings(of path: String) throws -> [String] {
    try text(path).split(separator: "\n").filter { $0.hasPrefix("#") }.map { line in
      let title = line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
      return title.filter { $0.isLetter || $0.isNumber || " -_".contains($0) }.replacing(" ", with: "-")
    }
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: packageFolder.appendingPathComponent(path), encoding: .utf8)
  }
}
