import Foundation
import Testing

@Suite struct ImportTests {
  @Test("An import says in a line for each file what it brought")
  func says() throws {
    let shared = try SharedStore.made.get()
    let lines = shared.imports.split(separator: "\n").map(String.init)
    // Fleet, inventory, commitments, five files of samples, and the price book.
    #expect(lines.count == 8 + (try priceFiles().count))
    #expect(lines[0] == "\(shared.dataset)/fleet.yaml: fleet \"sketchy-chain\" with 6 services")
    #expect(lines.dropFirst().allSatisfy { $0.hasSuffix(" rows added") || $0.hasSuffix(" samples added") })
  }

  @Test("Importing again changes nothing and says so, from a file, from gzip and from standard input")
  func again() throws {
    let shared = try SharedStore.made.get()
    let folder = try TemporaryFolder()
    let store = folder.path("store.sqlite")
    let users = "\(shared.dataset)/utilisation/users.csv"
    for (kind, file) in [
      ("inventory", "\(shared.dataset)/inventory.csv"), ("commitments", "\(shared.dataset)/commitments.csv"),
      ("utilisation", users), ("prices", try priceFiles()[0]),
    ] {
      #expect(try succeeding(["import", "--store", store, kind, file]).hasSuffix(" added\n"))
      let before = try Data(contentsOf: URL(fileURLWithPath: store))
      let again = try succeeding(["import", "--store", store, kind, file])
      #expect(again.hasPrefix("\(file): nothing new, all ") && again.hasSuffix(" were there\n"), "\(again)")
      #expect(try Data(contentsOf: URL(fileURLWithPath: store)) == before, "\(kind)")
    }
    let packed = folder.path("users.csv.gz")
    try shell("gzip -c '\(users)' > '\(packed)'")
    #expect(try succeeding(["import", "--store", store, "utilisation", packed]).contains(": nothing new, all "))
    let piped = try succeeding(
      ["import", "--store", store, "utilisation", "-"], input: URL(fileURLWithPath: packed))
    #expect(piped.hasPrefix("standard input: nothing new, all "))
  }

  @Test("A store may have a name of one letter, beside the files or below a folder that is made")
  func shortName() throws {
    let place = try Workplace()
    try place.file("u.csv", twoSamples)
    for store in ["s", "a/b/s"] {
      let run = try place.run(["import", "--store", store, "utilisation", "u.csv"])
      #expect(run.status == 0 && run.errors == "", "\(store)")
      #expect(place.bytes(store) != nil)
    }
  }

  @Test("Files before a wrong one are in the store, and the ones behind it are not")
  func severalFiles() throws {
    let shared = try SharedStore.made.get()
    let folder = try TemporaryFolder()
    let store = folder.path("store.sqlite")
    let (good, bad) = ("\(shared.dataset)/utilisation/users.csv", folder.path("none.csv"))
    let run = try plimsoll(["import", "--store", store, "utilisation", good, bad, good])
    #expect(run.status == 66)
    #expect(run.output.hasPrefix("\(good): ") && run.output.split(separator: "\n").count == 1)
    #expect(run.errors == "plimsoll: \(bad): found no such file, expected a file to read\n")
  }

  @Test(
    "The stock SQLite client opens the store, finds it sound, and is told what the tables hold",
    .enabled("there is no sqlite3 on this machine to open the store with") {
      (try? shell("command -v sqlite3 >/dev/null")) != nil
    })
  func stockClient() throws {
    let shared = try SharedStore.made.get()
    let folder = try TemporaryFolder()
    let answers = folder.path("answers.txt")
    try shell(
      "sqlite3 -readonly '\(shared.store)' 'PRAGMA integrity_check; SELECT * FROM about' > '\(answers)'")
    let lines = try String(contentsOfFile: answers, encoding: .utf8).split(separator: "\n")
    #expect(lines.first == "ok")
    // One line for each table and column, all of them with words.
    #expect(lines.count > 50)
    #expect(lines.dropFirst().allSatisfy { !$0.hasSuffix("|") })
  }
}
