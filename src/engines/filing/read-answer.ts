import type { FieldType } from '../../kernel/field-type.ts'
import type { Answer } from '../../kernel/filed-answers.ts'
import { isDay } from '../../kernel/is-day.ts'

/** 字段要求 — what a reader of answers must know of a field; the plan's field definitions have this form. */
export interface AskedField {
  readonly id: string
  readonly zh: string
  readonly type: FieldType
  readonly unit?: string
  readonly codes?: readonly { readonly code: string; readonly zh: string }[]
  readonly atLeast?: number
  readonly atMost?: number
  readonly decimals?: number
  readonly maxLength?: number
  readonly optional?: true
  readonly when?: { readonly field: string; readonly is: readonly string[] }
}

/** 读数结果 — the answer; `empty` where nothing was written; or what is wrong, as a sentence. */
export type AnswerReading =
  | { readonly answer: Answer }
  | { readonly empty: true }
  | { readonly wrong: string }

/** Text nobody limited still ends somewhere. */
const longestText = 500

/**
 * 读填报值 — what a person typed, pasted or filed in a workbook, as the field's answer.
 *
 * Full-width digits, blanks around and thousands separators are read for what they mean; nothing is guessed. The same
 * reader serves the page, the workbook and the server.
 */
export function readAnswer(field: AskedField, written: string): AnswerReading {
  const text = written.normalize('NFKC').trim()
  if (text === '') return { empty: true }
  switch (field.type) {
    case 'count':
    case 'number':
    case 'money':
      return readNumber(field, text)
    case 'date':
      return readDate(field, text)
    case 'code':
      return readChoice(field, field.codes ?? [], text)
    case 'yes-no':
      return readChoice(field, yesAndNo, text)
    case 'institution':
    case 'unit':
      return /^[1-9]\d{0,15}$/.test(text)
        ? { answer: Number(text) }
        : { wrong: `${field.zh}“${written}”没有对上登记簿—要从名单中选定，不能只写名称—请重新选择。` }
    case 'text':
    case 'file':
      return readText(field, written.trim())
  }
}

const yesAndNo = [
  { code: 'yes', zh: '是' },
  { code: 'no', zh: '否' },
]

function readNumber(field: AskedField, text: string): AnswerReading {
  const { zh, type } = field
  const plain = /^[-−]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text
  const signed = plain.replace('−', '-')
  if (!/^-?\d{1,13}(\.\d+)?$/.test(signed))
    return {
      wrong: `${zh}“${text}”不是数—要参与计算，不能带文字或单位—请只写阿拉伯数字，没有数据就留空。`,
    }
  const decimals = { count: 0, money: 2, number: field.decimals ?? 2 }[type as 'count' | 'money' | 'number']
  if ((signed.split('.')[1]?.replace(/0+$/, '').length ?? 0) > decimals)
    return {
      wrong: `${zh}“${text}”的小数多于 ${decimals} 位—${decimals === 0 ? '只能是整数' : '超过了记录的精度'}—请按实际数改正。`,
    }
  const value = Number(signed)
  const { atLeast = type === 'number' ? undefined : 0, atMost } = field
  if (atLeast !== undefined && value < atLeast)
    return { wrong: `${zh}“${text}”小于 ${atLeast}—不会这样小—请核对后改成实际数，不知道就留空。` }
  if (atMost !== undefined && value > atMost)
    return {
      wrong: `${zh}“${text}”大于 ${atMost}${field.unit ?? ''}—不会这样大—请检查单位，或是否把几个数连在了一起。`,
    }
  return { answer: type === 'money' ? Math.round(value * 100) : value }
}

function readDate({ zh }: AskedField, text: string): AnswerReading {
  const [, year, month, day] = /^(\d{4})[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})日?$/.exec(text) ?? []
  const written = [year, month?.padStart(2, '0'), day?.padStart(2, '0')].join('-')
  return isDay(written)
    ? { answer: written }
    : { wrong: `${zh}“${text}”不是日历上的一天—要按年、月、日写全—请写成 2024-09-01。` }
}

function readChoice(
  { zh }: AskedField,
  codes: readonly { readonly code: string; readonly zh: string }[],
  text: string,
): AnswerReading {
  const chosen = codes.find((each) => each.code === text || each.zh.normalize('NFKC') === text)
  return chosen
    ? { answer: chosen.code }
    : {
        wrong: `${zh}“${text}”不在选项之内—${tellChoices(
          codes.map((each) => each.zh),
          text,
        )}—请重新选择。`,
      }
}

/** Nobody reads a longer list in a sentence. */
const choicesTold = 10
const nearestTold = 3

function tellChoices(choices: readonly string[], text: string): string {
  if (choices.length <= choicesTold) return `只能从${choices.join('、')}中选`
  const near = choices
    .map((choice) => ({ choice, likeness: likeness(choice, text) }))
    .filter((each) => each.likeness > 0)
    .sort((one, other) => other.likeness - one.likeness)
    .slice(0, nearestTold)
    .map(({ choice }) => choice)
  return `只能从 ${choices.length} 个选项中选${near.length > 0 ? `，相近的有${near.join('、')}` : ''}`
}

/** The share of their letters that two words have in common. */
function likeness(one: string, other: string): number {
  const [ours, theirs] = [new Set(one.normalize('NFKC')), new Set(other)]
  return (2 * [...ours].filter((letter) => theirs.has(letter)).length) / (ours.size + theirs.size)
}

function readText({ zh, maxLength = longestText }: AskedField, text: string): AnswerReading {
  const letters = [...text].length
  return letters > maxLength
    ? { wrong: `${zh}有 ${letters} 个字—最多 ${maxLength} 个字—请缩短，细节可放进佐证材料。` }
    : { answer: text }
}

/** 写出填报值 — an answer as a person reads and types it; `readAnswer` gives the same answer back. */
export function writeAnswer(field: AskedField, answer: Answer): string {
  if (field.type === 'money' && typeof answer === 'number')
    return (answer / 100).toFixed(2).replace(/\.00$/, '')
  if (field.type === 'code') return field.codes?.find(({ code }) => code === answer)?.zh ?? String(answer)
  if (field.type === 'yes-no') return yesAndNo.find(({ code }) => code === answer)?.zh ?? String(answer)
  return String(answer)
}
