/// What a file is of an answer that comes in parts: pages, and series whose samples are spread over them.
package struct AnswerParts: Hashable, Sendable {
  /// True where the file holds an answer that may come in parts.
  package private(set) var isPage = false
  /// True where the file names a page behind it.
  package private(set) var hasNext = false
  /// Series that go on elsewhere, by name, with what the source calls that.
  package private(set) var partial: [String: String] = [:]
  /// Series that end here, all their samples told.
  package private(set) var complete: Set<String> = []

  package init() {}

  mutating func addPage(hasNext: Bool) {
    isPage = true
    self.hasNext = self.hasNext || hasNext
  }

  /// Notes how far a series is told; the last word of a file on it holds.
  mutating func note(_ series: String, _ status: String, isComplete: Bool) {
    if isComplete {
      partial[series] = nil
      complete.insert(series)
    } else {
      partial[series] = status
    }
  }

  package mutating func add(_ other: AnswerParts) {
    isPage = isPage || other.isPage
    hasNext = hasNext || other.hasNext
    partial.merge(other.partial) { $1 }
    complete.formUnion(other.complete)
  }

  static let nextPage = "the answer has more pages (NextToken); what is on them is not in this file"

  static func partial(_ series: String, _ status: String) -> String {
    "\(series): \(status), so samples may be missing"
  }

  /// What its reader is told of a file by itself, and need not be where the other parts are read with it.
  package var remarks: Set<String> {
    Set(partial.map { Self.partial($0.key, $0.value) }).union(hasNext ? [Self.nextPage] : [])
  }

  /// What is missing of the parts of several files, as far as they tell; empty where nothing is.
  /// - Parameter files: what each file is.
  package static func missing(of files: [AnswerParts]) -> [String] {
    let pages = files.filter(\.isPage)
    let complete = pages.reduce(into: Set<String>()) { $0.formUnion($1.complete) }
    var lines: [String] = []
    if pages.contains(where: \.hasNext), !pages.contains(where: { !$0.hasNext }) {
      lines.append("every page of the answers names another one: the last is not here")
    }
    let open = pages.flatMap { $0.partial.filter { !complete.contains($0.key) } }
    return lines + Set(open.map { partial($0.key, $0.value) }).sorted()
  }
}
