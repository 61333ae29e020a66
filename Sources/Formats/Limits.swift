/// The most that numbers and files from outside may ask for. Beyond these a run would not end, memory would not do, or a sum
/// would not fit; what is refused is told with the limit.
package enum Limits {
  // MARK: Numbers

  /// Answers of one endpoint to one probe.
  package static let samples = 1...10_000
  /// Longest answer in tokens: ten times the largest context window there is.
  package static let tokens = 1...10_000_000
  package static let alternatives = 1...1_000
  package static let concurrency = 1...1_000
  package static let calls = 1...1_000_000_000
  package static let budgetTokens = 1...1_000_000_000_000_000
  /// Items of a plan: probes times samples times models.
  package static let plannedItems = 5_000_000
  /// Probes of one case: each takes about a kilobyte from its reading on.
  package static let probes = 200_000
  /// Replicates of a bootstrap.
  package static let replicates = 0...10_000
  package static let permutations = 19...100_000
  package static let simulations = 1...1_000_000
  package static let variants = 1...1_000_000
  /// Models, probes or lines that are shown or chosen.
  package static let shown = 0...1_000_000
  package static let sessions = 3...50
  /// Answers to one probe in a baseline, all sessions together: texts are compared each with each.
  package static let recordedAnswers = 5_000
  /// The least false alarms of one check: a tenth of it is what the permutations must be able to show.
  package static let falseAlarmLevel = 0.00001
  /// Blocks that models are dealt into, where their pairs are measured by tiles.
  package static let tileBlocks = 2...1_000
  package static let batch = 1...10_000
  /// Numbers of a vector, and their size: a float at most, whose square is a number still.
  package static let dimensions = 1...100_000
  package static let coordinate = -1e39...1e39
  /// Bytes of one text that is sent.
  package static let sentBytes = 1...1_000_000
  /// Sample numbers in files.
  package static let sampleNumber = 0...1_000_000_000

  // MARK: Files

  /// Bytes of a file that is read whole.
  package static let fileBytes = 2 << 30
  /// Bytes of a set of probes, which a case keeps whole.
  package static let probeSetBytes = 256 << 20
  /// Bytes of a file that can be unpacked: this much in any case, and so many times its packed size beyond it. Text is
  /// packed to about a fifth.
  package static let unpackedBytes = 64 << 20
  package static let unpackedRatio = 100
  /// Bytes of one line of JSONL, and of one field of CSV.
  package static let lineBytes = 64 << 20
  package static let fieldBytes = 64 << 20
  /// Fields of a CSV table, all rows together.
  package static let tableFields = 20_000_000
  /// Bytes of a file of evidence that is read whole, but for recorded answers; and of its report.
  package static let evidenceBytes = 64 << 20
  package static let reportBytes = 512 << 20
  /// Bytes of a YAML document, and its nodes, each alias counted as what it stands for.
  package static let yamlBytes = 4 << 20
  package static let yamlNodes = 100_000
  package static let yamlDepth = 100
  /// Bytes of a response, hundreds of times what answers of some thousand tokens need, with log-probabilities; and what is kept
  /// of a longer one.
  package static let responseBytes = 8 << 20
  package static let keptOfResponse = 64 << 10
  /// Bytes of a key, a signed head or certificates that an option names.
  package static let vouchingBytes = 16 << 20
  /// Bytes of a name that becomes the name of a file.
  package static let nameBytes = 200

  /// Answers to a probe in one session of a check.
  package static let watchedSamples = 4...1_000
  /// Endpoints of one configuration of checks: they share a bound on false alarms.
  package static let watchedEndpoints = 1...50

  /// Such as `1 to 10000`.
  package static func words(_ range: ClosedRange<Int>) -> String { "\(range.lowerBound) to \(range.upperBound)" }

  /// Such as `64 MiB`.
  package static func words(bytes: Int) -> String {
    for (unit, name) in [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")] where bytes >= unit && bytes % unit == 0
    {
      return "\(bytes / unit) \(name)"
    }
    return "\(bytes) bytes"
  }
}
