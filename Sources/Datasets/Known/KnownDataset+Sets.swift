import Configuration
import Downloads

extension KnownDataset {
  /// The Challenge on Learned Image Compression.
  static let clic = KnownDataset(
    name: "clic", title: "Challenge on Learned Image Compression: professional and mobile pictures", classPath: "datasets.CLIC",
    folder: CLICSettings().dataDir.path,
    parts: [
      clicPart(
        "professional_train_2020.zip", "2020/professional/train", 585, 2_003_385_131,
        "54a2a684b5cbd0db91770a8695efb774fed1f612194fee68bceaf6b1c48e5d5f"),
      clicPart(
        "professional_valid_2020.zip", "2020/professional/valid", 41, 134_834_429,
        "00be38092ade2ab5163b65f7f6523d46c7bca147007f559adbb02c0afc236b7d"),
      clicPart(
        "test/CLIC2020Professional_test.zip", "2020/professional/test", 250, 891_643_809,
        "857df244fc2bfa5da28d4c66bf0db16ee99bfc79eb807be8afa89cd507852884"),
      clicPart(
        "mobile_train_2020.zip", "2020/mobile/train", 1048, 4_042_923_971,
        "4bf9d890e6785426fb41cb4f43df3d8cd6db25fafcc76fc1eb629141166d6529"),
      clicPart(
        "mobile_valid_2020.zip", "2020/mobile/valid", 61, 236_556_531, "ff0280382eeb32fdceb28c81a7f47ac9ad86d933ebe901680845635d04e47a10"),
      clicPart(
        "test/CLIC2020Mobile_test.zip", "2020/mobile/test", 178, 721_789_976,
        "2025f07a6c652270e534640de4271feef3b3dd3260beed4ac4821064837aa732"),
      Part(
        "2021/professional/test",
        [
          RemoteFile(
            "https://storage.googleapis.com/clic2021_public/professional_test_2021.zip", path: "2021/professional_test_2021.zip",
            unpacksInto: "2021/professional/test")
        ]),
    ],
    byHand: "The other pictures of 2021 are named by https://compression.cc; unpack them into data/clic/2021/professional/valid, "
      + "data/clic/2021/mobile/test and so on.",
    origin: "sizes and hashes of 2020: url_checksums/clic.txt of TensorFlow Datasets; those of 2021 are not known")

  private static func clicPart(_ file: String, _ place: String, _ count: Int, _ size: Int, _ sha256: String) -> Part {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    return Part(
      place, imageCount: count,
      [
        RemoteFile(
          "https://data.vision.ee.ethz.ch/cvl/clic/\(file)", path: "2020/\(name)", size: size, sha256: sha256, unpacksInto: place)
      ])
  }

  /// Flickr2W, the training set of "A Unified End-to-End Framework for Efficient Deep Image Compression", 2020.
  static let flickr2W = KnownDataset(
    name: "flickr2w", title: "20,745 pictures from Flickr, the training set of Liu et al. 2020", classPath: "datasets.Flickr2W",
    folder: Flickr2WFolder.dataDir,
    byHand:
      "The authors offer the archive at https://github.com/liujiaheng/CompressionData (a link to Google Drive, which asks questions that "
      + "only a browser answers), for research only. Unpack it so that the pictures lie in data/flicker_2W_images.",
    imageCount: 20745, origin: "https://github.com/liujiaheng/CompressionData")

  /// Tecnick's TESTIMAGES.
  static let tecnick = KnownDataset(
    name: "tecnick", title: "Tecnick TESTIMAGES, 100 pictures of 1200×1200 pixels", classPath: "datasets.Tecnick",
    folder: TecnickFolder.dataDir,
    parts: [
      Part(
        "", imageCount: 100,
        [
          RemoteFile(
            "https://sourceforge.net/projects/testimages/files/OLD/OLD_SAMPLING/testimages.zip/download", path: "testimages.zip",
            unpacksInto: "TESTIMAGES")
        ])
    ],
    imageCount: 100, origin: "https://testimages.org; size and hash are not known")

  /// Vimeo-90K triplets.
  static let vimeo90K = KnownDataset(
    name: "vimeo90k", title: "Vimeo-90K triplets, 55,095 sequences of three frames of 448×256 pixels", classPath: "datasets.Vimeo90K",
    folder: Vimeo90KSettings().dataDir.path,
    parts: [
      Part(
        "",
        [
          RemoteFile("http://data.csail.mit.edu/tofu/dataset/vimeo_triplet.zip", path: "vimeo_triplet.zip", unpacksInto: "vimeo_triplet")
        ])
    ],
    origin: "http://toflow.csail.mit.edu; about 33 GB; the exact size and the hash are not known")
}
