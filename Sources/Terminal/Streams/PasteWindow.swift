import Escaping
import Foundation
package import Probing

/// The person at the terminal who carries prompts to a chat window and answers back.
package enum PasteWindow {
  package static func transport() -> ManualTransport {
    let lines = PastedLines()
    return ManualTransport(
      show: { model, system, prompt in
        let forgotten = lines.forgetWaiting()
        if forgotten > 0 { Talk.say("(\(forgotten) bytes that were pasted behind the end were not taken)") }
        Talk.say("── paste this into a new conversation with \(model) ──")
        if let system { show("(as its instructions) \(system)") }
        show(prompt)
        Talk.say("── then paste its whole answer here, and a line with only \(ManualTransport.end) ──")
      },
      read: { lines.next() })
  }

  /// To be copied as it stands: what keeps a runner from taking a line for a command would be copied with it, and at a terminal
  /// no runner reads.
  private static func show(_ text: String) {
    let isTerminal = isatty(STDERR_FILENO) == 1
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if isTerminal { Talk.write(String(line).printable + "\n") } else { Talk.say(String(line)) }
    }
    if text.printableLines != text {
      Talk.say("(some of its characters cannot be shown: copy this prompt from the file of its probes)")
    }
  }
}
