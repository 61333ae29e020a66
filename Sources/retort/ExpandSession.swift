import CaseFile
import Reporting

/// Templates in, a private probe set out.
struct ExpandSession {
  let templates: [String]
  let seed: UInt64
  let count: Int
  let output: String
  let json: Bool

  func run() throws {
    guard count >= 1 else { throw UsageError.badValue(option: "--count", value: "\(count)", expected: "1 or more") }
    var probes: [Probe] = []
    var sources: [JSONValue] = []
    var known: Set<String> = []
    for file in templates {
      let bytes = try FileBytes.read(file)
      for template in try ProbeTemplate.parse(bytes, file: file) {
        guard known.insert(template.id).inserted else {
          throw CaseFileError.template(file: file, .repeatedTemplate(template.id))
        }
        probes += try template.expand(seed: seed, count: count, file: file)
        sources.append(
          .object([
            "file": .string(file), "id": .string(template.id), "sha256": .string(Digest(of: bytes).hex),
            "variants": .integer(template.variants),
          ]))
      }
    }
    let text = probes.map(\.canonicalLine).joined()
    if !FileBytes.exists(output) {
      try FileBytes.create(text.utf8, at: output)
    } else if try FileBytes.read(output) != Array(text.utf8) {
      throw CaseFileError.wouldOverwrite(file: output)
    }
    guard json else {
      return try StandardOutput.say("\(output): \(probes.count) probes, sha256 \(Digest(of: text).hex)")
    }
    try StandardOutput.json(
      .document(
        "retort.probe-variants/1", tool: Version.tool,
        [
          "file": .string(output),
          "sha256": .string(Digest(of: text).hex), "probes": .integer(probes.count),
          // A JSON number holds 53 bits; the seed has 64.
          "seed": .string(String(seed)), "templates": .array(sources),
        ]))
  }
}
