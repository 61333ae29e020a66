/// What a pair is left out with, by the model that brings it: of one of the two nothing is to be concluded from the other.
package struct NamesBySide: Hashable, Sendable {
  package let teacher: Set<String>
  package let student: Set<String>
  /// Of both.
  package let all: Set<String>

  package init(teacher: Set<String>, student: Set<String>) {
    self.teacher = teacher
    self.student = student
    all = teacher.union(student)
  }
}
