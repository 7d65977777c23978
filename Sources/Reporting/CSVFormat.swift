import Model

/// The tables of a report as RFC 4180 CSV, a blank line between them; totals are left to the reader to add up.
package struct CSVFormat: ReportFormat {
  package let name = "csv"
  package init() {}

  package func render(_ document: ReportDocument) -> String {
    document.tables.map { table in
      delimitedText([table.columns.map(\.name)] + table.rows.map { $0.map(plainNumber) })
    }.joined(separator: "\n")
  }
}

/// `1,234.56` without its grouping; any other text, such as a list `1,2`, as it is.
func plainNumber(_ text: String) -> String {
  let comma = UInt8(ascii: ",")
  guard text.utf8.contains(comma), isGrouped(text.utf8) else { return text }
  return String(decoding: text.utf8.filter { $0 != comma }, as: UTF8.self)
}

/// True for a sign, one to three digits, one or more groups of a comma and three digits, and a fraction.
private func isGrouped(_ text: String.UTF8View) -> Bool {
  var rest = text[...]
  if let first = rest.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "-") { rest = rest.dropFirst() }
  let parts = rest.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
  let groups = parts[0].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
  func areDigits(_ text: Substring.UTF8View) -> Bool { text.allSatisfy { (48...57).contains($0) } }
  guard groups.count > 1, (1...3).contains(groups[0].count), groups.allSatisfy(areDigits),
    groups.dropFirst().allSatisfy({ $0.count == 3 })
  else { return false }
  return parts.count == 1 || !parts[1].isEmpty && areDigits(parts[1])
}
