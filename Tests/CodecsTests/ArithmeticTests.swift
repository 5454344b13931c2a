import Testing
import Torch

@testable import Codecs

struct ArithmeticTests {
  @Test(arguments: [
    (Arithmetic(libtorch: "2.13.0", instructions: "AVX2"), "2.13.0/AVX2"),
    (Arithmetic(libtorch: "2.13.0", instructions: "DEFAULT", limit: "SSE41"), "2.13.0/DEFAULT/SSE41"),
  ])
  func aTextComesBack(arithmetic: Arithmetic, text: String) {
    #expect(arithmetic.text == text && Arithmetic(text: text) == arithmetic)
  }

  @Test(arguments: ["", "2.13.0", "a/b/c/d", "a//c", "/b"])
  func otherTextsAreNone(text: String) { #expect(Arithmetic(text: text) == nil) }

  @Test(arguments: [
    ("1/AVX512", "1/AVX2", "with ATEN_CPU_CAPABILITY=avx2 ONEDNN_MAX_CPU_ISA=AVX2 in the environment"),
    ("1/AVX2", "1/DEFAULT", "with ATEN_CPU_CAPABILITY=default in the environment"),
    ("1/AVX2", "1/AVX2/SSE41", "with ONEDNN_MAX_CPU_ISA=SSE41 in the environment"),
    ("1/AVX2", "1/DEFAULT/SSE41", "with ATEN_CPU_CAPABILITY=default ONEDNN_MAX_CPU_ISA=SSE41 in the environment"),
    ("1/AVX2/SSE41", "1/AVX2", "without ONEDNN_MAX_CPU_ISA"),
    ("1/AVX2", "1/AVX512", "on a processor with AVX512"),
    ("1/AVX2", "1/SVE256", "on a processor with SVE256"),
    ("1/AVX2", "2/AVX2", "with libtorch 2 on a processor with AVX2"),
  ])
  func theRemedyIsWhatHelps(here: String, written: String, remedy: String) throws {
    let (here, written) = (try #require(Arithmetic(text: here)), try #require(Arithmetic(text: written)))
    #expect(here.remedy(for: written) == remedy)
  }

  @Test func thisProcessHasOne() throws {
    let own = try Arithmetic.current(on: .cpu)
    #expect(Arithmetic(text: own.text) == own && own.text.utf8.count <= 63)
    #expect(own.libtorch.hasPrefix("2."))
  }
}
