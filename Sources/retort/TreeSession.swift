import CaseFile
import Foundation
import Likelihood
import LinearAlgebra
import Reporting
import Statistics

/// `retort tree`: from transcripts to the files, and a summary.
struct TreeSession {
  let source: String
  let lineage: String?
  let corpus: String?
  let replicates: Int
  let seed: UInt64?
  let folder: String
  let json: Bool

  func run() async throws {
    let given = try await contents()
    let tree = try await ModelTree.make(
      given.transcripts, asked: given.asked, replicates: replicates, seed: seed ?? given.seed)
    let files = RelationFiles(tree, suspects: given.suspect.map { [$0] } ?? [], candidates: given.candidates)
    try FileBytes.write(files.treeSVG.utf8, to: "\(folder)/tree.svg")
    try FileBytes.write(files.heatMapSVG.utf8, to: "\(folder)/heatmap.svg")
    try FileBytes.write(files.newick.utf8, to: "\(folder)/tree.nwk")
    try FileBytes.write(files.distances.utf8, to: "\(folder)/distances.csv")
    let agreement = given.lineage.map { NeighbourAgreement(tree, $0) }
    let text = TreeText(tree, agreement)
    try StandardOutput.write(text.document(folder: folder, tool: Version.tool), or: text.lines, json: json)
    Talk.say("tree: \(folder)/tree.svg, tree.nwk, heatmap.svg, distances.csv")
  }

  private struct Given {
    let transcripts: [ModelID: Transcript]
    let suspect: ModelID?
    let candidates: [ModelID]
    /// nil where nothing is known of any model.
    let lineage: Lineage?
    let seed: UInt64

    var asked: [(ModelID, ModelID)] { suspect.map { own in candidates.map { (own, $0) } } ?? [] }
  }

  private func contents() async throws -> Given {
    let table = try lineage.map { try LineageReader.read(file: $0, corpus: corpus) }
    guard FileBytes.isFolder(source) else {
      let contents = try ChannelsSource(path: source, suspect: nil, lineage: nil, corpus: nil).caseContents()
      let known = table.map { contents.lineage.filled(from: $0) } ?? contents.lineage
      return Given(
        transcripts: contents.transcripts, suspect: contents.suspect, candidates: contents.candidates,
        lineage: known.entries.isEmpty ? nil : known, seed: contents.seed)
    }
    var files: [ModelID: String] = [:]
    for name in try FileBytes.list(source) {
      guard let id = TranscriptReader.modelName(ofFile: name) else { continue }
      if let other = files.updateValue("\(source)/\(name)", forKey: id) {
        throw UsageError.modelNamedTwice(id, other, "\(source)/\(name)")
      }
    }
    return Given(
      transcripts: try await RecordedTranscripts.read(files), suspect: nil, candidates: [], lineage: table, seed: 1)
  }
}
