import GRDB
import Model

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Schema {
  /// What the SQL of migrations may call beside SQLite's own.
  static let functions: [DatabaseFunction] = [
    DatabaseFunction("sealed_chunk", argumentCount: 3, pure: true) { values in
      guard let key = Int64.fromDatabaseValue(values[0]), let samples = Int64.fromDatabaseValue(values[1]),
        let data = Data.fromDatabaseValue(values[2])
      else { return values[2] }
      var bytes = [UInt8](data)
      bytes.appendChunkChecksum(key: key, samples: samples)
      return Data(bytes)
    },
    DatabaseFunction("composed_name", argumentCount: 1, pure: true) { values in
      String.fromDatabaseValue(values[0])?.asName
    },
  ]

  /// Chunks with a checksum. Those that a store had before get theirs as they are: none of their samples is lost.
  static let sealedChunks = """
    UPDATE day_chunk SET blob = sealed_chunk(key, samples, blob);

    DELETE FROM about WHERE "table" = 'day_chunk' AND "column" = 'blob';

    INSERT INTO about VALUES ('day_chunk', 'blob',
      'instants as runs, values packed by bits, a checksum of the row; layout: Sources/Store/DayChunk.swift, RowChecksum.swift');

    """

  /// Names in one form, composed. Where a store has a name in both, the rows stay apart, and new samples go to the composed
  /// one.
  static let composedNames = """
    UPDATE service_day SET blob = NULL
    WHERE service IN (SELECT composed_name(service) FROM service_day WHERE service <> composed_name(service));

    INSERT OR IGNORE INTO service_day(service, day, blob)
    SELECT composed_name(service), day, NULL FROM service_day WHERE service <> composed_name(service);

    DELETE FROM service_day WHERE service <> composed_name(service);

    UPDATE OR IGNORE series SET service = composed_name(service), resource = composed_name(resource),
      metric = composed_name(metric)
    WHERE service <> composed_name(service) OR resource <> composed_name(resource) OR metric <> composed_name(metric);

    UPDATE OR IGNORE inventory SET service = composed_name(service), resource = composed_name(resource)
    WHERE service <> composed_name(service) OR resource <> composed_name(resource);

    UPDATE OR IGNORE inventory_word SET service = composed_name(service), resource = composed_name(resource)
    WHERE service <> composed_name(service) OR resource <> composed_name(resource);

    UPDATE commitment SET service = composed_name(service) WHERE service <> composed_name(service);

    UPDATE commitment_word SET service = composed_name(service) WHERE service <> composed_name(service);

    """
}
