import Formats
import Yams

/// Reads `study.yaml`, as strictly as a case: every mistake with file, line and column, no key ignored.
package enum StudyReader {
  /// - Throws: `FileError`.
  package static func read(file: String) throws -> Study { try parse(FileBytes.read(file), file: file) }

  static func parse(_ bytes: [UInt8], file: String) throws -> Study {
    let root = try YAMLDocument.root(bytes, file: file)
    let top = try YAMLMapping(
      root, path: "", file: file,
      known: [
        "title", "introduction", "conclusion", "seed", "lineage", "comparisons", "keeps_reports", "identity",
        "profiles",
      ])
    let node = try top.required("comparisons")
    let nodes = try top.sequence("comparisons") ?? []
    guard !nodes.isEmpty else { throw top.error(at: node, .tooFew(field: "comparisons", found: 0, atLeast: 1)) }
    return Study(
      title: try top.requiredString("title"), introduction: try top.requiredString("introduction"),
      conclusion: try top.requiredString("conclusion"), seed: try top.unsigned("seed") ?? 1,
      keepsReports: try top.bool("keeps_reports") ?? true,
      lineage: try top.requiredString("lineage"),
      comparisons: try nodes.enumerated().map { try comparison($1, path: "comparisons[\($0)]", file: file) },
      identity: try top.node("identity").map { try identity($0, file: file) },
      profiles: try top.node("profiles").map { try profiles($0, file: file) })
  }

  private static func comparison(_ node: Node, path: String, file: String) throws -> Study.Comparison {
    let fields = try YAMLMapping(
      node, path: path, file: file,
      known: ["set", "about", "suspects", "suspects_from", "candidates", "candidates_of", "fewest_prompts"])
    let suspects = try fields.texts("suspects").map { ModelID($0) }
    guard !suspects.isEmpty else {
      throw fields.error(at: node, .tooFew(field: fields.field("suspects"), found: 0, atLeast: 1))
    }
    let comparison = Study.Comparison(
      set: try fields.requiredString("set"), about: try fields.requiredString("about"), suspects: suspects,
      suspectsFrom: try fields.string("suspects_from"),
      candidates: try fields.texts("candidates").map { ModelID($0) },
      candidatesOf: try fields.texts("candidates_of"),
      minimumPrompts: try fields.integer("fewest_prompts", in: 1...Limits.shown.upperBound) ?? 1)
    guard !comparison.candidates.isEmpty || !comparison.candidatesOf.isEmpty else {
      throw fields.error(at: node, .missing(field: fields.field("candidates")))
    }
    return comparison
  }

  private static func identity(_ node: Node, file: String) throws -> Study.Identity {
    let fields = try YAMLMapping(node, path: "identity", file: file, known: ["folder", "about", "vendors"])
    let vendors = try (fields.sequence("vendors") ?? []).enumerated().map { index, node in
      let vendor = try YAMLMapping(node, path: "identity.vendors[\(index)]", file: file, known: ["name", "words"])
      return Study.Identity.Vendor(
        name: try vendor.requiredString("name"), words: try vendor.texts("words").map { $0.lowercased() })
    }
    return Study.Identity(
      folder: try fields.requiredString("folder"), about: try fields.requiredString("about"), vendors: vendors)
  }

  private static func profiles(_ node: Node, file: String) throws -> Study.Profiles {
    let fields = try YAMLMapping(node, path: "profiles", file: file, known: ["file", "about", "suspects"])
    return Study.Profiles(
      file: try fields.requiredString("file"), about: try fields.requiredString("about"),
      suspects: try fields.texts("suspects"))
  }
}

extension YAMLMapping {
  /// A list of texts; empty where the key is left out.
  fileprivate func texts(_ key: String) throws -> [String] {
    try (sequence(key) ?? []).enumerated().map { try string($1, "\(field(key))[\($0)]") }
  }
}
