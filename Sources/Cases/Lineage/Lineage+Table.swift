extension Lineage {
  /// The table that `LineageReader` reads: CSV (RFC 4180), a row a model, in the order of their names.
  package var csv: String {
    func row(_ fields: [String]) -> String { fields.map(Self.quoted).joined(separator: ",") + "\n" }
    let header = row(["model", "developer", "base_model", "family", "trained_on_outputs_of"])
    let models = entries.sorted { $0.key < $1.key }.map { model, entry in
      row([
        model.rawValue, entry.developer ?? "", entry.base ?? "", entry.family ?? "",
        entry.teachers.map(\.rawValue).joined(separator: ";"),
      ])
    }
    return header + models.joined()
  }

  private static func quoted(_ field: String) -> String {
    guard field.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else { return field }
    let doubled = field.unicodeScalars.flatMap { $0 == "\"" ? [$0, $0] : [$0] }
    return "\"" + String(String.UnicodeScalarView(doubled)) + "\""
  }
}
