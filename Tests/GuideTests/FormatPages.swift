import Ingest
import Pricing

/// The pages of formats, from the ordered lists in the code and the comments of their types.
struct FormatPages {
  private let source: SwiftSource

  init() throws {
    source = try SwiftSource(folders: [
      "Sources/Ingest/Formats", "Sources/Ingest/Account/Formats", "Sources/Ingest/Commitments", "Sources/Pricing",
      "Sources/Ingest/Policies/Formats",
    ])
  }

  /// A format as a page shows it.
  private struct Entry {
    var name: String
    var outline: String
    var example: String
    var type: String
    var command: String
  }

  /// The pages by their names.
  var pages: [String: String] {
    [
      "utilisation.md": page(
        "Formats of utilisation", "`utilisationFormats`",
        """
        `plimsoll import utilisation FILE...` reads these. The first that recognises a file by how it starts reads it;
        `--layout NAME` overrides that. What a file does not say, `--service`, `--resource`, `--metric` and `--timezone`
        state. What holds for all of them: [Utilisation](../utilisation.md).
        """,
        utilisationFormats.map {
          Entry(name: $0.name, outline: $0.outline, example: $0.example, type: "\($0)", command: "utilisation")
        }),
      "prices.md": page(
        "Formats of prices", "`priceFormats`",
        """
        `plimsoll import prices FILE...` and `plimsoll import spot FILE...` read these. The first that recognises a file
        by how it starts reads it. What a file does not say is stated: its region by `--region`, the day it was taken by
        `--retrieved`. What holds for all of them: [Prices](../prices.md).
        """,
        priceFormats.map {
          Entry(
            name: $0.name, outline: $0.outline, example: $0.example, type: "\($0)",
            command: $0.isSpot ? "spot" : "prices")
        }),
      "inventory.md": page(
        "Formats of inventories", "`accountFormats`",
        """
        `plimsoll init`, `plimsoll import dataset` and `plimsoll import inventory FILE...` read these beside the
        [table](../inputs.md) that people write. The first that recognises a file by how it starts reads it. What holds for
        all of them: [Your own fleet](../own-fleet.md).
        """,
        accountFormats.map {
          Entry(name: $0.name, outline: $0.outline, example: $0.example, type: "\($0)", command: "inventory")
        }),
      "policies.md": page(
        "Formats of scaling policies", "`policyFormats`",
        """
        `plimsoll policies FILE...` and `plimsoll simulate --policies FILE` read these, each document by its first keys;
        of a text in markdown its blocks of YAML and JSON. What they are written as: [Policies](../policies.md).
        """,
        policyFormats.map {
          Entry(name: $0.name, outline: $0.outline, example: $0.example, type: "\($0)", command: "policies")
        }),
      "commitments.md": page(
        "Formats of commitments", "`commitmentFormats`",
        """
        `plimsoll import commitments FILE...` reads these. The first that recognises a file by how it starts reads it.
        What holds for all of them: [Commitments](../commitments.md).
        """,
        commitmentFormats.map {
          Entry(name: $0.name, outline: $0.outline, example: $0.example, type: "\($0)", command: "commitments")
        }),
    ]
  }

  /// Formats whose type has no comment.
  var unexplained: [String] {
    let types =
      utilisationFormats.map { "\($0)" } + priceFormats.map { "\($0)" } + commitmentFormats.map { "\($0)" }
      + accountFormats.map { "\($0)" } + policyFormats.map { "\($0)" }
    return types.filter { explanation($0).isEmpty }
  }

  private func page(_ title: String, _ list: String, _ head: String, _ entries: [Entry]) -> String {
    let rows = entries.map { "| [`\($0.name)`](#\($0.name)) | \($0.command) | \($0.outline) |" }
    let table = "| format | kind | what it looks like |\n|---|---|---|\n\(rows.joined(separator: "\n"))"
    let sections = entries.map { entry in
      "## \(entry.name)\n\n\(explanation(entry.type))\n\n```\n\(entry.example.trimmedEnd)\n```"
    }
    return stamp("the list \(list)") + (["# \(title)\n\n\(head)", table] + sections).joined(separator: "\n\n") + "\n"
  }

  /// The comment of a type, a paragraph a line, without the sentences that speak of symbols.
  private func explanation(_ type: String) -> String {
    let paragraphs = (source.comments[type] ?? "").split(separator: "\n").map { paragraph in
      sentences(String(paragraph)).filter { !$0.contains("``") }.joined(separator: " ")
    }
    return paragraphs.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private func sentences(_ paragraph: String) -> [String] {
    paragraph.replacing(/\. (?=[A-Z`])/, with: ".\n").split(separator: "\n").map(String.init)
  }
}

extension String {
  fileprivate var trimmedEnd: String { replacing(/\s+$/, with: "") }
}
