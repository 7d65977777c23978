/// A usage type taken apart: `APN1-BoxUsage:c6i.large` is `BoxUsage` of `c6i.large` in the region that bills as `APN1`.
struct ListedUsage {
  /// What is used, without the region: `BoxUsage`, `EBS:VolumeUsage.gp3`.
  let name: String
  /// The part of the name before its colon.
  let kind: String
  /// The part behind it; nil where there is none.
  let detail: String?

  init(_ text: String) {
    var name = text[...]
    if let dash = text.firstIndex(of: "-"), Self.isRegion(text[..<dash]) { name = text[text.index(after: dash)...] }
    self.name = String(name)
    if let colon = name.firstIndex(of: ":") {
      kind = String(name[..<colon])
      detail = String(name[name.index(after: colon)...])
    } else {
      (kind, detail) = (self.name, nil)
    }
  }

  /// `APN1`, `UGW1`, `LAX1`: capitals and a number; of the first regions `EU` has none.
  private static func isRegion(_ text: Substring) -> Bool {
    if text == "EU" { return true }
    guard let last = text.utf8.last, (48...57).contains(last) else { return false }
    return text.utf8.allSatisfy { (65...90).contains($0) || (48...57).contains($0) }
  }
}
