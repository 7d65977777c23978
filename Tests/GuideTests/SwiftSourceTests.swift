import Testing

@Suite struct SwiftSourceTests {
  @Test("Types are found with their comments, and an extension says something else than what its type is")
  func reads() {
    let source = SwiftSource(
      text: """
        /// A tank.
        ///
        /// Of water,
        /// mostly.
        package struct Tank {
          /// How full it is.
          package var levelPercent: Int?
        }
        /// What of a tank is not there.
        extension Tank {
        }
        package enum Size: String { case small, extraLarge = "xl" }
        """)
    #expect(source.comments == ["Tank": "A tank.\nOf water, mostly.", "Size": ""])
  }
}
