import CaseFile
package import Formats
package import Workflows

/// Variants that were drawn from templates.
package struct ProbeVariantsText {
  private let found: ExpandTemplates.Findings
  private let file: String
  private let seed: UInt64

  /// - Parameter file: the probe set that was written.
  package init(_ found: ExpandTemplates.Findings, file: String, seed: UInt64) {
    self.found = found
    self.file = file
    self.seed = seed
  }

  package var lines: [String] { ["\(file): \(found.probes) probes, sha256 \(found.digest.hex)"] }

  package func document(tool: String) -> JSONValue {
    .document(
      "retort.probe-variants/1", tool: tool,
      [
        "file": .string(file), "sha256": .string(found.digest.hex), "probes": .integer(found.probes),
        // A JSON number holds 53 bits; the seed has 64.
        "seed": .string(String(seed)),
        "templates": .array(
          found.sources.map {
            .object([
              "file": .string($0.file), "id": .string($0.id), "sha256": .string($0.digest.hex),
              "variants": .integer($0.variants),
            ])
          }),
      ])
  }
}
