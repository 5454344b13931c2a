import CTaxonomy

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Taxonomy {
  /// Reads the taxonomy that is compiled into the program (`taxonomy.json`).
  ///
  /// - Throws: ``TaxonomyError`` never for a program that passes its tests.
  public static func shipped() throws(TaxonomyError) -> Taxonomy {
    try Taxonomy(json: Array(UnsafeBufferPointer(start: bp_taxonomy(), count: bp_taxonomy_size())), name: "taxonomy.json")
  }

  /// Reads a taxonomy from its file form, `Schemas/benchpresso.taxonomy-1.schema.json`.
  ///
  /// - Throws: ``TaxonomyError`` where the bytes are not such a file.
  public init(json: [UInt8], name: String) throws(TaxonomyError) {
    let file: TaxonomyFile
    do {
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      file = try decoder.decode(TaxonomyFile.self, from: Data(json))
    } catch {
      throw .badFile(name: name, reason: "\(error)")
    }
    source = file.source
    notes = file.notes
    claims = file.claims
    categories = file.categories.map { $0.node(below: []) }
    publications = file.publications.map(\.publication)
  }
}

extension Bibliography {
  /// Reads the works beside the taxonomy that are compiled into the program (`bibliography.json`), and the taxonomy's own.
  ///
  /// - Throws: ``TaxonomyError`` never for a program that passes its tests.
  public static func shipped() throws(TaxonomyError) -> Bibliography {
    let bytes = Array(UnsafeBufferPointer(start: bp_bibliography(), count: bp_bibliography_size()))
    do {
      let file = try JSONDecoder().decode(BibliographyFile.self, from: Data(bytes))
      return Bibliography(taxonomy: try Taxonomy.shipped(), others: file.publications.map(\.publication))
    } catch let error as TaxonomyError {
      throw error
    } catch {
      throw .badFile(name: "bibliography.json", reason: "\(error)")
    }
  }
}

/// The file form of the taxonomy: what is empty may be left out.
private struct TaxonomyFile: Decodable {
  let schema: String
  let source: Taxonomy.Source
  let notes: [String]
  let claims: [TrendClaim]
  let categories: [StoredNode]
  let publications: [StoredPublication]
}

private struct BibliographyFile: Decodable {
  let schema: String
  let publications: [StoredPublication]
}

private struct StoredNode: Decodable {
  let name: String
  let section: String
  let table: String?
  let heading: TaxonomyNode.Heading
  let also: [String]?
  let summary: String
  let tableRow: [String]?
  let namedInText: [String]?
  let notes: [String]?
  let children: [StoredNode]?

  func node(below path: [String]) -> TaxonomyNode {
    let path = path + [name]
    return TaxonomyNode(
      path: path, section: section, table: table, heading: heading, otherNames: also ?? [], summary: summary, tableRow: tableRow,
      namedInText: namedInText ?? [], notes: notes ?? [], children: (children ?? []).map { $0.node(below: path) })
  }
}

private struct StoredPublication: Decodable {
  let key: String
  let reference: Int?
  let type: Publication.WorkType
  let title: String
  let authors: [String]
  let year: Int
  let month: Int?
  let venue: String?
  let volume: String?
  let number: String?
  let pages: String?
  let publisher: String?
  let arxiv: String?
  let sections: [String]?
  let relations: [PublicationRelation]?
  let notes: [String]?

  var publication: Publication {
    Publication(
      key: key, reference: reference, type: type, title: title, authors: authors, year: year, month: month, venue: venue, volume: volume,
      number: number, pages: pages, publisher: publisher, arxiv: arxiv, sections: sections ?? [], relations: relations ?? [],
      notes: notes ?? [])
  }
}
