import Ingest
import Model

/// What of a dataset is not looked into: folders within it, and links to folders. A line for each kind that there is.
/// - Throws: ``DataError`` where there is no such folder.
func foldersPassedOver(in folder: String) throws(DataError) -> [String] {
  var names: (folders: [String], links: [String]) = ([], [])
  for part in ["", "utilisation/"] where part.isEmpty || isFolder("\(folder)/\(part)") {
    for path in try filesInFolder(folder + (part.isEmpty ? "" : "/utilisation"), suffixes: [""]) where isFolder(path) {
      let name = String(path.dropFirst(folder.count + 1))
      guard name != "utilisation", !name.dropFirst(part.count).hasPrefix(".") else { continue }
      if isLink(path) { names.links.append(name) } else { names.folders.append(name) }
    }
  }
  return [
    line(names.folders, "folder", "is not looked into", "are not looked into"),
    line(names.links, "link to a folder", "is not followed", "are not followed"),
  ].compactMap(\.self)
}

private func line(_ names: [String], _ noun: String, _ one: String, _ many: String) -> String? {
  guard !names.isEmpty else { return nil }
  let count = counted(names.count, noun, noun.replacing(/^(folder|link)/) { "\($0.1)s" })
  return "\(count) \(names.count == 1 ? one : many): \(shortened(names, to: 3))"
}
