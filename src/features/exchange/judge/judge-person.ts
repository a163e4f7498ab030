import type { CellProblem } from '../../../platform/sheets/cell-problem.ts'
import type { DocumentKind } from '../../../records/people/identity/identity-document.ts'
import { readIdentityDocument } from '../../../records/people/identity/identity-document.ts'
import { readPersonName } from '../../../records/people/identity/person-name.ts'
import type { Reading } from '../../../records/people/identity/reading.ts'
import type { RosterPerson } from '../../../records/people/roster.ts'
import type { KnownBooks } from './known-books.ts'
import { type FieldRow, fieldProblem } from './read-rows.ts'

/** 一人的列 — under which keys a person's fields stand in a row: the pupil's or the guardian's. */
export interface PersonKeys {
  readonly name: string
  readonly documentKind: string
  readonly document: string
  readonly phone: string
  readonly sex?: string
  readonly bornOn?: string
  readonly address?: string
}

/** 认人 — name and document as they are kept; corrections are told, never what stands in the cell. */
export function judgePerson(
  row: FieldRow,
  keys: PersonKeys,
  known: KnownBooks,
): { person?: RosterPerson; problems: CellProblem[] } {
  const text = (key: string | undefined) => (key && (row.values[key] as string | undefined)) || undefined
  const problems: CellProblem[] = []
  const taken = <T>(key: string, reading: Reading<T>, code: string, tidied: string): T | undefined => {
    if (!reading.ok) {
      problems.push(fieldProblem(row, key, code, reading.refusal.text))
      return undefined
    }
    for (const words of reading.corrections)
      problems.push(fieldProblem(row, key, tidied, `${words}，请核对。`, 'warning'))
    return reading.value
  }
  const [given, kind, number] = [text(keys.name), text(keys.documentKind), text(keys.document)]
  const name = given && taken(keys.name, readPersonName(given), 'pupil.name', 'pupil.name-tidied')
  const document =
    kind &&
    number &&
    taken(
      keys.document,
      readIdentityDocument(kind as DocumentKind, number, known.today, known.synthetic),
      'pupil.document',
      'pupil.document-tidied',
    )
  problems.push(...judgePhone(row, keys.phone), ...judgeAddress(row, keys.address))
  if (!name || !document) return { problems }
  const [sex, bornOn] = [text(keys.sex) as RosterPerson['sex'], text(keys.bornOn)]
  problems.push(...judgeAgainstDocument(row, keys, document, known.today))
  return {
    person: {
      documentKind: document.kind,
      document: document.number,
      name,
      sex: document.sex ?? sex,
      bornOn: document.bornOn ?? bornOn,
      phone: text(keys.phone),
      address: text(keys.address),
    },
    problems,
  }
}

function judgeAgainstDocument(
  row: FieldRow,
  keys: PersonKeys,
  document: { readonly sex?: string; readonly bornOn?: string },
  today: string,
): CellProblem[] {
  const sex = keys.sex && row.values[keys.sex]
  const bornOn = keys.bornOn && row.values[keys.bornOn]
  const problems: CellProblem[] = []
  if (keys.sex && sex && document.sex && sex !== document.sex)
    problems.push(
      fieldProblem(
        row,
        keys.sex,
        'pupil.sex-differs',
        '性别与证件号码第 17 位不符—奇数为男、偶数为女—请对照证件核对两格。',
      ),
    )
  if (keys.bornOn && bornOn && document.bornOn && bornOn !== document.bornOn)
    problems.push(
      fieldProblem(
        row,
        keys.bornOn,
        'pupil.birth-differs',
        '出生日期与证件号码第 7 至 14 位不符—两处必有一处抄错—请对照证件核对两格。',
      ),
    )
  if (keys.bornOn && typeof bornOn === 'string' && (bornOn > today || bornOn < '1900-01-01'))
    problems.push(
      fieldProblem(
        row,
        keys.bornOn,
        'pupil.birth-impossible',
        '出生日期在今天之后，或早于 1900 年—这样的学生还不存在—请对照证件核对。',
      ),
    )
  return problems
}

function judgePhone(row: FieldRow, key: string): CellProblem[] {
  const phone = row.values[key]
  if (phone === undefined || /^[0-9+\- ]{5,20}$/.test(String(phone))) return []
  return [
    fieldProblem(
      row,
      key,
      'pupil.phone',
      '电话应是 5 至 20 位数字，可带“-”和“+”—写了别的字就打不通，也查不到—请只留一个号码。',
    ),
  ]
}

function judgeAddress(row: FieldRow, key: string | undefined): CellProblem[] {
  const address = key && row.values[key]
  if (!key || !address || ([...String(address)].length >= 2 && [...String(address)].length <= 120)) return []
  return [
    fieldProblem(
      row,
      key,
      'pupil.address',
      '住址应是 2 至 120 个字—太短找不到人，太长多半粘错了内容—请写到门牌。',
    ),
  ]
}
