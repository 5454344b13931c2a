// swift-tools-version: 6.2

import Foundation
import PackageDescription

// libtorch is the C++ library inside the `torch` wheel: `make setup` puts it into .libtorch, LIBTORCH names another one.
// Only the library CTorchDoor links it; the program opens that library at the first tensor. With BENCHPRESSO_WITHOUT_TORCH=1 everything but the
// door is built, which is enough for all that needs no tensor.
let libtorch = Context.environment["LIBTORCH"] ?? "\(Context.packageDirectory)/.libtorch/torch"
let withoutTorch = Context.environment["BENCHPRESSO_WITHOUT_TORCH"] == "1"
if !withoutTorch && !FileManager.default.fileExists(atPath: "\(libtorch)/include/ATen/ATen.h") {
  let remedy = "run 'make setup' once, or set LIBTORCH to a folder that holds its 'include' and 'lib'"
  FileHandle.standardError.write(Data("error: there is no libtorch at \(libtorch); \(remedy)\n".utf8))
  exit(1)
}

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

// NCCL carries the gradients of GPUs where the door is built with BENCHPRESSO_NCCL=1, which needs the headers of CUDA (CUDA_HOME) and of NCCL.
let withNCCL = Context.environment["BENCHPRESSO_NCCL"] == "1"
let cuda = Context.environment["CUDA_HOME"] ?? "/usr/local/cuda"

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .testTarget(name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, exclude: exclude, swiftSettings: strict)
}

let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")

func benchmark(_ folder: String, _ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: "\(name)Benchmark", dependencies: ["BenchmarkClock", arguments] + dependencies, path: "Benchmarks/\(folder)/Sources",
    swiftSettings: strict)
}

