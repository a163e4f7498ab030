import type { SheetValue } from '../../../platform/sheets/sheet.ts'
import { datumList, yesNoList } from '../tables/code-lists.ts'
import type { ImportColumn } from '../tables/import-table.ts'
import type { FieldReading } from './field-reading.ts'
import { nearestWord } from './nearest-word.ts'
import { readCode, readCount, readDecimal } from './read-number.ts'
import { readDay, readSchoolYear, readYear } from './read-time.ts'

/** 读字段 — understands a tidied, filled cell by its column's type. */
export function readField(column: ImportColumn, cell: SheetValue): FieldReading {
  switch (column.type) {
    case 'text':
      return { value: cell.text }
    case 'code':
      return readCode(column, cell)
    case 'count':
      return readCount(column, cell)
    case 'decimal':
      return readDecimal(column, cell)
    case 'school-year':
      return readSchoolYear(cell)
    case 'year':
      return readYear(cell)
    case 'day':
      return readDay(column, cell)
    case 'choice':
      return readChoice(column.header, column.choices ?? [], cell)
    case 'yes-no':
      return readYesNo(column.header, cell)
    case 'document':
      return readDocument(cell)
  }
}

function readChoice(
  header: string,
  choices: NonNullable<ImportColumn['choices']>,
  cell: SheetValue,
): FieldReading {
  const written = plainWord(cell.text)
  const found = choices.find(({ value, zh, also = [] }) =>
    [value, zh, ...also].some((word) => plainWord(word) === written),
  )
  if (found) return { value: found.value }
  if (choices === datumList) return foreignDatum(cell.text)
  const near = nearestWord(
    cell.text,
    choices.flatMap(({ zh, also = [] }) => [zh, ...also]),
  )
  const suggestion = near ? `您是不是想填“${near}”？` : ''
  const offered = choices.map(({ zh }) => zh).join('、')
  return {
    code: 'choice.unknown',
    wrong: `“${cell.text}”不是“${header}”的可选值—只认代码表里的写法—${suggestion}可填：${offered}。`,
  }
}

/** The datums of Chinese map vendors are known by name and refused with what to do. */
function foreignDatum(text: string): FieldReading {
  const vendor = /gcj|火星|高德|腾讯/i.test(text)
    ? 'GCJ-02（高德、腾讯地图）'
    : /bd-?0?9|百度/i.test(text)
      ? 'BD-09（百度地图）'
      : `“${text}”`
  return {
    code: 'place.datum-refused',
    wrong: `坐标系是${vendor}—加密坐标与实地差几百米，平台不存也不替您换算—请向测绘或自然资源部门取 CGCS2000 坐标，或用手持 GPS 测 WGS-84 坐标。`,
  }
}

function readYesNo(header: string, cell: SheetValue): FieldReading {
  const answer = readChoice(header, yesNoList, cell)
  if ('value' in answer) return { value: answer.value === 'true' }
  return { code: 'choice.yes-no', wrong: `“${cell.text}”看不出是或否—“${header}”只分是、否—请填“是”或“否”。` }
}

/** A number has lost its last digits before it came here: it is refused, never guessed. */
function readDocument({ kind, text }: SheetValue): FieldReading {
  if (kind === 'text') return { value: text }
  return {
    code: 'pupil.document-as-number',
    wrong:
      '证件号码存成了数值—表格软件只留 15 位，末尾几位已经变了，平台不猜—请把整列设为“文本”，再照证件重新填写。',
  }
}

function plainWord(word: string): string {
  return word.normalize('NFKC').replace(/\s/g, '').toLowerCase()
}
