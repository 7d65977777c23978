import Foundation

/// Checks JSON against the part of JSON Schema (draft 2020-12) that `guide/report.schema.json` uses; a keyword beyond
/// it is an error of its own, so that no rule is passed over in silence.
struct SchemaCheck {
  let root: JSONValue

  /// What is wrong, with the place; empty when nothing is.
  func errors(of value: JSONValue) -> [String] { errors(value, root, at: "") }

  private func errors(_ value: JSONValue, _ schema: JSONValue, at place: String) -> [String] {
    schema.object.sorted { $0.key < $1.key }.flatMap { keyword, rule in
      errors(value, keyword, rule, schema, at: place)
    }
  }

  private func errors(
    _ value: JSONValue, _ keyword: String, _ rule: JSONValue, _ schema: JSONValue, at place: String
  ) -> [String] {
    switch keyword {
    case "$schema", "$defs", "title", "description": []
    case "$ref": errors(value, resolved(rule), at: place)
    case "type": types(rule).contains { isOf($0, value) } ? [] : ["\(place): not \(types(rule))"]
    case "const": value == rule ? [] : ["\(place): not \(rule)"]
    case "enum": rule.array.contains(value) ? [] : ["\(place): none of \(rule)"]
    case "minLength": value.string.map { $0.count >= 1 } ?? true ? [] : ["\(place): too short"]
    case "pattern": matches(value, rule.string ?? "") ? [] : ["\(place): not like \(rule)"]
    case "required": rule.array.filter { value[$0.string ?? ""] == nil }.map { "\(place): lacks \($0)" }
    case "items": value.array.enumerated().flatMap { errors($1, rule, at: "\(place)/\($0)") }
    case "properties":
      rule.object.flatMap { name, rule in value[name].map { errors($0, rule, at: "\(place)/\(name)") } ?? [] }
    case "additionalProperties": additional(value, rule, schema, at: place)
    case "oneOf": oneOf(value, rule.array, at: place)
    default: ["\(place): the keyword \(keyword) is not checked"]
    }
  }

  private func oneOf(_ value: JSONValue, _ rules: [JSONValue], at place: String) -> [String] {
    let errors = rules.map { self.errors(value, $0, at: place) }
    let count = errors.count(where: \.isEmpty)
    if count == 1 { return [] }
    return ["\(place): \(count) of the alternatives hold"] + (errors.min { $0.count < $1.count } ?? [])
  }

  private func additional(_ value: JSONValue, _ rule: JSONValue, _ schema: JSONValue, at place: String) -> [String] {
    let known = Set(schema["properties"]?.object.keys.map { $0 } ?? [])
    let others = value.object.filter { !known.contains($0.key) }
    guard rule != .bool(false) else { return others.keys.sorted().map { "\(place): unexpected \($0)" } }
    return others.flatMap { errors($1, rule, at: "\(place)/\($0)") }
  }

  private func resolved(_ reference: JSONValue) -> JSONValue {
    root["$defs"]?[(reference.string ?? "").replacing("#/$defs/", with: "")] ?? .array([])
  }

  private func types(_ rule: JSONValue) -> [String] { rule.string.map { [$0] } ?? rule.array.compactMap(\.string) }

  private func isOf(_ type: String, _ value: JSONValue) -> Bool {
    switch (value, type) {
    case (.null, "null"), (.number, "number"), (.double, "number"), (.string, "string"), (.array, "array"),
      (.object, "object"):
      true
    case (.number(let number), "integer"): number.isInteger
    default: false
    }
  }

  private func matches(_ value: JSONValue, _ pattern: String) -> Bool {
    guard let text = value.string, let regex = try? Regex(pattern) else { return value.string == nil }
    return text.contains(regex)
  }
}

extension Decimal {
  fileprivate var isInteger: Bool {
    var (number, rounded) = (self, Decimal())
    NSDecimalRound(&rounded, &number, 0, .plain)
    return rounded == self
  }
}
