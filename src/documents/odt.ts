import { xmlStart, xmlText, zip } from '#platform'

export type OdtBlock =
  | { kind: 'heading'; level: 1 | 2; text: string }
  | { kind: 'paragraph'; text: string; isQuiet?: boolean }
  | { kind: 'list'; items: string[] }
  | { kind: 'table'; name: string; head: string[]; rows: string[][] }

const ODT_TYPE = 'application/vnd.oasis.opendocument.text'
const SPACE = 'urn:oasis:names:tc:opendocument:xmlns'
const spaces = ['office', 'text', 'table', 'style', 'meta']
  .map((name) => ` xmlns:${name}="${SPACE}:${name}:1.0"`)
  .concat(
    ` xmlns:fo="${SPACE}:xsl-fo-compatible:1.0"`,
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"',
  )
  .join('')

/** An OpenDocument text that a secretary goes on writing: titles, paragraphs, numbered articles, tables. */
export function writeOdt(
  blocks: OdtBlock[],
  { title, at }: { title: string; at: Date },
): AsyncGenerator<Uint8Array> {
  return zip([
    { name: 'mimetype', content: ODT_TYPE, isStored: true },
    { name: 'META-INF/manifest.xml', content: manifest },
    { name: 'meta.xml', content: meta(title, at) },
    { name: 'styles.xml', content: styles },
    { name: 'content.xml', content: content(blocks) },
  ])
}

function content(blocks: OdtBlock[]): string {
  const body = blocks.map(blockXml).join('')
  return `${xmlStart}<office:document-content${spaces} office:version="1.3"><office:body><office:text>${body}</office:text></office:body></office:document-content>`
}

function blockXml(block: OdtBlock): string {
  if (block.kind === 'heading')
    return `<text:h text:style-name="Heading_20_${block.level}" text:outline-level="${block.level}">${inline(block.text)}</text:h>`
  if (block.kind === 'paragraph')
    return `<text:p text:style-name="${block.isQuiet ? 'Quiet' : 'Standard'}">${inline(block.text)}</text:p>`
  if (block.kind === 'list')
    return `<text:list text:style-name="Articles">${block.items.map((item) => `<text:list-item><text:p text:style-name="Standard">${inline(item)}</text:p></text:list-item>`).join('')}</text:list>`
  return tableXml(block)
}

function tableXml({ name, head, rows }: Extract<OdtBlock, { kind: 'table' }>): string {
  const row = (cells: string[], style: string) =>
    `<table:table-row>${cells.map((cell) => `<table:table-cell table:style-name="Cell" office:value-type="string"><text:p text:style-name="${style}">${inline(cell)}</text:p></table:table-cell>`).join('')}</table:table-row>`
  return `<table:table table:name="${xmlText(name)}"><table:table-column table:number-columns-repeated="${head.length}"/><table:table-header-rows>${row(head, 'Head')}</table:table-header-rows>${rows.map((cells) => row(cells, 'Standard')).join('')}</table:table>`
}

/** Line ends are kept; the rest is text. */
function inline(text: string): string {
  return xmlText(text).replace(/\r?\n/g, '<text:line-break/>')
}

const parts = ['content.xml', 'styles.xml', 'meta.xml']
const manifest = `${xmlStart}<manifest:manifest xmlns:manifest="${SPACE}:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="${ODT_TYPE}"/>${parts.map((part) => `<manifest:file-entry manifest:full-path="${part}" manifest:media-type="text/xml"/>`).join('')}</manifest:manifest>`

function meta(title: string, at: Date): string {
  return `${xmlStart}<office:document-meta${spaces} office:version="1.3"><office:meta><dc:title>${xmlText(title)}</dc:title><dc:language>fr-FR</dc:language><meta:creation-date>${at.toISOString().slice(0, 19)}</meta:creation-date><meta:generator>METIS</meta:generator></office:meta></office:document-meta>`
}

const heading = (level: number, size: string) =>
  `<style:style style:name="Heading_20_${level}" style:display-name="Heading ${level}" style:family="paragraph" style:parent-style-name="Standard" style:default-outline-level="${level}"><style:paragraph-properties fo:margin-top="0.6cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"/><style:text-properties fo:font-size="${size}" fo:font-weight="bold"/></style:style>`

const styles = `${xmlStart}<office:document-styles${spaces} office:version="1.3"><office:styles><style:style style:name="Standard" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.2cm"/><style:text-properties fo:font-size="11pt" fo:language="fr" fo:country="FR"/></style:style>${heading(1, '16pt')}${heading(2, '13pt')}<style:style style:name="Quiet" style:family="paragraph" style:parent-style-name="Standard"><style:text-properties fo:font-size="9pt"/></style:style><style:style style:name="Head" style:family="paragraph" style:parent-style-name="Standard"><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #808080" fo:padding="0.1cm"/></style:style><text:list-style style:name="Articles"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."><style:list-level-properties text:space-before="0.5cm" text:min-label-width="0.7cm"/></text:list-level-style-number></text:list-style></office:styles></office:document-styles>`
