import CaseFile
import Foundation
import Likelihood

/// Where the transcripts of `retort channels` come from.
struct ChannelsSource {
  let path: String
  let suspect: String?
  let lineage: String?
  let corpus: String?

  func table() async throws -> ChannelTable {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      guard let suspect else { throw UsageError.suspectMissing }
      var files: [ModelID: String] = [:]
      for name in try FileBytes.list(path) {
        if let id = TranscriptReader.modelName(ofFile: name) { files[id] = "\(path)/\(name)" }
      }
      let id = ModelID(suspect)
      guard files[id] != nil else { throw UsageError.noTranscriptOf(id, folder: path) }
      return await ChannelTable(
        suspect: id, models: files.keys.filter { $0 != id },
        transcripts: try await RecordedTranscripts.read(files),
        lineage: try lineage.map { try LineageReader.read(file: $0, corpus: corpus) } ?? Lineage())
    }
    let store = try CaseStore.open(at: path)
    let contents: CaseContents
    do {
      contents = try store.contents()
      try store.close()
    } catch {
      try? store.close()
      throw error
    }
    return await ChannelTable(
      suspect: suspect.map { ModelID($0) } ?? contents.suspect, models: contents.candidates,
      transcripts: contents.transcripts, lineage: contents.lineage, cohort: contents.cohort)
  }
}
