import type { Column, Items, Written } from './columns.ts'
import { xmlStart, xmlText } from './xml.ts'
import { zip } from './zip.ts'

const ODS_TYPE = 'application/vnd.oasis.opendocument.spreadsheet'
const SPACE = 'urn:oasis:names:tc:opendocument:xmlns'

/** OpenDocument spreadsheet, written as it is read. */
export function writeOds<Item>(
  columns: Column<Item>[],
  items: Items<Item>,
  { sheetName = 'METIS' }: { sheetName?: string } = {},
): AsyncGenerator<Uint8Array> {
  return zip([
    { name: 'mimetype', content: ODS_TYPE, isStored: true },
    { name: 'META-INF/manifest.xml', content: manifest },
    { name: 'styles.xml', content: noStyles },
    { name: 'content.xml', content: content(columns, items, sheetName) },
  ])
}

async function* content<Item>(
  columns: Column<Item>[],
  items: Items<Item>,
  sheetName: string,
): AsyncGenerator<string> {
  yield `${xmlStart}<office:document-content xmlns:office="${SPACE}:office:1.0" xmlns:table="${SPACE}:table:1.0" xmlns:text="${SPACE}:text:1.0" xmlns:style="${SPACE}:style:1.0" xmlns:number="${SPACE}:datastyle:1.0" xmlns:fo="${SPACE}:xsl-fo-compatible:1.0" office:version="1.3">`
  yield '<office:automatic-styles><number:date-style style:name="iso"><number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/></number:date-style><style:style style:name="day" style:family="table-cell" style:data-style-name="iso"/><style:style style:name="head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style></office:automatic-styles>'
  yield `<office:body><office:spreadsheet><table:table table:name="${xmlText(sheetName)}"><table:table-column table:number-columns-repeated="${columns.length}"/><table:table-row>`
  for (const { name } of columns) yield textXml(name, ' table:style-name="head"')
  yield '</table:table-row>'
  for await (const item of items)
    yield `<table:table-row>${columns.map(({ cell }) => cellXml(cell(item))).join('')}</table:table-row>`
  yield '</table:table></office:spreadsheet></office:body></office:document-content>'
}

function cellXml(cell: Written): string {
  if (cell.kind === 'text') return textXml(cell.text)
  if (cell.kind === 'number')
    return `<table:table-cell office:value-type="float" office:value="${cell.number}"><text:p>${cell.number}</text:p></table:table-cell>`
  return cell.kind === 'day'
    ? `<table:table-cell table:style-name="day" office:value-type="date" office:date-value="${cell.day}"><text:p>${cell.day}</text:p></table:table-cell>`
    : '<table:table-cell/>'
}

function textXml(text: string, style = ''): string {
  const paragraphs = xmlText(text).split(/\r?\n/)
  return `<table:table-cell${style} office:value-type="string"><text:p>${paragraphs.join('</text:p><text:p>')}</text:p></table:table-cell>`
}

const manifest = `${xmlStart}<manifest:manifest xmlns:manifest="${SPACE}:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="${ODS_TYPE}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/></manifest:manifest>`

const noStyles = `${xmlStart}<office:document-styles xmlns:office="${SPACE}:office:1.0" office:version="1.3"/>`
