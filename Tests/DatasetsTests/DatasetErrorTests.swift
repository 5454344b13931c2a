import Datasets
import Images
import SafeFiles
import Testing

@Suite struct DatasetErrorTests {
  @Test(
    arguments: [
      (.noFolder(path: "a"), "the data set folder 'a' does not exist; check data_dir"),
      (
        .noPictures(path: "a"),
        "there are no pictures in 'a' or its subfolders; put files that end in 'png', 'jpg', 'jpeg', 'ppm' there, or change data_dir"
      ),
      (
        .noFolder(path: "a", set: "kodak"),
        "the data set folder 'a' does not exist; check data_dir, or get the set: 'benchpresso data list kodak' says how"
      ),
      (.noPart(path: "a/b", set: "clic"), "'a/b' is missing; check data_dir, or get the set: 'benchpresso data list clic' says how"),
      (.badLine(path: "a.txt", line: 3, text: "x"), "a.txt:3: expected a sequence such as 00001/0001, found 'x'; fetch the list again"),
      (
        .notTestable(reason: "r"),
        "this data set cannot be tested on: r; name a folder of pictures as data, or test the joined sets one by one"
      ),
      (.pack(.notAPack(path: "p")), "'p' is no pack of pictures; make one with 'benchpresso data pack FOLDER -o FILE'"),
      (.tooDeep(path: "a"), "the folders at 'a' are nested too deeply; look for a link that leads back to a folder above it"),
      (
        .noSplit(path: "a", stage: .validate, found: ["train"]),
        "'a' has 'train' but no folder for the stage validate; add 'val', 'valid', 'eval'"
      ),
      (
        .ambiguousSplit(path: "a", stage: .validate, found: ["val", "eval"]),
        "'a' has several folders for the stage validate: 'val', 'eval'; keep one of them"
      ),
      (
        .image(.damaged(name: "a", format: "PNG", reason: "r")),
        "the PNG file 'a' is broken or cut (r); fetch or copy it again, or take it away"
      ),
      (
        .smallerThanPatch(name: "a", width: 3, height: 4, patchSize: 5),
        "'a' has 3×4 pixels, less than the patch of 5×5; take a smaller patch_size, set small_pictures: enlarge, or take the picture away"
      ),
      (.transform(name: "a", reason: "r"), "the transform cannot be applied to 'a': r"),
      (
        .differentSizes(name: "a", width: 1, height: 2, otherName: "b", otherWidth: 3, otherHeight: 4),
        "'a' (1×2) and 'b' (3×4) are in one batch and differ in size; set batch_size: 1, "
          + "cut all to one size by a transform, or sort the pictures by size into subfolders class_0, class_1, …"
      ),
      (.setting(name: "batch_size", value: "0", allowed: "at least 1"), "batch_size is 0, and it must be at least 1"),
      (.noThread(workers: 4), "the system has no thread for 4 workers; lower num_workers"),
    ] as [(DatasetError, String)])
  func areSentences(error: DatasetError, sentence: String) {
    #expect(error.description == sentence)
  }
}
