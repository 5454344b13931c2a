import Results
import Testing

@Suite struct ResultsCSVTests {
  @Test func oneRowPerImage() {
    let lines = ResultsCSV.images(of: [Samples.full]).split(separator: "\n")
    let header: String =
      "name,dataset,label,lambda,image,width,height,bpp_estimated,bpp_payload,bpp_file,psnr,ms_ssim,ms_ssim_db,encoding_time,decoding_time,"
      + "chroma_format,encoder_start_time,decoder_start_time,notes"
    #expect(lines.first.map(String.init) == header)
    #expect(lines.count == 4)
    #expect(lines[2].hasPrefix("factorized,Two,lambda 0.013,0.013,\"b, \"\"c\"\".png\",400,300,0.49166666666666664,0.5,0.505,33.0,0.99,"))
  }

  @Test func oneRowPerPointAndEmptyFieldsForNull() {
    let lines = ResultsCSV.points(of: [Samples.full, Samples.nulls]).split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix("name,dataset,label,lambda,image_count,bpp_estimated,bpp_payload,bpp_file,bpp_estimated_pooled,"))
    #expect(lines[3].hasPrefix("factorized,Two,quality 1,,2,,"))
    let columns = lines[0].split(separator: ",").count
    #expect(lines[1].split(separator: ",", omittingEmptySubsequences: false).count == columns)
  }

  @Test func chromaAndStartOfProcessesHaveColumns() {
    for text in [ResultsCSV.images(of: [Samples.classical]), ResultsCSV.points(of: [Samples.classical])] {
      #expect(text.split(separator: "\n").last?.hasSuffix(",4:2:0,0.25,0.125,") == true, "\(text)")
    }
  }
}
