import { isDay } from '../../../kernel/is-day.ts'
import { dayOfSerial } from '../../../platform/sheets/excel-date.ts'
import type { SheetValue } from '../../../platform/sheets/sheet.ts'
import type { ImportColumn } from '../tables/import-table.ts'
import type { FieldReading } from './field-reading.ts'

/** 读学年 — 2024, 2024—2025, 2024-2025 学年 all mean the year that starts in 2024. */
export function readSchoolYear(cell: SheetValue): FieldReading {
  const [, first, second] = /^(\d{4})(?:\s*[-—–~至/]+\s*(\d{4}))?\s*(?:学年度?|年)?$/.exec(cell.text) ?? []
  const day = cell.kind === 'date' ? cell.text : dayOfNumber(cell)
  if (day)
    return {
      code: 'school-year.form',
      wrong: `是日期 ${day}—学年用开始的年份表示，不是某一天—请把这一格设为“常规”或“文本”格式，写成 2024 这样的年份。`,
    }
  if (!first)
    return {
      code: 'school-year.form',
      wrong: `“${cell.text}”看不出是哪个学年—学年用开始的年份表示—请写成 2024 或 2024-2025。`,
    }
  if (second && Number(second) !== Number(first) + 1)
    return {
      code: 'school-year.span',
      wrong: `“${cell.text}”跨了 ${Number(second) - Number(first)} 年—一个学年从 9 月到次年 8 月—请写成 ${first}-${Number(first) + 1}。`,
    }
  return { value: Number(first) }
}

/** 读年份 — a calendar year. */
export function readYear(cell: SheetValue): FieldReading {
  const [, year] = /^(\d{4})年?$/.exec(cell.text) ?? []
  if (!year || cell.kind === 'date')
    return { code: 'year.form', wrong: `“${cell.text}”不是年份—只认四位数的日历年—请写成 2023。` }
  return { value: Number(year) }
}

/** Year, month, day with signs or words between, or eight digits; midnight may follow, as some systems write it. */
const dayForm =
  /^(\d{4})(?:[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})日?|(\d{2})(\d{2}))(?:[ T]?00:00(?::00)?(?:\.0+)?)?$/

/** 读日期 — a date cell, or text with year, month and day in this order. */
export function readDay({ header }: ImportColumn, cell: SheetValue): FieldReading {
  if (cell.kind === 'number' && !/^\d{8}$/.test(cell.text)) return serialNumber(header, cell)
  const [, year, month, day, monthDigits, dayDigits] = dayForm.exec(cell.text) ?? []
  if (!year)
    return {
      code: 'day.form',
      wrong: `“${cell.text}”看不出是哪一天—“${header}”要按年、月、日的顺序写全—请写成 2024-09-01。`,
    }
  const written = [year, month ?? monthDigits, day ?? dayDigits]
    .map((part) => part?.padStart(2, '0'))
    .join('-')
  if (!isDay(written))
    return {
      code: 'day.impossible',
      wrong: `“${cell.text}”不是日历上的一天—月份或日子写错了—请核对后写成 2024-09-01 这样。`,
    }
  return { value: written }
}

/** Five digits in a number cell are a date that lost its format. */
function dayOfNumber({ kind, text }: SheetValue): string | undefined {
  return kind === 'number' && /^\d{5}(\.\d+)?$/.test(text) ? dayOfSerial(Number(text), false) : undefined
}

function serialNumber(header: string, cell: SheetValue): FieldReading {
  const meant = dayOfSerial(Number(cell.text), false)
  const hint = meant ? `它可能是 ${meant}` : '它不对应任何日期'
  return {
    code: 'day.as-number',
    wrong: `“${header}”是数值 ${cell.text}—单元格不是日期格式，${hint}，平台不替您猜—请设为日期格式，或写成 2024-09-01 这样的文本。`,
  }
}
