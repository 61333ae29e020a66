import Formats

/// Lists of the words that models repeat most, as slop-forensics publishes them: a JSON object with one member a model.
package struct WordProfiles: Sendable {
  /// By model, the words of `top_repetitive_words`.
  package let words: [String: Set<String>]

  /// - Throws: `FileError.defectiveLine` for what is no such file.
  package static func read(file: String) throws -> WordProfiles {
    let bytes = try Gzip.inflateIfNeeded(FileBytes.read(file), file: file)
    guard let members = JSONValue(parsing: bytes, upTo: .file)?.object else {
      throw FileError.defectiveLine(file: file, line: 1, .notJSON)
    }
    return WordProfiles(
      words: members.mapValues { profile in
        Set((profile["top_repetitive_words"]?.array ?? []).compactMap { $0["word"]?.string })
      }.filter { !$0.value.isEmpty })
  }

  /// Share of the words of both lists that stand in both (Jaccard), with every other model, most first; equal shares by
  /// name.
  package func overlaps(of model: String) -> [(model: String, share: Double)] {
    guard let own = words[model] else { return [] }
    return words.filter { $0.key != model }.map { other, theirs in
      (other, Double(own.intersection(theirs).count) / Double(own.union(theirs).count))
    }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
  }
}
