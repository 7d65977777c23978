// A script for a POSIX shell. Without a word it shows what there is: whoever runs it unread has changed nothing.

import Model

/// Commands that carry recommendations out, as a script for a person to read: to check before, to make, and to go back.
package struct CommandScript: Sendable {
  /// A recommendation with its commands.
  package struct Step: Sendable {
    var id: String
    var words: [String]
    var commands: ChangeCommands

    package init(id: String, words: [String], commands: ChangeCommands) {
      self.id = id
      self.words = words
      self.commands = commands
    }
  }
  var origin: String
  var steps: [Step]
  var leftOut: [String]

  /// - Parameters:
  ///   - origin: where it comes from, in a line.
  ///   - leftOut: what is not among the commands, in words.
  package init(origin: String, steps: [Step], leftOut: [String]) {
    self.origin = origin
    self.steps = steps
    self.leftOut = leftOut
  }

  /// The same bytes for the same steps.
  package func render() -> [UInt8] {
    let functions = steps.flatMap(\.commands.functions).eachOnce()
    let parts = [head] + functions + steps.enumerated().map { text(of: $1, number: $0 + 1) } + [tail]
    return Array((parts.joined(separator: "\n\n") + "\n").utf8)
  }

  private var head: String {
    var lines = [
      origin, "Nothing of this was run. Read it, then:", "",
      "  sh FILE check [N]   shows what there is, and changes nothing",
      "  sh FILE make [N]    makes the changes, or the one of number N",
      "  sh FILE back [N]    takes them back, the last one first", "",
    ]
    lines += steps.enumerated().map { "\($0 + 1)  \($1.id): \($1.words.joined(separator: "; "))" }
    lines += leftOut.map { "Not written here: \($0)" }
    return (["#!/bin/sh"] + lines.map(comment) + ["set -eu"]).joined(separator: "\n")
  }

  private func text(of step: Step, number: Int) -> String {
    let commands = step.commands
    let back = commands.back.isEmpty ? ["echo \(shellWord("\(step.id) cannot be taken back")) >&2"] : commands.back
    var lines = ["# \(number)  \(step.id)"].map(oneLine) + commands.remarks.map { comment("   \($0)") }
    for (name, body) in [("check", commands.check), ("make", commands.make), ("back", back)] {
      lines.append("\(name)_\(number)() {")
      lines += body.map { "  \($0)" } + ["}"]
    }
    return lines.joined(separator: "\n")
  }

  private var tail: String {
    let numbers = steps.indices.map { "\($0 + 1)" }
    return """
      usage() {
        echo "usage: sh $0 check | make | back [N], N from 1 to \(steps.count)" >&2
        exit 64
      }
      case "${1:-check}" in
      check | make) order='\(numbers.joined(separator: " "))' ;;
      back) order='\(numbers.reversed().joined(separator: " "))' ;;
      *) usage ;;
      esac
      [ $# -le 2 ] || usage
      case "${2-1}" in
      \(numbers.isEmpty ? "1" : numbers.joined(separator: " | "))) ;;
      *) usage ;;
      esac
      for number in ${2:-$order}; do
        "${1:-check}_$number"
      done
      """
  }

  private func comment(_ line: String) -> String { line.isEmpty ? "#" : "# \(oneLine(line))" }
}
