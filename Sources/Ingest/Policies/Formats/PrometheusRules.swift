import Model

/// A file of rules of Prometheus, or a PrometheusRule of its operator: alerts that compare a metric, what becomes of it over a
/// time, or a share of two, with a number on either side.
///
/// Recording rules alert of nothing, and other expressions are refused by name.
///
/// Source: "Alerting rules", "Recording rules", Prometheus documentation.
enum PrometheusRules: PolicyFormat {
  static let name = "prometheus-rules"
  static let outline = "alert rules of Prometheus"
  static let example = """
    groups:
      - name: database
        rules:
          - alert: ConnectionsHigh
            expr: mongodb_connections_current / mongodb_connections_available > 0.75
            for: 15m
            labels: {severity: warning}
    """

  static func recognises(_ document: DocumentNode) -> Bool {
    guard let groups = groups(of: document) else { return false }
    return groups.elements.allSatisfy { $0[key: "rules"] != nil || $0[key: "name"] != nil }
  }

  private static func groups(of document: DocumentNode) -> DocumentNode? {
    let found = document[key: "groups"] ?? document[key: "spec"]?[key: "groups"]
    if case .list? = found?.content { return found }
    return nil
  }

  static func read(_ document: PolicyDocument, into reading: inout PolicyReading) {
    for group in groups(of: document.root)?.elements ?? [] {
      let name = group[key: "name"]?.text ?? ""
      for rule in group[key: "rules"]?.elements ?? [] {
        let place = Place(file: document.file, line: rule.line)
        if let record = rule[key: "record"]?.text {
          reading.refuse(place, "recording rule \(record)", "it records, and alerts of nothing")
          continue
        }
        do throws(PolicyFault) {
          let alert = try alert(rule, group: name, place)
          reading.configuration.alerts.append(alert)
          for key in ["expr", "for"] {
            guard let node = rule[key: key] else { continue }
            reading.sites.append(FigureSite(FigureKey(name, alert.name, key), document.file, node))
          }
        } catch {
          reading.note(error, "alert \(rule[key: "alert"]?.text?.asPrintable ?? "without a name")", at: place)
        }
      }
    }
  }

  private static func alert(
    _ rule: DocumentNode, group: String, _ place: Place
  ) throws(PolicyFault) -> AlertExpressionRule {
    let fields = DocumentFields(node: rule, scope: TemplateScope(file: place.file))
    guard let text = try fields.text("expr", hasLines: true) else { throw fields.wrong("expr", "an expression") }
    let expression = try ExpressionParser.read(text)
    var duration = TimeSpan(seconds: 0)
    if let text = try fields.text("for") {
      guard let span = TimeSpan(promText: text) else { throw fields.wrong("for", "a time such as 15m") }
      duration = span
    }
    var alert = AlertExpressionRule(
      group: group, name: try fields.required("alert"), expression: expression, duration: duration)
    alert.labels = try texts(fields, "labels")
    alert.annotations = try texts(fields, "annotations")
    alert.place = place
    return alert
  }

  private static func texts(_ fields: DocumentFields, _ key: String) throws(PolicyFault) -> [String: String] {
    guard let own = try fields.fields(key), case .mapping(let entries) = own.node.content else { return [:] }
    var texts: [String: String] = [:]
    for entry in entries { texts[entry.key] = entry.value.text ?? "" }
    return texts
  }
}
