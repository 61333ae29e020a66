import ArgumentParser

/// How the progress of a run is told.
enum ProgressMode: String, CaseIterable, ExpressibleByArgument {
  case auto, plain, none, json
}
