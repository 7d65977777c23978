import Model
import Reading

/// A kind of document in which a program is told what scales and when, or says what it was told.
///
/// Conform in a file of your own in `Formats/` and add the type to ``policyFormats``; the contract test then reads its example.
package protocol PolicyFormat: Sendable {
  /// As people call it: `cloudformation`.
  static var name: String { get }
  /// What it looks like, for the error that lists the known formats.
  static var outline: String { get }
  /// A small document of it: documentation and test.
  static var example: String { get }

  /// True when a document is meant to be of this kind, judged by its first keys.
  static func recognises(_ document: DocumentNode) -> Bool
  /// Adds what a document says; what cannot be said here is refused by name, and what is wrong is a fault.
  static func read(_ document: PolicyDocument, into reading: inout PolicyReading)
}

/// The formats that are tried, in order: the first that recognises a document reads it. Templates last of those of the cloud,
/// for they may be a bare mapping of resources.
package let policyFormats: [any PolicyFormat.Type] = [
  TerraformPlan.self, TerraformJSON.self, AWSScalingAnswers.self, AWSScalingInputs.self, PrometheusRules.self,
  KubernetesScaling.self, CloudFormationTemplate.self,
]

/// A document of a file.
package struct PolicyDocument: Sendable {
  package var file: String
  package var root: DocumentNode

  /// True for a block of a text, which may show a part of what there is.
  var isExcerpt: Bool { isMarkdown(file) }
}

/// What the files read so far say together.
package struct PolicyReading: Sendable {
  /// Alerts, refusals, and targets that are whole.
  var configuration = ScalingConfiguration()
  /// Of what needs nothing from other files, some maybe in parts.
  var targets: [ScaledTarget] = []
  /// Of AWS, joined when all files are read.
  var resources: [AWSResource] = []
  /// What is wrong with the files.
  var faults: [DataError] = []
  /// Where figures stand, for whoever changes them in place.
  var sites: [FigureSite] = []
  /// The formats that were read.
  var formats: Set<String> = []

  mutating func refuse(_ place: Place, _ name: String, _ reason: String) {
    configuration.refused.append(RefusedScaling(place, name, reason))
  }

  /// Takes note of what a part of a document came to: a refusal or a fault.
  mutating func note(_ fault: PolicyFault, _ name: String, at place: Place) {
    switch fault {
    case .refused(let reason): refuse(place, name, reason)
    case .wrong(let error): faults.append(error)
    }
  }
}

/// Why a part of a document is not read.
enum PolicyFault: Error {
  /// It means something that cannot be said here.
  case refused(String)
  /// It means nothing.
  case wrong(DataError)
}

/// What files say of scaling, and where their figures stand.
package struct ReadPolicies: Sendable {
  package var configuration: ScalingConfiguration
  package var sites: [FigureSite]
  /// The names of the formats that were read.
  package var formats: Set<String>
}

/// Reads files that say what scales, each by its content; what several say of one thing is joined, whatever their order.
/// - Parameter keepsColumns: true where figures are to be changed where they stand.
/// - Throws: ``DataError`` for all that is wrong with them.
package func readPolicies(_ files: [InputFile], keepsColumns: Bool = false) throws(DataError) -> ReadPolicies {
  var reading = PolicyReading()
  for file in files { try read(file, into: &reading, keepsColumns: keepsColumns) }
  var joined = AWSScaling(reading.resources)
  joined.join()
  var parts = ScalingConfiguration()
  parts.targets = reading.targets
  reading.configuration.add(parts)
  reading.configuration.add(joined.reading.configuration)
  reading.faults += joined.reading.faults
  guard reading.faults.isEmpty else { throw allOf(reading.faults) }
  return ReadPolicies(
    configuration: reading.configuration, sites: reading.sites + joined.reading.sites,
    formats: reading.formats)
}

private func read(
  _ file: InputFile, into reading: inout PolicyReading, keepsColumns: Bool
) throws(DataError) {
  if isTerraformSource(file) {
    let place = Place(file: file.name)
    return reading.refuse(
      place, "Terraform configuration", "it has expressions to be evaluated; terraform show -json prints the plan of it"
    )
  }
  let documents = try policyDocuments(file, keepsColumns: keepsColumns)
  var isKnown = false
  for document in documents where !document.root.isNull {
    guard let format = policyFormats.first(where: { $0.recognises(document.root) }) else { continue }
    isKnown = true
    reading.formats.insert(format.name)
    format.read(document, into: &reading)
  }
  guard isKnown else {
    throw DataError(
      Place(file: file.name, line: documents.first?.root.line), found: "no document that says what scales",
      expected: "one of \(policyFormats.map { $0.outline }.joined(separator: "; "))")
  }
}
