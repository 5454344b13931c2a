import Configuration
import Foundation
import Testing

@testable import Benchpresso

struct SourceCommitTests {
  private static let first = String(repeating: "0123456789", count: 4)
  private static let second = String(repeating: "abcdef0123", count: 4)

  @Test func aBranch() throws {
    let folder = try TestFolder()
    try folder.add("a/.git/HEAD", "ref: refs/heads/main\n")
    try folder.add("a/.git/refs/heads/main", Self.first + "\n")
    for below in ["a", "a/", "a/b/c", "a/.git"] {
      let commit = try #require(SourceCommit(below: "\(folder.path)/\(below)"))
      #expect(commit.hash == Self.first && commit.folder == PathText.absolute("\(folder.path)/a"))
    }
  }

  @Test func packedReferences() throws {
    let folder = try TestFolder()
    try folder.add(".git/HEAD", "ref: refs/heads/main\n")
    let lines = [
      "# pack-refs with: peeled fully-peeled sorted", "\(Self.second) refs/heads/other-main", "\(Self.first) refs/heads/main",
      "\(Self.second) refs/tags/v1", "^\(Self.second)",
    ]
    try folder.add(".git/packed-refs", lines.joined(separator: "\n") + "\n")
    #expect(SourceCommit(below: folder.path)?.hash == Self.first)
    // A loose reference is newer.
    try folder.add(".git/refs/heads/main", Self.second)
    #expect(SourceCommit(below: folder.path)?.hash == Self.second)
  }

  @Test func aDetachedHead() throws {
    let folder = try TestFolder()
    try folder.add(".git/HEAD", Self.first + "\n")
    #expect(SourceCommit(below: folder.path)?.hash == Self.first)
  }

  @Test(arguments: ["gitdir: ../main/.git/worktrees/w\n", "gitdir: @/main/.git/worktrees/w\n"])
  func aLinkedWorkTree(link: String) throws {
    let folder = try TestFolder()
    try folder.add("w/.git", link.replacing("@", with: folder.path))
    try folder.add("main/.git/worktrees/w/HEAD", "ref: refs/heads/side\n")
    try folder.add("main/.git/worktrees/w/commondir", "../..\n")
    try folder.add("main/.git/packed-refs", "\(Self.first) refs/heads/side\n")
    #expect(SourceCommit(below: "\(folder.path)/w")?.hash == Self.first)
    try folder.add("main/.git/refs/heads/side", Self.second + "\n")
    #expect(SourceCommit(below: "\(folder.path)/w/deep/er")?.hash == Self.second)
  }

  @Test(arguments: ["", "ref: refs/heads/absent\n", "0123\n", "not a hash at all, though it is more than 40 long\n"])
  func whatIsBrokenHasNone(head: String) throws {
    let folder = try TestFolder()
    try folder.add("inner/.git/HEAD", head)
    #expect(SourceCommit(below: "\(folder.path)/inner") == nil)
  }
}
