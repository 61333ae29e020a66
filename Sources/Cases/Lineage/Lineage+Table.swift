import Formats

extension Lineage {
  /// The table that `LineageReader` reads: CSV (RFC 4180), a row a model, in the order of their names.
  package var csv: String {
    CSVRows.text(
      [["model", "developer", "base_model", "family", "trained_on_outputs_of"]]
        + entries.sorted { $0.key < $1.key }.map { model, entry in
          [
            model.rawValue, entry.developer ?? "", entry.base ?? "", entry.family ?? "",
            entry.teachers.map(\.rawValue).joined(separator: ";"),
          ]
        })
  }
}
