import Cases
import Formats
import Foundation
import Importing
import Likelihood
import Monitoring

/// What tools record: answers, tables, baselines.
extension FuzzReader {
  static func records(_ seeds: SeedFiles) throws -> [FuzzReader] {
    let foreign = try seeds["import"] + seeds["transcript"]
    let imports = ImportFormat.allCases.map { format in
      FuzzReader("import-\(format.rawValue)", file: "samples_t_2026-01-01T0.json", seeds: foreign) { file in
        let imported = try ImportedTranscripts.read([file], format: format, model: nil)
        let folder = "\(Workplace.folder)/imported"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let written = try TranscriptFolder.write(imported.transcripts, probes: imported.probes, to: folder)
        // What was written is read back: nothing of it may lie elsewhere, or say something else.
        for file in written where file.model != nil {
          let place = "\(folder)/transcripts/".utf8
          guard file.path.utf8.starts(with: place),
            !file.path.utf8.dropFirst(place.count).contains(UInt8(ascii: "/"))
          else {
            throw FuzzFault(description: "a file outside of its folder: \(file.path)")
          }
          let name = TranscriptReader.modelName(ofFile: file.path)
          guard name == file.model else {
            throw FuzzFault(description: "\(file.path) is not of \(file.model?.rawValue ?? "")")
          }
          _ = try TranscriptReader.read(file: file.path, model: name ?? ModelID("m"))
        }
      }
    }
    return imports + [
      FuzzReader("json", seeds: try foreign + seeds["answers"]) { bytes in
        guard let value = JSONValue(parsing: bytes) else { return }
        let text = value.canonical
        guard JSONValue(parsing: text)?.canonical == text else { throw FuzzFault(description: "read back as another") }
        _ = value.lines(depth: 3)
      },
      FuzzReader("transcript", file: "t.jsonl", seeds: try seeds["transcript"]) { file in
        let transcript = try TranscriptReader.read(file: file, model: ModelID("m"))
        for response in transcript.responses { _ = TokenDistribution(of: response.tokens) }
        let records = Dictionary(grouping: transcript.responses, by: \.prompt).mapValues { responses in
          let answers = responses.map { RecordedAnswer(response: $0) }
          return ProbeRecord(answers, stratum: ProbeRecord.stratum(of: answers))
        }
        for record in records.values where record.samples <= 200 { _ = record.logprobBlock(against: record) }
      },
      FuzzReader("vectors", file: "v.jsonl", seeds: try seeds["vectors"]) { _ = try AnswerVectors.read(file: $0) },
      FuzzReader("lineage", file: "l.csv", seeds: try seeds["lineage"]) { file in
        for corpus in [nil, "alpaca"] { _ = try LineageReader.read(file: file, corpus: corpus) }
      },
      FuzzReader("profiles", file: "p.json", seeds: try seeds["profiles"]) { file in
        let profiles = try WordProfiles.read(file: file)
        _ = profiles.overlaps(of: "a")
      },
      FuzzReader("ledger", file: "l.jsonl", seeds: try seeds["ledger"]) { file in
        let ledger = try Ledger.read(file: file)
        guard ledger.entries.count < 2_000 else { return }
        _ = ledger.drift(seed: 1)
        if let last = ledger.entries.last { _ = ledger.account(of: last.baseline, confirming: true, window: 52) }
      },
      FuzzReader("baseline", file: "b.json", seeds: try seeds["baseline"]) { file in
        let baseline = try Baseline.read(file: file)
        _ = (baseline.plan.minimumCalls, baseline.plan.confirmation(of: baseline.plan.samples.keys.sorted(), spent: 8))
        _ = baseline.rule.confirmationPermutations
        for record in baseline.probes.values where record.samples < 200 {
          _ = record.block(against: record)
          _ = record.logprobBlock(against: record)
        }
      },
      FuzzReader("calibration", seeds: try seeds["calibration"]) { bytes in
        let calibration = try Calibration(parsing: bytes, file: "c.json")
        _ = calibration.json.canonical
      },
    ]
  }
}
