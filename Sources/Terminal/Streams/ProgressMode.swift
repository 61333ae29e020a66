/// How the progress of a run is told.
package enum ProgressMode: String, CaseIterable, Sendable {
  case auto, plain, none, json
}
