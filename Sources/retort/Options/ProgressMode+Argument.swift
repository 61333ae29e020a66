import ArgumentParser
import Terminal

extension ProgressMode: ExpressibleByArgument {}
