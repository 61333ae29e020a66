package import Cases
import Formats

/// A pair of models of which it is known, or not, whether one was trained on the other's answers.
package struct LabelledPair: Hashable, Sendable {
  package let teacher: ModelID
  package let student: ModelID
  /// 1: trained on answers of that teacher. 0: no such link. nil: neither is known; never scored as one or the other.
  package let label: Int?
  package let relation: String
  package let teacherCorpus: String
  package let studentCorpus: String
  package let studentFamily: String
  package let teacherDeveloper: String

  package init(
    teacher: ModelID, student: ModelID, label: Int?, relation: String, teacherCorpus: String, studentCorpus: String,
    studentFamily: String, teacherDeveloper: String
  ) {
    self.teacher = teacher
    self.student = student
    self.label = label
    self.relation = relation
    self.teacherCorpus = teacherCorpus
    self.studentCorpus = studentCorpus
    self.studentFamily = studentFamily
    self.teacherDeveloper = teacherDeveloper
  }

  /// Reads `pairs.csv`: columns teacher, student, label, relation, teacher_corpus, student_corpus, student_family and
  /// teacher_developer.
  package static func read(file: String) throws -> [LabelledPair] {
    let (header, rows) = try CSVRows.table(FileBytes.read(file), file: file)
    func column(_ name: String) throws -> Int {
      guard let index = header.firstIndex(of: name) else {
        throw CasesError.lineageColumnMissing(file: file, column: name)
      }
      return index
    }
    let columns = try [
      "teacher", "student", "label", "relation", "teacher_corpus", "student_corpus", "student_family",
      "teacher_developer",
    ].map(column)
    return try rows.map { row in
      guard row.fields.count == header.count else {
        throw CasesError.lineageRow(file: file, line: row.line, found: row.fields.count, expected: header.count)
      }
      let fields = columns.map { row.fields[$0] }
      return LabelledPair(
        teacher: ModelID(fields[0]), student: ModelID(fields[1]), label: Int(fields[2]), relation: fields[3],
        teacherCorpus: fields[4], studentCorpus: fields[5], studentFamily: fields[6], teacherDeveloper: fields[7])
    }
  }
}
