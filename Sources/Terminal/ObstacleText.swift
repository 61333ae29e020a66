import Cases
package import Formats
import Reporting
package import Workflows

/// What keeps a case from a ratio, said before the first call.
package enum ObstacleText {
  package static func lines(_ found: ForeseenObstacles) -> [String] {
    let texts = found.refusals.map { (model: $0.candidate, text: ObstacleWording.needs($0.refusals)) }
    let distinct = texts.reduce(into: [(models: [String], text: String)]()) { rows, next in
      if let place = rows.firstIndex(where: { $0.text == next.text }) {
        rows[place].models.append(next.model.rawValue)
      } else {
        rows.append(([next.model.rawValue], next.text))
      }
    }
    return distinct.map {
      ObstacleWording.noRatio(
        $0.models.count == found.candidates ? nil : $0.models.joined(separator: ", "), needs: $0.text)
    } + (found.isEqualityUntested ? [ObstacleWording.oneAnswer] : [])
  }

  package static func json(_ found: ForeseenObstacles) -> JSONValue { .array(lines(found).map(JSONValue.string)) }
}
