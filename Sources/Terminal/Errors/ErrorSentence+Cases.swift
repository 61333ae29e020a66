import Cases

extension ErrorSentence {
  static func sentence(_ error: CasesError) -> String {
    switch error {
    case .notATranscript(let file): "\(file): a transcript's name ends in .jsonl or .jsonl.gz"
    case .noTranscript(let model, let folder, let nearest):
      "\(folder) has no transcript of \(model): \(nearest.map { "did you mean \($0)?" } ?? "check the name")"
    case .modelNamedTwice(let model, let first, let second):
      "the model \(model) is named twice, by \(first) and \(second): rename or remove one of them"
    case .emptyTranscript(let file): "\(file): the transcript holds no answer: record it again or leave it out"
    case .repeatedResponse(let file, let line, let prompt, let sample, let first):
      """
      \(file):\(line): prompt \(prompt), sample \(sample) was answered on line \(first) already: number the samples, or remove one of the lines
      """
    case .repeatedProbe(let file, let line, let prompt, let first):
      "\(file):\(line): the probe \(prompt) stands on line \(first) already: rename or remove one of them"
    case .recordedPromptDiffers(let file, let line, let prompt):
      """
      \(file):\(line): the answer is to another prompt than the probe \(prompt) of this case: correct the prompt, or give the line another prompt_id
      """
    case .spellingsDefective(let file, let what): "\(file): is no catalogue of spellings: \(what)"
    case .emptyProbeSet(let file): "\(file): the probe set holds no probe"
    case .tooManyProbes(let file, let line, let limit):
      "\(file):\(line): a case has at most \(limit) probes: leave some out"
    case .lineageColumnMissing(let file, let column):
      "\(file):1: the lineage table has no column \(column): name the columns in its first line"
    case .lineageRow(let file, let line, let found, let expected):
      "\(file):\(line): \(found) fields where the header has \(expected): quote fields that hold commas"
    case .lineageTeacherIsNobody(let file, let line, let model, let teacher):
      """
      \(file):\(line): \(model) cannot have been trained on answers of a model called \(teacher): leave trained_on_outputs_of empty where none is documented
      """
    case .lineageConflict(let file, let line, let model, let first):
      "\(file):\(line): \(model) is described differently on line \(first): choose rows with --corpus, or remove one"
    case .unknownCorpus(let corpus, let file, let known):
      """
      \(file): no row has the corpus \(corpus): \(known.isEmpty ? "the column corpus is empty; leave --corpus out" : "there \(known.count == 1 ? "is" : "are") \(known.joined(separator: ", "))")
      """
    case .corpusWithoutLineage(let corpus, let folder):
      """
      \(folder): there is no lineage table of which the rows of the corpus \(corpus) could be taken: name it with --lineage, or leave --corpus out
      """
    case .template(let file, let defect): "\(file): \(sentence(defect))"
    case .notImportable(let place, let defect): "\(place): \(sentence(defect))"
    case .nothingToImport(let files, 0, _), .nothingToImport(let files, _, nil):
      "\(files.joined(separator: ", ")): no answer to import: check the format and the files"
    case .nothingToImport(let files, let skipped, let reason?):
      """
      \(files.joined(separator: ", ")): no answer to import; all \(skipped) records were left out, most of them for: \(ImportText.words(reason)): check the format and the files
      """
    }
  }
}
