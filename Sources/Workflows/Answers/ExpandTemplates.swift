import Cases
package import Formats

/// Templates in, a private probe set out.
package struct ExpandTemplates: Sendable {
  package struct Source: Sendable {
    package let file: String
    package let id: String
    package let digest: Digest
    /// Variants that the template has.
    package let variants: Int
  }

  package struct Findings: Sendable {
    package let probes: Int
    /// Of the file that was written.
    package let digest: Digest
    package let sources: [Source]
  }

  private let templates: [String]

  /// - Parameter templates: their files.
  package init(_ templates: [String]) { self.templates = templates }

  /// - Parameter count: variants of each template, 1 or more.
  /// - Throws: `FileError.wouldOverwrite` where another probe set lies; an equal one is left alone.
  package func run(seed: UInt64, count: Int, to file: String) throws -> Findings {
    var probes: [Probe] = []
    var sources: [Source] = []
    var known: Set<String> = []
    for source in templates {
      let bytes = try FileBytes.read(source)
      for template in try ProbeTemplate.parse(bytes, file: source) {
        guard known.insert(template.id).inserted else {
          throw CasesError.template(file: source, .repeatedTemplate(template.id))
        }
        probes += try template.expand(seed: seed, count: count, file: source)
        sources.append(
          Source(file: source, id: template.id, digest: Digest(of: bytes), variants: template.variants))
      }
    }
    let text = probes.map(\.canonicalLine).joined()
    if !FileBytes.exists(file) {
      try FileBytes.create(text.utf8, at: file)
    } else if try FileBytes.read(file) != Array(text.utf8) {
      throw FileError.wouldOverwrite(file: file)
    }
    return Findings(probes: probes.count, digest: Digest(of: text), sources: sources)
  }
}
