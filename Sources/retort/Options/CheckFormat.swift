import ArgumentParser

/// What a check prints on standard output; every form is in its folder as well.
enum CheckFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, junit, github, markdown, svg
}
