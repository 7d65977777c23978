import Foundation
import Testing

@Suite struct WhatIfPageTests {
  @Test("The questions of the guide have the answers that the command gives; recording them fails")
  func pageIsFresh() throws {
    let made = try #require(try RenderedCase.all.get().first { $0.folder.lastPathComponent == "sketchy-chain-2026-10" })
    let file = packageFolder.appendingPathComponent("guide/what-if.md")
    if ProcessInfo.processInfo.environment["PLIMSOLL_RECORD"] == "1" {
      try Data(made.questions.utf8).write(to: file)
      Issue.record("recorded guide/what-if.md; look at the difference and run again")
      return
    }
    let committed = try? String(contentsOf: file, encoding: .utf8)
    #expect(committed == made.questions, "guide/what-if.md is not what the command says; recording makes it anew")
  }
}
