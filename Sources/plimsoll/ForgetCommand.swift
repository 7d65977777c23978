import Analytics
import ArgumentParser

struct ForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Take back the import of a file.",
    discussion: """
      What the file brought is removed, and what it took the place of holds again. A file is named as it was when it was \
      imported; plimsoll status lists the names. Of several imports of one name the last is taken back; run it again for \
      the one before. Files imported before the store kept what each brought cannot be taken back, but for prices.
      """)

  @OptionGroup var stored: StoreOptions

  @Argument(help: "The file, as it was called when it was imported.")
  var file: String

  func run() throws { try printLines(try Importer(existing: stored.store).forget(file)) }
}
