/// The engine of each usage operation: what runs on an EC2 instance and whose licence it is.
///
/// From the table "Platform details and usage operation values" of the EC2 user guide.
private let engines = [
  "RunInstances": "linux", "RunInstances:00g0": "rhel-byol", "RunInstances:0010": "rhel",
  "RunInstances:1010": "rhel-ha", "RunInstances:1014": "rhel-ha-sql-std", "RunInstances:1110": "rhel-ha-sql-ent",
  "RunInstances:0014": "rhel-sql-std", "RunInstances:0210": "rhel-sql-web", "RunInstances:0110": "rhel-sql-ent",
  "RunInstances:0100": "linux-sql-ent", "RunInstances:0004": "linux-sql-std", "RunInstances:0200": "linux-sql-web",
  "RunInstances:000g": "suse", "RunInstances:0g00": "ubuntu-pro", "RunInstances:0002": "windows",
  "RunInstances:0800": "windows-byol", "RunInstances:0102": "windows-sql-ent", "RunInstances:0006": "windows-sql-std",
  "RunInstances:0202": "windows-sql-web",
]

/// The engine that an operation of EC2 runs; nil for one that the table does not have, which nobody should guess.
func engine(ofOperation operation: String) -> String? { engines[operation] }

/// Why a product of an operation without an engine is left out.
func unknownOperation(_ operation: String) -> String {
  operation.isEmpty ? "of no operation" : "of operation \(operation)"
}