let package = Package(
  name: "Benchpresso",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "benchpresso", targets: ["BenchpressoTool"]),
    // With the rooms whose declarations a component needs; see Examples/CustomComponent.
    .library(
      name: "Benchpresso",
      targets: [
        "Benchpresso", "Benchmarking", "Measuring", "Codecs", "Training", "Models", "LatentModels", "PerceptualMetrics", "Layers",
        "Datasets", "Metrics", "Torch", "Registry", "Results", "Images", "EntropyCoding", "Configuration", "Weights",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
  ],
  targets: [
    // 0: what needs nothing of ours, or files alone
    room("SafeFiles"),
    room("Weights", ["SafeFiles", crypto]),
    room("Configuration", ["SafeFiles", .product(name: "Yams", package: "Yams")]),
    room("EntropyCoding"),
    // The JSON file is compiled in (#embed): the program finds its curves wherever it lies.
    .target(name: "CPublishedCurves", exclude: ["curves.json"]),
    room("Results", ["SafeFiles", "CPublishedCurves"]),
    .target(name: "CSchemas"),
    .target(name: "CTaxonomy", exclude: ["taxonomy.json", "bibliography.json"]),
    room("ChildProcesses"),
    room("EventFiles", ["SafeFiles"]),
    room("MLflow", ["SafeFiles"]),
    room(
      "WebServing",
      [.product(name: "FlyingFox", package: "FlyingFox"), .product(name: "FlyingSocks", package: "FlyingFox"), crypto]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    .systemLibrary(name: "CJPEG", pkgConfig: "libjpeg", providers: [.apt(["libjpeg-dev"]), .brew(["jpeg-turbo"])]),
    .target(name: "CImageCodecs", dependencies: ["CPNG", "CJPEG"]),
    room("Images", ["SafeFiles", "CImageCodecs"]),
    .target(name: "CTorch"),
    // Optimised in debug builds, too: nearly all the work of coding with a context model is done here.
    .target(name: "CMatrix", cSettings: [.unsafeFlags(["-O2"])]),
    // Optimised in debug builds, too, like the matrices above.
    .target(name: "CKernels", cSettings: [.unsafeFlags(["-O3"])]),
    // 1
    room("Torch", ["CTorch", "Weights"]),
    room("Registry", ["Configuration"]),
    room("Taxonomy", ["CTaxonomy", "Configuration"]),
    room("Downloads", ["ChildProcesses", "SafeFiles", crypto]),
    room("Reporting", ["Results", "SafeFiles", "ChildProcesses"]),
    room("Studies", ["Results", "SafeFiles"]),
    .target(name: "CReportPage", exclude: ["page"]),
    .target(name: "CSite", exclude: ["files"]),
    room(
      "ModelRegistry",
      ["Results", "Configuration", "SafeFiles", "Downloads", .product(name: "GRDB", package: "GRDB.swift")]),
    // 2
    room("Reports", ["CReportPage", "Reporting", "Results", "SafeFiles"]),
    room("Site", ["CSite", "Reporting", "Results"]),
    room("Layers", ["CKernels", "Torch", "Weights", "Registry", "Configuration"]),
    room("Datasets", ["Downloads", "Images", "Registry", "Configuration", "SafeFiles", "Weights"]),
    room("Metrics", ["Images", "Registry", "Configuration"]),
    // 3
    room(
      "PerceptualMetrics",
      ["Metrics", "Torch", "Weights", "Downloads", "Images", "Registry", "Configuration", "SafeFiles", "ChildProcesses"]),
    room("LatentModels", ["CKernels", "CMatrix", "Layers", "Torch", "EntropyCoding", "Weights", "Registry", "Configuration"]),
    // 4
    room("Models", ["LatentModels", "Layers", "Torch", "EntropyCoding", "Registry", "Configuration", "Weights"]),
    // 5
    room(
      "Training",
      [
        "Models", "LatentModels", "Datasets", "Torch", "Registry", "Reporting", "EventFiles", "MLflow", "Images", "Configuration",
        "Results",
        "Weights", "SafeFiles",
      ]),
    room(
      "Codecs",
      [
        "Models", "LatentModels", "EntropyCoding", "Images", "Torch", "Weights", "Registry", "Configuration", "ChildProcesses", "SafeFiles",
      ]),
    // 6
    room("Benchmarking", ["Codecs", "Metrics", "Results", "Reporting", "Images", "SafeFiles", "Weights", crypto]),
    room(
      "Measuring",
      ["Codecs", "Models", "Torch", "Images", "Results", "Reporting", "ChildProcesses", "SafeFiles", "Weights", crypto]),
    // 7
    room(
      "Benchpresso",
      [
        "Benchmarking", "Measuring", "Codecs", "Training", "Models", "LatentModels", "Layers", "Datasets", "Downloads", "Metrics",
        "PerceptualMetrics",
        "Torch",
        "Registry", "Reporting", "Taxonomy", "ModelRegistry",
        "Configuration", "EntropyCoding", "Images", "Results", "Reports", "Site", "WebServing", "SafeFiles", "ChildProcesses", "Studies",
        "Weights", "CSchemas", arguments,
      ]),
    // 8
    .executableTarget(name: "BenchpressoTool", dependencies: ["Benchpresso"], swiftSettings: strict),

    // Programs beside the tool
    room("Mutations"),
    .executableTarget(name: "EntropyCodingFuzz", dependencies: ["EntropyCoding", "Mutations"], swiftSettings: strict),
    .executableTarget(
      name: "BitstreamFuzz",
      dependencies: [
        "Benchpresso", "Codecs", "Models", "Torch", "EntropyCoding", "Images", "Registry", "Configuration", "SafeFiles", "Mutations",
        "Weights", "Results",
      ], swiftSettings: strict),
    .executableTarget(
      name: "ConfigurationFuzz", dependencies: ["Benchpresso", "Configuration", "Registry", "Datasets", "SafeFiles"], swiftSettings: strict),
    .executableTarget(name: "SettingsDocumenter", dependencies: ["SafeFiles"], swiftSettings: strict),
    .target(name: "BenchmarkClock", path: "Benchmarks/common/Sources/BenchmarkClock", swiftSettings: strict),
    .target(
      name: "BenchmarkModels",
      dependencies: ["Training", "Models", "LatentModels", "Layers", "Torch", "Registry", "Configuration", arguments],
      path: "Benchmarks/common/Sources/BenchmarkModels", swiftSettings: strict),
    benchmark("training-step", "TrainingStep", ["BenchmarkModels", "Training", "LatentModels", "Models", "Torch"]),
    benchmark("serial-coding", "SerialCoding", ["LatentModels", "Torch"]),
    benchmark("entropy-coding", "EntropyCoding", ["EntropyCoding", "SafeFiles"]),
    benchmark("table-construction", "TableConstruction", ["LatentModels", "Torch"]),
    benchmark("picture-coding", "PictureCoding", ["BenchmarkModels", "Models", "LatentModels", "Torch", "Images", "Weights"]),
    benchmark("metrics", "Metrics", ["PerceptualMetrics", "Metrics", "Torch", "Images"]),
    benchmark("octave", "Octave", ["Layers", "Torch"]),
    benchmark("deformable", "Deformable", ["Layers", "Torch"]),
    benchmark("registry", "Registry", ["ModelRegistry"]),
    benchmark("attention", "Attention", ["Layers", "Torch", "Weights"]),

    .executableTarget(
      name: "PortabilityCheck",
      dependencies: [
        "Benchpresso", "Codecs", "Models", "Torch", "EntropyCoding", "Images", "Registry", "Configuration", "SafeFiles", "ChildProcesses",
        arguments,
      ], path: "Benchmarks/portability/Sources", swiftSettings: strict),

    // Tests
    .target(name: "HTTPTestServer", path: "Tests/HTTPTestServer", swiftSettings: strict),
    .executableTarget(
      name: "WebServingTestServer", dependencies: ["WebServing"], path: "Tests/WebServingTestServer", swiftSettings: strict),
    .target(name: "SchemaChecking", dependencies: ["Results"], path: "Tests/SchemaChecking", swiftSettings: strict),
    tests("SafeFiles"),
    tests("Weights", ["SafeFiles"]),
    tests("Configuration", ["SafeFiles"]),
    tests("EntropyCoding", ["EntropyCodingFuzz"]),
    tests("CMatrix"),
    tests("CKernels"),
    tests("SettingsDocumenter", ["SafeFiles"]),
    tests("Results", ["SafeFiles", "SchemaChecking"], exclude: ["Fixtures"]),
    tests("ChildProcesses"),
    .testTarget(name: "BenchmarkSuiteTests", dependencies: ["ChildProcesses"], swiftSettings: strict),
    tests("Studies", ["Results"]),
    tests("EventFiles", ["SafeFiles", "ChildProcesses", "Images"], exclude: ["read_events.py"]),
    tests("MLflow", ["SafeFiles", "ChildProcesses"]),
    tests("Images", ["SafeFiles"]),
    tests("Torch", ["Weights"]),
    tests("Registry", ["Configuration", "SafeFiles"]),
    tests("Taxonomy", ["SchemaChecking", "Results", "SafeFiles"]),
    tests("Reporting", ["Results", "SafeFiles"]),
    tests("Reports", ["Results", "Reporting", "SafeFiles", "ChildProcesses"]),
    tests("Site", ["Results", "Reporting", "SafeFiles", "ChildProcesses"]),
    tests("WebServing", ["WebServingTestServer"]),
    tests("ModelRegistry", ["Configuration", "Downloads", "HTTPTestServer", "Results", "SafeFiles"]),
    tests("Layers", ["Torch", "Registry", "Configuration", "Weights"]),
    tests("Downloads", ["ChildProcesses", "SafeFiles", "HTTPTestServer"]),
    tests("Datasets", ["Downloads", "Images", "SafeFiles", "Registry", "Configuration"]),
    tests("Metrics", ["Images"]),
    tests("PerceptualMetrics", ["Metrics", "Images", "Weights", "SafeFiles", "ChildProcesses"]),
    tests("LatentModels", ["Torch", "Weights", "EntropyCoding", "Layers", "Registry", "Configuration"]),
    tests("Models", ["LatentModels", "EntropyCoding", "Layers", "Images", "Torch", "Weights", "SafeFiles", "Registry", "Configuration"]),
    tests(
      "Training",
      [
        "Models", "LatentModels", "Layers", "Datasets", "Images", "EventFiles", "Torch", "Registry", "Configuration", "Weights",
        "SafeFiles",
      ]),
    tests(
      "Codecs", ["BitstreamFuzz", "Models", "LatentModels", "Layers", "EntropyCoding", "Images", "Torch", "Registry", "Configuration"]),
    tests("Benchmarking", ["Codecs", "Models", "Layers", "Metrics", "Results", "Reporting", "Images", "Torch", "SafeFiles"]),
    tests(
      "Measuring",
      ["ChildProcesses", "Codecs", "Models", "Layers", "Torch", "Images", "Results", "Reporting", "SafeFiles"]),
    tests(
      "Benchpresso",
      [
        "BenchpressoTool", "ConfigurationFuzz", "HTTPTestServer", "Codecs", "EntropyCoding", "Training", "Models", "Datasets", "Images",
        "Registry",
        "Configuration", "Weights", "SafeFiles", "ChildProcesses", "Results", "SchemaChecking", "Studies", "Taxonomy", "ModelRegistry",
      ]),
  ],
  cxxLanguageStandard: .cxx20
)

if !withoutTorch {
  package.products.append(.library(name: "CTorchDoor", type: .dynamic, targets: ["CTorchDoor"]))
  package.targets.append(
    .target(
      name: "CTorchDoor",
      cxxSettings: [
        .headerSearchPath("declarations"),
        .unsafeFlags(withNCCL ? ["-DBENCHPRESSO_NCCL", "-isystem", "\(cuda)/include"] : []),
        .unsafeFlags(["-isystem", "\(libtorch)/include", "-isystem", "\(libtorch)/include/torch/csrc/api/include", "-O2"]),
      ],
      linkerSettings: [
        .unsafeFlags(["-L\(libtorch)/lib", "-Xlinker", "-rpath", "-Xlinker", "\(libtorch)/lib"]),
        .linkedLibrary("torch_cpu"), .linkedLibrary("c10"),
      ] + (withNCCL ? [.linkedLibrary("torch_cuda"), .linkedLibrary("c10_cuda")] : [])))
}
