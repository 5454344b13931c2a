import Datasets
import Foundation
import Images
import Testing

@Suite struct ImageCacheTests {
  @Test func keepsWhatFits() throws {
    let folder = try TestFolder()
    let paths = try (0..<3).map { try folder.add("\($0).png", image: testImage(width: 4, height: 4, first: $0)) }
    let cache = ImageCache(byteBudget: 100)
    for path in paths + paths { #expect(try cache.image(at: path) == ImageFile.read(path)) }
    #expect(cache.byteCount == 96)
    for path in paths { try FileManager.default.removeItem(atPath: path) }
    #expect(try cache.image(at: paths[1]) == testImage(width: 4, height: 4, first: 1))
    #expect(throws: ImageError.self) { try cache.image(at: paths[2]) }
  }
}
