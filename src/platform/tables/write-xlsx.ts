import type { Column, Items, Written } from './columns.ts'
import { xmlStart, xmlText } from './xml.ts'
import { type ZipEntry, zip } from './zip.ts'

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
// Styles 1 and 2 of `styles` below.
const DAY_STYLE = 1
const HEADER_STYLE = 2

/** Written as it is read. Text cells are typed as text, so no spreadsheet runs them. */
export function writeXlsx<Item>(
  columns: Column<Item>[],
  items: Items<Item>,
  { sheetName = 'METIS' }: { sheetName?: string } = {},
): AsyncGenerator<Uint8Array> {
  return zip([
    ...fixedParts(sheetName),
    { name: 'xl/worksheets/sheet1.xml', content: sheet(columns, items) },
  ])
}

async function* sheet<Item>(columns: Column<Item>[], items: Items<Item>): AsyncGenerator<string> {
  yield `${xmlStart}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">`
  yield '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData><row>'
  for (const { name } of columns) yield inlineText(name, HEADER_STYLE)
  yield '</row>'
  for await (const item of items)
    yield `<row>${columns.map(({ cell }) => cellXml(cell(item))).join('')}</row>`
  yield '</sheetData></worksheet>'
}

function cellXml(cell: Written): string {
  if (cell.kind === 'text') return inlineText(cell.text)
  if (cell.kind === 'number') return `<c><v>${cell.number}</v></c>`
  return cell.kind === 'day' ? `<c s="${DAY_STYLE}"><v>${serialOf(cell.day)}</v></c>` : '<c/>'
}

function inlineText(text: string, style = 0): string {
  return `<c t="inlineStr" s="${style}"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`
}

function serialOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 86_400_000 + 25_569
}

function fixedParts(sheetName: string): ZipEntry[] {
  const name = xmlText(sheetName.replace(/[[\]*?/\\:]/g, ' ').slice(0, 31))
  return [
    {
      name: '[Content_Types].xml',
      content: `${xmlStart}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPE}.styles+xml"/></Types>`,
    },
    {
      name: '_rels/.rels',
      content: `${xmlStart}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      content: `${xmlStart}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `${xmlStart}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    },
    { name: 'xl/styles.xml', content: styles },
  ]
}

const styles = `${xmlStart}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>`
