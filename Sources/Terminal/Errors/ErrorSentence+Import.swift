import Formats
import Importing

extension ErrorSentence {
  static func sentence(_ error: ImportError) -> String {
    switch error {
    case .notImportable(let place, let defect): "\(place): \(sentence(defect))"
    case .fieldNowhere(let role, let name, let files):
      """
      \(files.joined(separator: ", ")): no record has a value in the field \(name), which --field \(role.rawValue)=\(name) names: correct the name; fields can be named in jsonl and csv
      """
    case .nothingToImport(let files, 0, _), .nothingToImport(let files, _, nil):
      "\(files.joined(separator: ", ")): no answer to import: check the format and the files"
    case .nothingToImport(let files, let skipped, let reason?):
      """
      \(files.joined(separator: ", ")): no answer to import; all \(skipped) records were left out, most of them for: \(ImportText.words(reason)): check the format and the files
      """
    }
  }

  static func sentence(_ kind: BinaryFile) -> String {
    switch kind {
    case .parquet:
      "a Parquet file, not text: convert it with pandas, read_parquet(FILE).to_json(OUT, orient=\"records\", lines=True)"
    case .arrow:
      "an Arrow file, not text: convert it with datasets, Dataset.from_file(FILE).to_json(OUT)"
    case .spreadsheet: "a workbook of a spreadsheet, not text: save the sheet as CSV in UTF-8"
    case .zip: "a ZIP archive, not text: unpack it and name the files in it"
    case .zstandard: "packed by Zstandard, which is not read: unpack it with `zstd -d FILE`"
    case .xz: "packed by xz, which is not read: unpack it with `xz -dk FILE`"
    case .bzip2: "packed by bzip2, which is not read: unpack it with `bunzip2 -k FILE`"
    case .hdf5: "an HDF5 file, not text: write its answers as JSONL"
    case .pickle: "a pickle of Python, which is not opened: write its answers as JSONL"
    case .numpy: "an array of NumPy, not text: write its answers as JSONL"
    case .sqlite: "a database of SQLite, not text: write the table with its answers as CSV or JSONL"
    case .pdf: "a PDF, not text: ask whoever made it for the answers as CSV or JSONL"
    case .tar: "a TAR archive, not text: unpack it and name the files in it"
    case .pointer: "the name of a large file, not the file: fetch it with `git lfs pull` or `git annex get FILE`"
    case .webPage: "a web page, not answers: the address may want a login, or be that of a page about the file"
    }
  }

  private static func sentence(_ defect: ImportDefect) -> String {
    switch defect {
    case .notJSON: "not JSON: check that the file is whole and that the format is the right one"
    case .wrongType(let field, let expected): "\(field) must be \(expected): is this the right format?"
    case .tooLarge(let limit): "a JSON document \(limit): split the file"
    case .missing(let field): "\(field) is missing: is this the right format?"
    case .answerFieldMissing(let expected, let found):
      """
      none of \(expected.joined(separator: ", ")) is there, but \(found.isEmpty ? "no field at all" : found.joined(separator: ", ")): name the field of the answer with --answer-field PATH, such as choices.0.turns.0
      """
    case .ambiguousAnswer(let fields):
      """
      \(fields.joined(separator: ", ")) could each be the answer, and a reference answer is none: name the field of the model's answer with --answer-field, such as --answer-field \(fields.first ?? "PATH")
      """
    case .otherFormat(let format):
      "a record of \(format.rawValue): use `retort import \(format.rawValue) FILE…`, or name the answer with --answer-field"
    case .notInEncoding(let encoding):
      """
      not \(encoding.rawValue.uppercased()): if a spreadsheet wrote the file, try --encoding windows-1252 and look at the accents, or convert it with `iconv -f FROM -t UTF-8` (FROM of Chinese sheets is GB18030, of Korean ones CP949)
      """
    case .binary(let kind): sentence(kind)
    case .inspectArchive:
      "an .eval archive, not JSON: convert it with `inspect log convert FILE --to json --output-dir DIR`"
    case .modelUnknown: "the file does not name the model: add --model NAME"
    case .promptUnknown:
      "neither a name nor a text of the prompt: say which field has it with --field id=NAME or --field prompt=PATH"
    case .streamPiece:
      """
      a piece of a stream, written down as it came, and no whole answer: join the pieces of each answer in one record; if it is whole, name its field with --answer-field
      """
    case .besideDiffers(let field, let first):
      """
      the same question stands at \(first) with another \(field), which may have been asked with it and is not read: join it to the question, or tell the prompts apart with --field id=NAME
      """
    case .modelElsewhere(let model, let first):
      """
      the model \(model) answers prompts that it answers in \(first) already: its answers in this file were left out; keep runs of one model in folders of their own, or name the model of each
      """
    case .emptyName(let field): "\(field) is empty or no name"
    case .sampleOutOfRange: "the sample's number is out of range"
    case .fieldsUnequal(let found, let expected):
      "\(found) fields where the header has \(expected): quote fields that hold commas"
    case .repeatedAnswer(let model, let prompt, let sample, let first):
      "prompt \(prompt), sample \(sample) of \(model) was answered at \(first) already: number the samples, or remove one"
    case .promptDiffers(let prompt, let first):
      "the prompt \(prompt) has another text at \(first): import the files into folders of their own"
    }
  }
}
