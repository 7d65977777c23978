import Foundation
import TestSupport
import Testing

/// Recommendations as a script, through the command.
@Suite struct ExportCommandTests {
  @Test("A recommendation is a script that a shell reads, which checks where nobody asks for more")
  func script() throws {
    let shared = try SharedStore.made.get()
    let text = try succeeding(shared.ask(["export", "aws-cli", "rightsize-database"]))
    #expect(text.hasPrefix("#!/bin/sh\n# Recommendations of plimsoll for sketchy-chain, October 2026.\n"))
    #expect(text.contains("\nset -eu\n") && text.contains("case \"${1:-check}\" in"))
    #expect(text.contains("resize_instance us-east-1 \"$machine\" m5.2xlarge"))
    let folder = try TemporaryFolder()
    try text.write(toFile: folder.path("change.sh"), atomically: true, encoding: .utf8)
    try shell("sh -n '\(folder.path("change.sh"))'")
  }

  @Test(
    "Without ids there are inputs of scheduled actions; an id that is none, and a program that runs none, are refused")
  func refused() throws {
    let shared = try SharedStore.made.get()
    let unknown = try plimsoll(shared.ask(["export", "aws-cli", "rightsize-databse"]))
    #expect(unknown.status == 64)
    let message =
      "plimsoll: recommendations: found \"rightsize-databse\", expected the id of a recommendation; did you mean "
      + "rightsize-database?"
    #expect(unknown.firstError == message)
    #expect(try plimsoll(shared.ask(["export", "keda", "rightsize-database"])).status == 64)
    #expect(
      try plimsoll(shared.ask(["export", "aws-cli", "rightsize-database", "--service", "database"])).status == 64)
  }
}
