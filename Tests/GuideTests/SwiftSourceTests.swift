import Testing

@Suite struct SwiftSourceTests {
  @Test("Types, properties with their names in the file, cases and constants are found with their comments")
  func reads() throws {
    let source = SwiftSource(
      text: """
        /// A tank.
        ///
        /// Of water.
        package struct Tank: Decodable {
          /// How full it is;
          /// nil for empty.
          package var levelPercent: Int?
          package var size: [Size]
          package var isFull: Bool { levelPercent == 100 }
          enum CodingKeys: String, CodingKey {
            case levelPercent = "level"
          }
        }
        /// What of a tank is not there.
        extension Tank {
        }
        package enum Size: String { case small, extraLarge = "xl" }
        package let defaultLevel = 40
        """)
    let tank = try #require(source.types["Tank"])
    #expect(tank.comment == "A tank.\nOf water.")
    #expect(tank.properties.map(\.name) == ["levelPercent", "size"])
    #expect(tank.properties.map(\.type) == ["Int?", "[Size]"])
    #expect(tank.properties.map(\.comment) == ["How full it is; nil for empty.", ""])
    #expect(tank.keys == ["levelPercent": "level"])
    #expect(source.types["Size"]?.cases.map(\.rawValue) == ["small", "xl"])
    #expect(source.constants == ["defaultLevel": "40"])
  }
}
