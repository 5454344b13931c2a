import Reporting
import Testing

@Suite struct TextTableTests {
  static let table: TextTable = {
    var table = TextTable([.init("codec", .left), .init("bpp"), .init("PSNR/dB"), .init("note", .left)])
    table.append(["FactorizedPrior", "0.123", "29.1", ""])
    table.append(["JPEG 50% | a_b", "10.5", "–", "Größe, \"q\""])
    return table
  }()

  static let texts: [(TextTable.Style, String)] = [
    (
      .plain,
      """
      codec              bpp  PSNR/dB  note
      ───────────────  ─────  ───────  ──────────
      FactorizedPrior  0.123     29.1
      JPEG 50% | a_b    10.5        –  Größe, "q"

      """
    ),
    (
      .markdown,
      """
      | codec           |   bpp | PSNR/dB | note       |
      | --------------- | ----: | ------: | ---------- |
      | FactorizedPrior | 0.123 |    29.1 |            |
      | JPEG 50% \\| a_b |  10.5 |       – | Größe, "q" |

      """
    ),
    (
      .latex,
      """
      \\begin{tabular}{lrrl}
        \\toprule
        codec            &   bpp & PSNR/dB & note       \\\\
        \\midrule
        FactorizedPrior  & 0.123 &    29.1 &            \\\\
        JPEG 50\\% | a\\_b &  10.5 &      -- & Größe, "q" \\\\
        \\bottomrule
      \\end{tabular}

      """
    ),
    (.csv, "codec,bpp,PSNR/dB,note\nFactorizedPrior,0.123,29.1,\nJPEG 50% | a_b,10.5,–,\"Größe, \"\"q\"\"\"\n"),
  ]

  @Test(arguments: texts)
  func writesEachStyle(_ style: TextTable.Style, _ expected: String) {
    #expect(Self.table.text(style) == expected)
  }

  @Test func aTableWithoutRowsIsItsHeader() {
    #expect(TextTable([.init("a")]).text() == "a\n─\n")
  }
}
