import Cases

extension ErrorSentence {
  static func sentence(_ error: CasesError) -> String {
    switch error {
    case .notATranscript(let file): "\(file): a transcript's name ends in .jsonl or .jsonl.gz"
    case .recordedNotLines(let file):
      """
      \(file): a case keeps answers as one JSON object a line in UTF-8, and this is a JSON list or UTF-16: `retort import jsonl \(file) -o FOLDER` writes them so
      """
    case .noTranscript(let model, let folder, let nearest):
      "\(folder) has no transcript of \(model): \(nearest.map { "did you mean \($0)?" } ?? "check the name")"
    case .modelNamedTwice(let model, let first, let second):
      "the model \(model) is named twice, by \(first) and \(second): rename or remove one of them"
    case .filesCollide(let one, let other, let folder):
      """
      \(folder): the models \(one) and \(other) would share a file where upper and lower case are the same: import them apart
      """
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
    }
  }

  private static func sentence(_ defect: TemplateDefect) -> String {
    switch defect {
    case .notJSON: "not a JSON object, or a list of them"
    case .missing(let field): "\(field) is missing: add it"
    case .wrongType(let field, let expected): "\(field) must be \(expected)"
    case .unknownKey(let key, let nearest): "unknown key \(key)\(nearest.map { ": did you mean \($0)?" } ?? "")"
    case .unknownSlot(let name): "{\(name)} has no values: add them under slots, or write {{\(name)}} for braces"
    case .unusedSlot(let name): "the slot \(name) stands nowhere in the prompt: write {\(name)}, or remove it"
    case .repeatedValue(let name, let value): "the slot \(name) has the value \"\(value)\" twice: remove one"
    case .loneBrace: "a brace without its partner: write {{ or }} for a brace itself"
    case .tooFewVariants(let template, let available, let wanted):
      "\(template) has \(available) variants, \(wanted) are wanted: add values to its slots, or lower --count"
    case .variantsAlike(let template, let text):
      "\(template) gives \"\(text)\" in two ways: change the values of its slots"
    case .repeatedTemplate(let id): "the template \(id) was read already: rename one of them"
    }
  }
}
