import Reporting
package import Workflows

/// What is told while a baseline is recorded.
package enum RecordingText {
  package static func line(_ stage: RecordBaseline.Stage) -> String {
    switch stage {
    case .planned(let sessions, let calls, let host, let ofACheck):
      "\(sessions) sessions of \(calls) calls to \(host); a check will take at most \(ofACheck)"
    case .waiting(let session, let pause): "session \(session) begins in \(DurationText.words(pause))"
    case .session(let number, let all): "session \(number) of \(all)"
    case .troubled(let session, let trouble): "session \(session): \(trouble)"
    case .setAside(let folder): "the sessions that were refused are set aside in \(folder), and new ones are asked"
    }
  }
}
