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
    if json {
      try StandardOutput.json(document(tree, agreement))
    } else {
      try StandardOutput.say(lines(tree, agreement))
    }
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

  // MARK: Summary

  private func lines(_ tree: ModelTree, _ agreement: NeighbourAgreement?) -> [String] {
    var lines = ["\(tree.models.count) models; nearest pairs:"]
    lines += nearestPairs(tree).prefix(10).map {
      "  \(tree.models[$0.one]) – \(tree.models[$0.other])  \(decimals($0.distance))"
    }
    if !tree.support.isEmpty {
      let often = tree.support.count { 2 * $0 >= tree.counted }
      lines.append(
        "\(often) of \(tree.support.count) inner branches come back in half of \(tree.counted) draws of the probes.")
    }
    if tree.counted < tree.drawn {
      lines.append("\(tree.drawn - tree.counted) draws had no common prompt for some pair and do not count.")
    }
    if !tree.distances.leftOut.isEmpty {
      let names = tree.distances.leftOut.map(\.rawValue).joined(separator: ", ")
      lines.append("left out, for want of prompts in common with some other: \(names)")
    }
    if let agreement, agreement.models > 0 {
      lines.append(
        "Of \(agreement.models) models with a documented relative here, \(agreement.hits) have one as nearest neighbour; by "
          + "chance it would be \(decimals(agreement.byChance * Double(agreement.models))).")
    }
    lines.append(
      "Near models are not therefore teacher and student: a common base, teacher or developer has that effect as well.")
    return lines
  }

  /// Each model with its nearest; a pair once.
  private func nearestPairs(_ tree: ModelTree) -> [(one: Int, other: Int, distance: Double)] {
    let pairs = tree.models.indices.compactMap { model -> (one: Int, other: Int, distance: Double)? in
      guard let nearest = tree.neighbours(of: model).first else { return nil }
      if nearest < model, tree.neighbours(of: nearest).first == model { return nil }
      return (model, nearest, tree.distances.distances[model, nearest])
    }
    return pairs.sorted { ($0.distance, $0.one) < ($1.distance, $1.one) }
  }

  private func document(_ tree: ModelTree, _ agreement: NeighbourAgreement?) -> JSONValue {
    let below = tree.tree.leavesBelow()
    func number(_ value: Double) -> JSONValue { Figure(value).value.map(JSONValue.number) ?? .null }
    return .compact([
      "schema": .string("retort.tree/1"), "tool": .string(Version.tool), "folder": .string(folder),
      "models": .array(
        tree.tree.drawingOrder().map { model in
          let nearest = tree.neighbours(of: model)[0]
          return JSONValue.object([
            "model": .string(tree.models[model].rawValue), "nearest": .string(tree.models[nearest].rawValue),
            "distance": number(tree.distances.distances[model, nearest]),
          ])
        }),
      "left_out": .array(tree.distances.leftOut.map { .string($0.rawValue) }),
      "branches": .array(
        tree.tree.innerBranches.enumerated().map { place, node in
          JSONValue.compact([
            "models": .array(below[node].map { .string(tree.models[$0].rawValue) }),
            "length": number(tree.tree.lengths[node]), "support": tree.support(ofBranch: place).map(number) ?? .null,
          ])
        }),
      "replicates": .integer(tree.drawn), "replicates_counted": .integer(tree.counted),
      "newick": .string(tree.newick.trimmingCharacters(in: .newlines)),
      "relatives": agreement.map {
        JSONValue.object([
          "models": .integer($0.models), "nearest_is_relative": .integer($0.hits), "by_chance": number($0.byChance),
          "kinds": .object(
            Dictionary(uniqueKeysWithValues: $0.kinds.map { ($0.key.rawValue, JSONValue.integer($0.value)) })),
        ])
      } ?? .null,
    ])
  }

  private func decimals(_ value: Double) -> String { String(format: "%.2f", value) }
}
