import Torch

/// Modules under names of their own.
final class ModuleList: Module {
  let members: [Member]

  init(_ members: [Member]) { self.members = members }
}
