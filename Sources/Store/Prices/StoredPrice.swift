import GRDB
import Model

/// A kind of price row as the store keeps it.
///
/// Conform in a file of your own beside this one; the store writes and reads every kind of ``priceKinds`` by it.
protocol StoredPrice: PriceRow {
  static var table: PriceTable { get }
  /// The values of the table's key and of its figures, in the order of their columns.
  var storedKey: [DatabaseValue] { get }
  var storedFigures: [DatabaseValue] { get }

  /// Takes the values of key and figures in the same order.
  /// - Throws: ``DatabaseError`` for values that no row of this kind can have.
  init(_ stored: inout StoredValues, _ provenance: Provenance) throws
}

/// All kinds of price rows, each of which has a table.
let storedPrices: [any StoredPrice.Type] = priceKinds.map { $0 as! any StoredPrice.Type }

/// The values of a stored row, taken one behind another.
struct StoredValues {
  private let row: QueriedRow
  private var column: Int32

  /// - Parameter column: the first that is taken.
  init(_ row: QueriedRow, from column: Int32) {
    self.row = row
    self.column = column
  }

  /// A value that is never NULL.
  mutating func next<Value: ColumnValue>() -> Value {
    defer { column += 1 }
    return row.value(column)
  }

  /// A value; nil for NULL, which is unknown.
  mutating func nextIfKnown<Value: ColumnValue>() -> Value? {
    defer { column += 1 }
    return row.isNull(column) ? nil : row.value(column)
  }

  /// Money in nano-dollars.
  mutating func money() -> Money { Money(nanoDollars: next()) }

  /// One of a few words.
  mutating func word<Word: RawRepresentable<String>>() throws -> Word {
    let text: String = next()
    if let word = Word(rawValue: text) { return word }
    throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a price with an unknown word \"\(text)\"")
  }

  /// Region, type and engine.
  mutating func instanceKind() -> InstanceKind { InstanceKind(region: next(), type: next(), engine: next()) }
}

extension InstanceKind {
  static let storedColumns = ["region", "type", "engine"]
  var stored: [DatabaseValue] { [region.databaseValue, type.databaseValue, engine.databaseValue] }
}

extension Money {
  var stored: DatabaseValue { nanoDollars.databaseValue }
}
