package import Cases

/// A small summary of everything that a model said, from which the share of what two models have in common is estimated: for
/// many models, whose every pair cannot be measured.
///
/// What is summarised is the set of pairs of prompt and shingle, a run of 3 tokens (in scripts without spaces, 5 characters);
/// kept are the `size` smallest of their hashes. Of the smallest hashes of a union, the share that lies in both sets is an
/// unbiased estimate of the Jaccard coefficient J, with a standard deviation of about √(J (1 − J) / size).
///
/// Sketches of two shards of prompts make that of both by keeping the smallest.
///
/// - Complexity: O(tokens) to make, O(size) to compare.
/// - Note: What all models owe to the prompt is in it: it finds near models, it does not judge them.
/// - Source: Broder, "On the Resemblance and Containment of Documents" (1997); Cohen and Kaplan, "Summarizing Data using
///   Bottom-k Sketches" (2007).
package struct ShingleSketch: Hashable, Sendable {
  package let size: Int
  /// Ascending, different, at most `size`.
  private let hashes: [UInt64]

  package init(_ transcript: Transcript, size: Int = 4_096) {
    var shingles: Set<UInt64> = []
    for response in transcript.responses {
      let answers = PromptAnswers([[response.text]])
      let length = answers.isWrittenWithoutSpaces ? 5 : 3
      var prompt = TokenHash()
      for byte in response.prompt.rawValue.utf8 { prompt.add(byte) }
      for answer in answers.samples.joined() {
        let units = answer.units(byCharacters: answers.isWrittenWithoutSpaces)
        for shingle in Grams.of(units, lengths: length...length) {
          shingles.insert(TokenHash.sequence(prompt.value, then: shingle))
        }
      }
    }
    self.init(hashes: shingles, size: size)
  }

  private init(hashes: some Sequence<UInt64>, size: Int) {
    precondition(size >= 1, "a sketch keeps at least one hash")
    self.size = size
    self.hashes = Array(hashes.sorted().prefix(size))
  }

  /// The sketch of both together, as if they had been one.
  package func merged(with other: ShingleSketch) -> ShingleSketch {
    ShingleSketch(hashes: Set(hashes).union(other.hashes), size: min(size, other.size))
  }

  /// Estimate of |A ∩ B| / |A ∪ B|, 0...1; exact where both sets are smaller than the sketch. 0 for empty sets.
  package func jaccard(_ other: ShingleSketch) -> Double {
    let limit = min(size, other.size)
    var a = 0
    var b = 0
    var seen = 0
    var common = 0
    while seen < limit, a < hashes.count || b < other.hashes.count {
      if b == other.hashes.count || (a < hashes.count && hashes[a] < other.hashes[b]) {
        a += 1
      } else if a == hashes.count || other.hashes[b] < hashes[a] {
        b += 1
      } else {
        common += 1
        a += 1
        b += 1
      }
      seen += 1
    }
    return seen > 0 ? Double(common) / Double(seen) : 0
  }
}
