import Analytics
import Foundation

/// Refuses to write an answer over what it is made from: a store, or a file that the command was given.
///
/// Told by the arguments themselves, so that no command has to think of it: a file that another argument names too, one that
/// is a store whatever it is called, and one that is there, or is to be, in a folder that is read.
/// - Throws: `DataError`, kind `usage`, naming the place.
func checkOutputPlace(_ arguments: [String]) throws(DataError) {
  guard let (out, others) = outputPlace(arguments), let place = real(out), isFileOrNothing(place) else { return }
  let expected = "a file that the command does not read"
  if FileHandle(forReadingAtPath: place)?.readData(ofLength: 16) == Data("SQLite format 3\0".utf8) {
    throw DataError(Place(file: out), found: "a store", expected: expected, kind: .usage)
  }
  for other in others {
    guard let path = real(other), FileManager.default.fileExists(atPath: path) else { continue }
    let isIn = place.hasPrefix(path + "/")
    let isOfFolder = FileManager.default.fileExists(atPath: place) || place == path + "/fleet.yaml"
    guard path == place || isIn && isOfFolder else { continue }
    throw DataError(Place(file: out), found: "what is read from \(other)", expected: expected, kind: .usage)
  }
}

/// - Throws: `DataError`, kind `usage`, for a place without a name.
func checkIsNamed(_ out: String, expected: Phrase) throws(DataError) {
  guard out.isEmpty else { return }
  throw DataError(Place(file: "--out"), found: "an empty name", expected: expected, kind: .usage)
}

/// Where an answer is to be written, and everything else that is said; nil where it is not to be written to a file, and where
/// it is no regular file's place.
private func outputPlace(_ arguments: [String]) -> (out: String, others: [String])? {
  var (out, others) = (String?.none, [String]())
  var rest = arguments.dropFirst()[...]
  while let argument = rest.popFirst() {
    if argument == "--out" {
      out = rest.popFirst() ?? out
    } else if argument.hasPrefix("--out=") {
      out = String(argument.dropFirst("--out=".count))
    } else {
      let isOption = argument.hasPrefix("--")
      others.append(
        isOption ? argument.split(separator: "=", maxSplits: 1).last.map(String.init) ?? argument : argument)
    }
  }
  guard let out, !out.isEmpty, !out.hasPrefix("/dev/"), !out.hasPrefix("/proc/") else { return nil }
  return (out, others)
}

private func real(_ path: String) -> String? {
  path.isEmpty || path.utf8.count > 4096 ? nil : URL(fileURLWithPath: leadsTo(path)).resolvingSymlinksInPath().path
}

/// False for a folder, and for a pipe or a device, of which to read is to take.
private func isFileOrNothing(_ path: String) -> Bool {
  guard let facts = try? FileManager.default.attributesOfItem(atPath: path) else { return true }
  return facts[.type] as? FileAttributeType == .typeRegular
}
