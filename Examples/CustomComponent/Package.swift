// swift-tools-version: 6.2

import PackageDescription

// A package of your own names the folder of Benchpresso here: SwiftPM takes a package with flags for libtorch by its path alone.
let benchpresso: Target.Dependency = .product(name: "Benchpresso", package: "Benchpresso")

let package = Package(
  name: "CustomComponent",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "custompresso", targets: ["custompresso"])],
  dependencies: [.package(name: "Benchpresso", path: "../..")],
  targets: [
    .target(name: "CustomComponents", dependencies: [benchpresso]),
    .executableTarget(name: "custompresso", dependencies: ["CustomComponents", benchpresso]),
    .testTarget(name: "CustomComponentsTests", dependencies: ["CustomComponents", "custompresso", benchpresso]),
  ]
)
