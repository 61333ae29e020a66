import Foundation
import Fuzzing

exit(FuzzCommand.run(CommandLine.arguments))
