import Clouds
import Model
import Store

extension Importer {
  /// Takes back the import of a file, by the name it was imported under, and says what was removed.
  ///
  /// What the file brought is removed; where it took the place of what another file said, that holds again. Of several
  /// imports of one name the last is taken back.
  /// - Throws: `DataError`, kind `missingInput`, with the nearest known name where no import has this one; kind `badData`
  ///   for a file of which the store does not know what it brought. The store is then as it was.
  public func forget(_ name: String) throws -> [Phrase] {
    let forgotten = try store.forget(name, isUnique: supportedCloud.isUnique)
    let noun = forgotten.kind == .utilisation ? "sample" : forgotten.kind == nil ? "fleet file" : "row"
    let kind = forgotten.kind.map { " of \($0.rawValue)" } ?? ""
    var lines: [Phrase] = [
      "\(name): \(forgotten.removed == 0 ? "no \(noun)s" : counted(forgotten.removed, noun))\(kind) removed"
    ]
    if forgotten.restored > 0 {
      lines.append(
        "  \(counted(forgotten.restored, "row")) as an earlier file has \(forgotten.restored == 1 ? "it" : "them") again"
      )
    }
    if forgotten.hidesLater {
      lines.append(
        "  what later files have in common with it is gone too: import those again"
      )
    }
    if forgotten.remaining > 0 {
      lines.append(
        "  \(counted(forgotten.remaining, "earlier import")) of this name \(forgotten.remaining == 1 ? "is" : "are") still there"
      )
    }
    return lines + store.workOutServiceDays()
  }
}
