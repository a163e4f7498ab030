import { classWords } from '../../../kernel/grade-words.ts'
import {
  maskAddress,
  maskDay,
  maskName,
  maskNumber,
  maskPhone,
} from '../../../records/people/identity/mask.ts'
import { type RosterPerson, rosterHeaders, sexWords } from '../../../records/people/roster.ts'
import type { Difference } from './kind-rules.ts'
import type { PupilEntry } from './pupil-entry.ts'

const masks = {
  name: maskName,
  sex: (sex: string) => sexWords[sex as keyof typeof sexWords],
  bornOn: maskDay,
  phone: maskPhone,
  address: maskAddress,
} as const

/** 名册的不同 — masked on both sides: the clerk has the sheet, the list is not to become a second one. */
export function pupilDifferences(before: PupilEntry, entry: PupilEntry): Difference[] {
  return [
    ...ofPerson(before.child, entry.child, {
      name: rosterHeaders.pupilName,
      sex: rosterHeaders.sex,
      bornOn: rosterHeaders.bornOn,
      phone: rosterHeaders.phone,
      address: rosterHeaders.address,
    }),
    ...ofPlace(before, entry),
    ...ofGuardian(before.guardian, entry.guardian),
  ]
}

/** 遮蔽的称呼 — 王*明 990************011. */
export function pupilName({ name, document }: RosterPerson): string {
  return `${maskName(name)} ${maskNumber(document)}`
}

function ofPerson(
  before: RosterPerson,
  entry: RosterPerson,
  fields: Partial<Record<keyof typeof masks, string>>,
): Difference[] {
  return (Object.entries(fields) as [keyof typeof masks, string][]).flatMap(([field, what]) => {
    const [from, to] = [before[field], entry[field]]
    if (to === undefined || to === from) return []
    return [{ what, from: from === undefined ? '空' : masks[field](from), to: masks[field](to) }]
  })
}

function ofPlace(before: PupilEntry, entry: PupilEntry): Difference[] {
  const moved = { grade: entry.grade, classNo: entry.classNo ?? before.classNo }
  if (moved.grade === before.grade && moved.classNo === before.classNo) return []
  const words = ({ grade, classNo }: typeof moved) => classWords(grade, classNo ?? null)
  return [{ what: '年级班级', from: words(before as typeof moved), to: words(moved) }]
}

/** Of a guardian already answering for the child, the telephone; another one is added, and keeps what the book holds. */
function ofGuardian(before: PupilEntry['guardian'], entry: PupilEntry['guardian']): Difference[] {
  if (!entry) return []
  if (!before) return [{ what: '监护人', from: '没有登记', to: pupilName(entry) }]
  return ofPerson(before, entry, { phone: rosterHeaders.guardianPhone })
}
