import Foundation
package import Probing
import Reporting

/// The person at the terminal who carries prompts to a chat window and answers back.
package enum PasteWindow {
  package static func transport() -> ManualTransport {
    let lines = PastedLines()
    return ManualTransport(
      show: { model, system, prompt in
        let forgotten = lines.forgetWaiting()
        if forgotten > 0 { Talk.say("(\(forgotten) bytes that were pasted behind the end were not taken)") }
        Talk.say("── paste this into a new conversation with \(model) ──")
        if let system { Talk.say("(as its instructions) \(system)") }
        for line in prompt.split(separator: "\n", omittingEmptySubsequences: false) { Talk.say(String(line)) }
        Talk.say("── then paste its whole answer here, and a line with only \(ManualTransport.end) ──")
      },
      read: { lines.next() })
  }
}
