import Cases
import Foundation
package import Likelihood

/// Sentences about one content in two spellings.
package enum SpellingWording {
  package static let about = """
    Answers of candidates as they were written, and the same answers without the marks that the candidate writes more often than others do.     Tuning on any text with these marks teaches them, whoever wrote it: that is no part of any ratio.
    """

  package static func sentence(_ habit: SpellingHabit) -> String {
    let what = "\(habit.plain.name) (usual in \(share(habit.plain.usual)) of other models' answers)"
    let found = [
      habit.overBase.map { "\(bits($0)) than its base does" },
      habit.overCohort.map {
        "\(bits($0)) than \(habit.cohort) cohort models do, \(habit.asMuch) of which prefer it as much or more"
      },
    ].compactMap(\.self)
    let compared = found.isEmpty ? "nobody was asked to compare with" : found.joined(separator: ", and by ")
    return """
      Answers of \(habit.candidate), \(what), \(habit.answers) answers in both spellings: the suspect prefers this spelling by \(compared).
      """
  }

  private static func bits(_ excess: SpellingHabit.Excess) -> String {
    String(format: "%.2f [%.2f, %.2f] bits a mark more", excess.mean, excess.interval.low, excess.interval.high)
  }

  private static func share(_ share: Double) -> String {
    share < 0.001 ? "less than 0.1 %" : String(format: share < 0.0995 ? "%.1f %%" : "%.0f %%", share * 100)
  }
}
