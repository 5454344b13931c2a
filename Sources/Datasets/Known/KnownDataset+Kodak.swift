import Downloads

extension KnownDataset {
  /// The 24 photographs of the Kodak set.
  ///
  /// The files differ from source to source in how the PNG is packed, so that the samples are compared, not the files.
  static let kodak = KnownDataset(
    name: "kodak", title: "Kodak, 24 photographs of 768×512 and 512×768 pixels", classPath: "datasets.Kodak", folder: KodakFolder.dataDir,
    parts: [
      Part(
        "", imageCount: 24,
        kodakSamples.map { RemoteFile("https://r0k.us/graphics/kodak/kodak/kodim\($0.number).png", path: "kodim\($0.number).png") })
    ],
    imageCount: 24, origin: "https://r0k.us/graphics/kodak; the hashes of the samples were computed from a copy of the 24 files",
    samples: Dictionary(uniqueKeysWithValues: kodakSamples.map { ("kodim\($0.number).png", $0.sha256) }))

  private static let kodakSamples: [(number: String, sha256: String)] = [
    ("01", "998ccf0be59a31ed12dfc2296a957f5363e35043e47ee232932ca5f1039e8628"),
    ("02", "914943215155443fbb1785afa6ae91f136a4d2608b426a670e1050d7d66681b4"),
    ("03", "ee3721fc6e0f53b3bcc61bb0b7183962d3f31286619b5739954ab702d90ee5ae"),
    ("04", "624321d37c4f3c9903011b4aa592bf4a89ad7038228aaec4441ce01b52ed97e5"),
    ("05", "d3167a6d9f0461c33a48f18796c58a3b0e80a742ac41bffd4eba16355bc50c87"),
    ("06", "088424c10db10cc87fcbf3c362f38511c9b6e55671e6d7c91bbc7b78f227a87b"),
    ("07", "02a4fbc79d6e5ce4cc07726e6627da5573edb208982827404fa4d6be6cbbf635"),
    ("08", "b9e248f779e67e75208db18da7cec9e18ae6f379800e8c9c38edca064d698252"),
    ("09", "44bdce3851a934e8ce52895341c0f3c8815b124dd599d9bf1516fec94b65fe45"),
    ("10", "85be383b7825c53a32d699d5f5cf520ac2a999c7df0006deea496bfbf8bd3909"),
    ("11", "246f8c885cea96d9d12a8811e00e8a01dd65d097f4f8c133c0fff0342a4b29ba"),
    ("12", "1ecbafe928b9c833f8bd8e7adfea72739ed5fcddd0a4a7765cd3c7025aee68a2"),
    ("13", "b5bbd7da7e6a08f3bd93968b8c84801ae0973f1e627d9f6bbf5781f00d4025b0"),
    ("14", "5148c95eed0f82c079854c797e19a3fa70f134ee4e05cfa958416a63ab715c9b"),
    ("15", "4ec14eab8c3fded683abb6acc883b3b80a5964e38e83507db75d6d60e6bbb7a6"),
    ("16", "360c57cb87479b3744835a0d09daeaf11b3ab5d07b8bfbe0837895ab75c57fa7"),
    ("17", "95c6dc97d54e0c7df5ab9dc8449905386494cb36e857ca1e59340d0c8b811b34"),
    ("18", "03faa4d4b71f73ff1c3808052ab500f7bdea5ef68b8ff9c8a369e33df9bc0ae4"),
    ("19", "50aefc153e11b75f6df8e553ec9bb6bc032967ed12d1819087229fb60f53256f"),
    ("20", "3af75bd5bbeefe1f40f5e3fbfb60b2ba72df1c1f7901aa4e2cd0caf473d53b8c"),
    ("21", "cfe09809b382c1e1d8046400ec8509fd2021e1d2940ced66f225ad1eab40c73a"),
    ("22", "503f80c1265f030484b2cf6e92f8dce664e8be971b0ae555f4a8fbe60fa6cd78"),
    ("23", "a84c7740f69a5c4920b73dbd901882881bc0c0d94e1051f3bd9287dbd0dec4c6"),
    ("24", "fe6f1bd2efbd8ca8568d4a3ba872bcbb26bd230fa88b954ec5f7e30aa57150ac"),
  ]
}
