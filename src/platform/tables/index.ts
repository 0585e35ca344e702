export { type AnsweredTable, answerTable } from './answer.ts'
export {
  type Cell,
  cellText,
  isBlank,
  type Row,
  type Sheet,
  type TableFile,
  type TableFormat,
  type TableOutcome,
  type TableSource,
} from './cells.ts'
export * from './columns.ts'
export { mend, mojibakeOf } from './mojibake.ts'
export { readTable } from './read.ts'
export { dayOfSerial } from './workbook.ts'
export { type CsvOptions, writeCsv } from './write-csv.ts'
export { writeOds } from './write-ods.ts'
export { writeXlsx } from './write-xlsx.ts'
export { xmlStart, xmlText } from './xml.ts'
export { type ZipEntry, zip } from './zip.ts'
