// swift-tools-version:6.1
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A module of Retort. The order of the list below is the order of the design: a target imports only what stands above it.
func module(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

/// Tests as they are written: they call what is fast, and to make them fast takes as long as to compile them.
///
/// - Parameter exclude: folders of files that tests read where they are.
func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: dependencies, exclude: exclude,
    swiftSettings: settings + [.unsafeFlags(["-Onone"])])
}

let package = Package(
  name: "retort",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "retort", targets: ["retort"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
  ],
  targets: [
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "CResources"),
    module("LinearAlgebra", ["COpenBLAS"]),
    module("Statistics", ["LinearAlgebra"]),
    module("Formats", ["CZlib", "CResources", "Yams", .product(name: "Crypto", package: "swift-crypto")]),
    module("Escaping", [.product(name: "Mustache", package: "swift-mustache")]),
    module(
      "Custody",
      [
        "Formats",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
      ]),
    module("Cases", ["Formats", "Yams"]),
    module("Importing", ["Cases", "Formats"]),
    module("AnswerDebris", ["Cases", "Formats"]),
    module("CaseFile", ["Cases", "Custody", "Formats", .product(name: "GRDB", package: "GRDB.swift")]),
    module("Evidence", ["CaseFile", "Cases", "Custody", "Formats"]),
    module("EndpointKeys", ["Cases", "Formats"]),
    module(
      "Probing",
      [
        "CaseFile", "EndpointKeys", "Cases", "Custody", "Formats",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ]),
    module("Similarity", ["LinearAlgebra", "Statistics", "Formats", "Cases"]),
    module("SameModel", ["Statistics", "Cases", "Similarity"]),
    module(
      "Likelihood", ["CResources", "LinearAlgebra", "Statistics", "Formats", "Cases", "Similarity", "SameModel"],
      exclude: ["Resources"]),
    module(
      "Validation", ["CResources", "LinearAlgebra", "Statistics", "Formats", "Cases", "Similarity", "Likelihood"],
      exclude: ["Resources"]),
    module("Monitoring", ["Statistics", "Formats", "Escaping", "Cases", "Similarity", "Yams"]),
    module(
      "Reporting",
      [
        "LinearAlgebra", "Statistics", "Formats", "Escaping", "Cases", "AnswerDebris", "CaseFile", "Probing",
        "Similarity", "SameModel", "Likelihood", "Validation", "Monitoring",
      ]),
    module(
      "Rendering",
      [
        "LinearAlgebra", "Statistics", "Formats", "Escaping", "Cases", "CaseFile", "Similarity", "Likelihood",
        "Reporting",
      ]),
    module(
      "DemoModels",
      [
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
      ]),
    module(
      "Workflows",
      [
        "CResources", "Statistics", "Formats", "Custody", "Cases", "Importing", "AnswerDebris", "CaseFile", "Evidence",
        "EndpointKeys", "Probing", "Similarity", "SameModel", "Likelihood", "Validation", "Monitoring", "Reporting",
        "Rendering", "DemoModels",
      ]),
    module(
      "Terminal",
      [
        "LinearAlgebra", "Statistics", "Formats", "Escaping", "Custody", "Cases", "Importing", "AnswerDebris",
        "CaseFile", "Evidence", "EndpointKeys", "Probing", "Similarity", "SameModel", "Likelihood", "Validation",
        "Monitoring", "Reporting", "Rendering", "Workflows",
      ]),
    module(
      "Browsing",
      [
        "Escaping", "Cases", "CaseFile", "Reporting",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
      ]),
    .executableTarget(
      name: "retort",
      dependencies: [
        "Formats", "Escaping", "Custody", "Cases", "Importing", "CaseFile", "Evidence", "EndpointKeys", "Probing",
        "Likelihood", "Validation", "Monitoring", "Reporting", "Rendering", "Workflows", "Terminal", "Browsing",
        "DemoModels",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    tests("Architecture", []),
    tests("LinearAlgebra", ["LinearAlgebra"]),
    tests("Statistics", ["Statistics", "LinearAlgebra", "TestSupport"]),
    tests("Formats", ["Formats", "TestSupport"]),
    tests("Escaping", ["Escaping", "Formats", "TestSupport"]),
    tests("Custody", ["Custody", "Formats", "TestSupport"]),
    tests("Cases", ["Cases", "Formats", "TestSupport"]),
    tests("Importing", ["Importing", "Cases", "Formats", "TestSupport"]),
    tests("AnswerDebris", ["AnswerDebris", "Cases", "Formats"]),
    tests("CaseFile", ["CaseFile", "Cases", "Formats", .product(name: "GRDB", package: "GRDB.swift"), "TestSupport"]),
    tests(
      "Evidence",
      [
        "Evidence", "CaseFile", "Cases", "Custody", "Formats", "Probing", "Statistics",
        .product(name: "GRDB", package: "GRDB.swift"), "TestSupport",
      ], exclude: ["Fixtures"]),
    tests("EndpointKeys", ["EndpointKeys", "Cases", "Formats", "TestSupport"]),
    tests(
      "Probing",
      [
        "Probing", "CaseFile", "EndpointKeys", "Cases", "Formats", "TestSupport",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ]),
    tests(
      "Similarity", ["Similarity", "LinearAlgebra", "Statistics", "Formats", "Cases", "AnswerDebris", "TestSupport"]),
    tests("SameModel", ["SameModel", "Similarity", "Statistics", "Formats", "Cases", "TestSupport"]),
    tests(
      "Likelihood", ["Likelihood", "Similarity", "LinearAlgebra", "Statistics", "Formats", "Cases", "TestSupport"]),
    tests(
      "Validation",
      [
        "Validation", "Likelihood", "Similarity", "LinearAlgebra", "Statistics", "Formats", "Cases", "TestSupport",
      ]),
    tests("Monitoring", ["Monitoring", "Statistics", "Formats", "Cases"]),
    tests(
      "Reporting",
      [
        "Reporting", "Rendering", "Terminal", "Similarity", "SameModel", "Likelihood", "Monitoring", "Formats",
        "Escaping",
        "Cases",
        "TestSupport",
      ]),
    tests("Rendering", ["Rendering", "Likelihood", "Cases", "Formats"]),
    tests(
      "DemoModels",
      [
        "DemoModels", "TestSupport",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ]),
    tests(
      "Workflows",
      [
        "Workflows", "Statistics", "Formats", "Custody", "Cases", "Importing", "AnswerDebris", "CaseFile", "Evidence",
        "EndpointKeys", "Probing", "Similarity", "SameModel", "Likelihood", "Validation", "Monitoring", "Reporting",
        "Rendering", "Terminal", "DemoModels", "TestSupport",
      ], exclude: ["Fixtures"]),
    tests("Terminal", ["Terminal", "CaseFile", "Monitoring", "Formats", "Cases", "TestSupport"]),
    tests("Browsing", ["Browsing", "CaseFile", "Cases", "TestSupport"]),
    tests("retort", ["Formats", "Custody", "Cases", "CaseFile", "Likelihood", "DemoModels", "TestSupport", "retort"]),
    .target(
      name: "Fuzzing",
      dependencies: [
        "CaseFile", "Cases", "Importing", "Custody", "Evidence", "Formats", "Probing", "Likelihood", "Monitoring",
        .product(name: "GRDB", package: "GRDB.swift"),
      ], path: "Tests/Fuzzing", swiftSettings: settings),
    .executableTarget(
      name: "fuzz", dependencies: ["Fuzzing"], path: "Tests/Fuzz", exclude: ["Seeds", "Found", "README.md"],
      swiftSettings: settings),
    .testTarget(name: "FuzzTests", dependencies: ["fuzz"], swiftSettings: settings),
    .target(
      name: "TestSupport",
      dependencies: ["CZlib", "CaseFile", "Cases", "Formats", .product(name: "GRDB", package: "GRDB.swift")],
      path: "Tests/TestSupport", swiftSettings: settings),
  ]
)
