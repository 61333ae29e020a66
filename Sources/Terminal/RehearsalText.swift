package import Workflows

/// What is told while the demo trains and asks its models.
package enum RehearsalText {
  package static func line(_ stage: RehearseDemo.Stage) -> String {
    switch stage {
    case .training(let models): "training \(models) models on texts of their own"
    case .teaching(let lessons, let share, let teacher):
      """
      training the student on \(lessons) answers, \(share < 1 ? "\(Int((share * 100).rounded())) % of them" : "all") of the \(teacher)'s endpoint
      """
    case .probing(let endpoints, let port): "probing \(endpoints) endpoints on 127.0.0.1:\(port)"
    }
  }
}
