import type { SheetValue } from '../../../platform/sheets/sheet.ts'
import type { ImportColumn } from '../tables/import-table.ts'
import type { FieldReading } from './field-reading.ts'

/** A spreadsheet keeps fifteen digits of a number; the rest turn into zeros without a word. */
const digitsKept = 15

/** 读代码 — text of digits. A number is refused: it may have lost leading zeros or its last digits. */
export function readCode({ header, digits = [] }: ImportColumn, cell: SheetValue): FieldReading {
  const lengths = digits.join('、')
  if (cell.kind === 'number') {
    const long = cell.text.replace(/\D/g, '').length > digitsKept || /e/i.test(cell.text)
    return {
      code: long ? 'code.precision-lost' : 'code.as-number',
      wrong: long
        ? `是数值 ${cell.text}，尾数已经丢失—表格软件只保留 ${digitsKept} 位数字，原来的号码找不回来—请把这一列设为“文本”格式，照原件重新填写。`
        : `“${header}”是数值 ${cell.text}，不是文本—数值会丢掉前导零，存过几次就可能变样—请把这一列设为“文本”格式后重新填写，或用平台的模板。`,
    }
  }
  if (/^\d(\.\d+)?e\+?\d+$/i.test(cell.text)) {
    return {
      code: 'code.precision-lost',
      wrong: `“${cell.text}”是科学记数法—号码在另存为 CSV 之前已被改成数值，尾数丢失—请回到原表把这一列设为“文本”格式，照原件重填后再存。`,
    }
  }
  if (!/^\d+$/.test(cell.text)) {
    return {
      code: 'code.not-digits',
      wrong: `“${cell.text}”里有数字以外的字符—“${header}”只能是 ${lengths} 位数字—请照原件改正。`,
    }
  }
  if (digits.length > 0 && !digits.includes(cell.text.length)) {
    return {
      code: 'code.length',
      wrong: `“${cell.text}”有 ${cell.text.length} 位—“${header}”应是 ${lengths} 位数字—请检查是否漏写、多写或丢了前导零。`,
    }
  }
  return { value: cell.text }
}

/** 读人数 — a whole number, zero or more. */
export function readCount({ header }: ImportColumn, cell: SheetValue): FieldReading {
  const number = plainNumber(header, cell)
  if (!('value' in number)) return number
  const value = number.value as number
  if (value < 0)
    return {
      code: 'number.negative',
      wrong: `“${cell.text}”是负数—“${header}”不会小于 0—请核对后改成实际数；不知道就留空，不要填负数。`,
    }
  if (!Number.isInteger(value))
    return {
      code: 'number.decimals',
      wrong: `“${cell.text}”带小数—“${header}”只能是整数—请填实际清点的数，不要填平均数。`,
    }
  if (value > 2_000_000_000)
    return {
      code: 'number.too-large',
      wrong: `“${cell.text}”太大—“${header}”不可能有这么多—请检查是否把几个数连在了一起。`,
    }
  return { value }
}

/** 读小数 — any plain number. */
export function readDecimal({ header }: ImportColumn, cell: SheetValue): FieldReading {
  return plainNumber(header, cell)
}

function plainNumber(header: string, cell: SheetValue): FieldReading {
  if (cell.kind === 'date')
    return {
      code: 'number.is-date',
      wrong: `是日期 ${cell.text}—“${header}”应是数，可能被表格软件自动改成了日期—请把格式改为“常规”后重新填写。`,
    }
  if ((cell.kind === 'number' && Number.isFinite(Number(cell.text))) || /^-?\d+(\.\d+)?$/.test(cell.text))
    return { value: Number(cell.text) }
  if (/^-?\d{1,3}(,\d{3})+$/.test(cell.text))
    return {
      code: 'number.separator',
      wrong: `“${cell.text}”里有千位逗号—文本里的逗号可能是分隔也可能是误写—请去掉逗号，只写数字。`,
    }
  return {
    code: 'number.textual',
    wrong: `“${cell.text}”不是数—“${header}”要参与计算，不能带文字或单位—请只写阿拉伯数字，没有数据就留空。`,
  }
}
