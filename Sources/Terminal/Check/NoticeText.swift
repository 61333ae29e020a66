import Escaping
import Probing
package import Workflows

/// Why a result did not arrive where it was posted to, in one line without the address's secrets.
package enum NoticeText {
  package static func line(_ failure: ResultNotice.Failure, host: String) -> String {
    let reason =
      switch failure {
      case .status(let status): "it answered with status \(status)"
      case .problem(.timeout): "no answer in time"
      case .problem(.connection(let words)), .problem(.invalidRequest(let words)): words.printable.shortened(to: 240)
      case .problem(.bodyTooLarge): "its answer is too long"
      case .problem(.inputEnded): "nothing was sent"
      }
    return "the result was not posted to \(host): \(reason); the verdict and the exit code are what they are"
  }
}
