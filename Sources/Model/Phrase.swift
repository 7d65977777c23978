/// Words for people that may name parameters, which whoever shows them spells.
///
/// `"a column, or \(parameter: .metric, "NAME")"` is `a column, or parameter metric` to a library's user, and what the
/// command makes of it at a shell.
public struct Phrase: Hashable, Sendable, ExpressibleByStringInterpolation, CustomStringConvertible {
  fileprivate enum Part: Hashable, Sendable {
    case words(String)
    case parameter(Parameter, placeholder: String?)
  }

  private var parts: [Part]

  /// Words without a parameter.
  public init(_ words: String) { parts = words.isEmpty ? [] : [.words(words)] }

  /// Words without a parameter.
  public init(stringLiteral words: String) { self.init(words) }

  /// Words and parameters in turn.
  public init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

  /// The words, with each parameter spelled by its reader's way to state it, and behind it what stands for the value.
  public func text(spelling: (Parameter) -> String) -> String {
    parts.map { part in
      switch part {
      case .words(let words): words
      case .parameter(let parameter, nil): spelling(parameter)
      case .parameter(let parameter, let placeholder?): "\(spelling(parameter)) \(placeholder)"
      }
    }.joined()
  }

  /// The words, with parameters by their names.
  public var description: String {
    parts.map { part in
      switch part {
      case .words(let words): words
      case .parameter(let parameter, _): parameter.description
      }
    }.joined()
  }

  /// Collects words and parameters; neighbouring words are one part, so that what reads the same is equal.
  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var parts: [Part] = []

    /// Nothing yet.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// Words as they are.
    public mutating func appendLiteral(_ words: String) { append(.words(words)) }

    /// A value by its description.
    public mutating func appendInterpolation(_ value: some Any) { append(.words("\(value)")) }

    /// A parameter, and what stands for its value where the reader states it by a word of its own.
    public mutating func appendInterpolation(parameter: Parameter, _ placeholder: String? = nil) {
      append(.parameter(parameter, placeholder: placeholder))
    }

    /// A phrase, with its parameters.
    public mutating func appendInterpolation(phrase: Phrase) { phrase.parts.forEach { append($0) } }

    private mutating func append(_ part: Part) {
      if case .words(let more) = part {
        if more.isEmpty { return }
        if case .words(let words)? = parts.last {
          parts[parts.count - 1] = .words(words + more)
          return
        }
      }
      parts.append(part)
    }
  }
}
