/// Several questions of one kind, asked of answers that were recorded before: the contents of a `study.yaml`, checked.
package struct Study: Hashable, Sendable {
  /// Suspects and candidates in one set of answers: a folder with `responses/`.
  package struct Comparison: Hashable, Sendable {
    package let set: String
    /// What the set is, in Markdown.
    package let about: String
    package let suspects: [ModelID]
    /// The set that the suspects' answers lie in; nil for the same one.
    package let suspectsFrom: String?
    package let candidates: [ModelID]
    /// Developers all of whose models are candidates.
    package let candidatesOf: [String]
    /// Models that answered fewer prompts are left out.
    package let minimumPrompts: Int
  }

  /// Answers to questions of identity: which vendors do they name?
  package struct Identity: Hashable, Sendable {
    package struct Vendor: Hashable, Sendable {
      package let name: String
      /// Lower case; any of them in an answer names the vendor.
      package let words: [String]
    }

    /// Folder of one `.jsonl` or `.jsonl.gz` file a model.
    package let folder: String
    package let about: String
    package let vendors: [Vendor]
  }

  /// Published lists of the words that models repeat most.
  package struct Profiles: Hashable, Sendable {
    package let file: String
    package let about: String
    package let suspects: [String]
  }

  package let title: String
  /// Before and after the figures, in Markdown.
  package let introduction: String
  package let conclusion: String
  package let seed: UInt64
  /// Whether the reports of the suspects are kept beside the README and the tables of scores, and so linked.
  package let keepsReports: Bool
  /// Table of lineage, within the corpus.
  package let lineage: String
  package let comparisons: [Comparison]
  package let identity: Identity?
  package let profiles: Profiles?
}
