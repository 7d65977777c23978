/// A way to buy tokens that has a price of its own; the raw value is the last word of an item of the price book.
package enum TokenKind: String, CaseIterable, Hashable, Sendable, Comparable {
  /// Of the prompt, as far as no cache serves it.
  case input
  /// Of the answer, what a model thinks included.
  case output
  /// Of the prompt, read from a cache.
  case cachedInput = "cached-input"
  /// Of the prompt, written to a cache that keeps it for minutes.
  case cacheWrite = "cache-write"
  /// The same for a cache that keeps it for an hour.
  case cacheWriteHour = "cache-write-1h"
  case batchInput = "batch-input"
  case batchOutput = "batch-output"
  case batchCachedInput = "batch-cached-input"
  case flexInput = "flex-input"
  case flexOutput = "flex-output"
  case priorityInput = "priority-input"
  case priorityOutput = "priority-output"

  /// The same tokens where the answer may come hours later; nil for what is bought so already, or never is.
  package var inBatch: TokenKind? {
    switch self {
    case .input: .batchInput
    case .output: .batchOutput
    case .cachedInput: .batchCachedInput
    default: nil
    }
  }

  package static func < (a: TokenKind, b: TokenKind) -> Bool { a.place < b.place }

  private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// An item of the price book for tokens, `tokens/VENDOR/MODEL/KIND`.
package struct TokenItem: Hashable, Sendable {
  /// `VENDOR/MODEL`.
  package var model: String
  package var kind: TokenKind

  package init(_ model: String, _ kind: TokenKind) {
    self.model = model
    self.kind = kind
  }

  /// Nil for an item that is none, or of a kind that there is not.
  package init?(_ item: String) {
    guard item.hasPrefix("tokens/") else { return nil }
    let words = item.split(separator: "/", omittingEmptySubsequences: false)
    guard words.count >= 4, let kind = words.last.flatMap({ TokenKind(rawValue: String($0)) })
    else { return nil }
    self.init(words[1..<(words.count - 1)].joined(separator: "/"), kind)
  }

  package var item: String { "tokens/\(model)/\(kind.rawValue)" }
}

extension Charge {
  /// The tokens that it is for; nil for anything else.
  package var tokens: TokenItem? { price.flatMap { TokenItem($0) } }
}
