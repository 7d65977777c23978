import Foundation
import Testing

/// What is written and does not arrive: standard output, standard error and `--out`.
@Suite struct OutputFailureTests {
  private let folder: TemporaryFolder
  private let store: String

  init() throws {
    folder = try TemporaryFolder()
    store = try SharedStore.made.get().store
    _ = try folder.file(
      "problem.jsonl", #"{"id":1,"kind":"single","input":{"hours":1,"demand":[2],"on_demand":5}}"# + "\n")
  }

  /// What a line of shell, in which `$P` is the command, prints.
  private func printed(_ line: String) throws -> String {
    try shell(
      "cd '\(folder.url.path)' && P='\(plimsollFile.path)' && S='\(store)' && export SWIFT_BACKTRACE=enable=no && "
        + "{ \(line); } > printed 2> errors || true")
    return try String(contentsOfFile: folder.path("printed"), encoding: .utf8)
  }

  private var errors: String { (try? String(contentsOfFile: folder.path("errors"), encoding: .utf8)) ?? "" }

  @Test(
    "Output that cannot be written ends with 74, whatever prints it",
    arguments: [
      "status --store $S", "series --store $S --format csv", "series --store $S --format json", "--help", "--version",
      "cost --help", "import --store new.sqlite utilisation usage.csv", "solve mix < problem.jsonl",
      "solve size < problem.jsonl", "fleet --explain percentile", "status --store $S --out /dev/full",
    ])
  func full(command: String) throws {
    _ = try folder.file("usage.csv", twoSamples)
    #expect(try printed("$P \(command) > /dev/full; echo $?") == "74\n", "full: \(errors)")
    #expect(errors.contains(": No space left on device, expected a place to write to\n"))
    guard !command.contains("/dev/full") else { return }
    #expect(try printed("$P \(command) >&-; echo $?") == "74\n", "closed: \(errors)")
    #expect(errors.contains("plimsoll: standard output: found what cannot be written to: Bad file descriptor"))
  }

  @Test("A reader that leaves ends the command without a word")
  func closedPipe() throws {
    let code = try printed(
      "{ for i in 1 2 3 4; do cat problem.jsonl; sleep 0.1; done | { $P solve mix; echo $? >&3; } | true; } 3>&1")
    #expect(code == "74\n")
    #expect(errors == "")
  }

  @Test("An error that cannot be told keeps its exit code", arguments: ["/dev/full", "&-"])
  func brokenErrors(stream: String) throws {
    #expect(try printed("$P cost --store none.sqlite 2> \(stream); echo $?".replacing("> &", with: ">&")) == "66\n")
    #expect(try printed("$P cost --nonsense 2> \(stream); echo $?".replacing("> &", with: ">&")) == "64\n")
    _ = try folder.file("bad.csv", "timestamp,value\nnever,1\n")
    let importing = "$P import --store b.sqlite utilisation --service w --metric m bad.csv"
    #expect(try printed("\(importing) 2> \(stream); echo $?".replacing("> &", with: ">&")) == "65\n")
  }

  @Test("--out writes through what is no regular file, follows links and keeps the rights of what it replaces")
  func out() throws {
    let status = "$P status --store $S"
    let expected = try printed(status)
    #expect(try printed("\(status) --out /dev/stdout") == expected)
    #expect(try printed("echo before; \(status) --out /dev/fd/1") == "before\n" + expected)
    #expect(try printed("ln -s /dev/stdout link; \(status) --out link; test -L link") == expected)
    #expect(try printed("mkfifo pipe; \(status) --out pipe & cat pipe; test -p pipe") == expected)
    #expect(try printed("\(status) --out /dev/null; test -c /dev/null && echo device") == "device\n")
    let replaced = """
      echo old > real; chmod 640 real; ln -s real name; \(status) --out name
      cat real; test -L name && stat -c %a real; ls -A | grep -c partial
      """
    #expect(try printed(replaced) == expected + "640\n0\n")
    #expect(try printed("ln -s nowhere/real lost; \(status) --out lost; echo $?") == "74\n")
    // What an interrupted run left is taken for this one.
    #expect(try printed("echo half > .new.partial; \(status) --out new; cat new; ls .new.partial") == expected)
  }
}
