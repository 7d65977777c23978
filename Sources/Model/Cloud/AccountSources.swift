/// Where a cloud tells what an account has.
package protocol AccountSources: Sendable {
  /// Commands of a shell that list what an account has in some regions, each into a file of the folder they run in, and
  /// change nothing; those of the whole account come last.
  /// - Throws: ``DataError``, kind `usage`, for a name that is no region.
  func accountFetches(ofRegions regions: [String]) throws(DataError) -> [AccountFetch]
}

/// Lines of a shell that make files of what an account has.
package struct AccountFetch: Hashable, Sendable {
  /// What they bring: `machines`.
  package var subject: String
  /// Lines of a shell.
  package var command: String

  package init(_ subject: String, _ command: String) {
    self.subject = subject
    self.command = command
  }
}
