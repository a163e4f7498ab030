import type { Grade } from '../../../kernel/stage.ts'
import type { CellProblem } from '../../../platform/sheets/cell-problem.ts'
import type { Relation } from '../../../records/people/person.ts'
import { rosterKey } from '../../../records/people/read-roster.ts'
import type { KnownPerson } from '../../../records/people/roster.ts'
import { pupils } from '../tables/pupils.ts'
import { judgeInstitution, judgeStage } from './judge-institution-code.ts'
import { judgePerson } from './judge-person.ts'
import type { KindRules } from './kind-rules.ts'
import type { KnownBooks } from './known-books.ts'
import { pupilDifferences, pupilName } from './pupil-differences.ts'
import type { PupilEntry } from './pupil-entry.ts'
import { type FieldRow, fieldProblem } from './read-rows.ts'

/** 学生名册的规则 — see `KindRules`. */
export const pupilRules: KindRules<PupilEntry> = {
  table: pupils,
  judgeRow,
  keyOf: ({ countyId, child }) => rosterKey(countyId, child.document),
  judgeTogether: () => [],
  before,
  differences: pupilDifferences,
  nameOf: ({ child }) => pupilName(child),
}

const childKeys = {
  name: 'pupilName',
  documentKind: 'documentKind',
  document: 'document',
  phone: 'phone',
  sex: 'sex',
  bornOn: 'bornOn',
  address: 'address',
} as const
const guardianKeys = {
  name: 'guardianName',
  documentKind: 'guardianDocumentKind',
  document: 'guardianDocument',
  phone: 'guardianPhone',
} as const

function judgeRow(row: FieldRow, known: KnownBooks): { entry?: PupilEntry; problems: CellProblem[] } {
  const child = judgePerson(row, childKeys, known)
  const guardian = judgeGuardian(row, known, child.person?.document)
  const found = judgeInstitution(row, known, known.today)
  const problems = [...child.problems, ...guardian.problems, ...found.problems, ...judgeClassNo(row)]
  const { grade, classNo } = row.values
  if (!found.institution || typeof grade !== 'string') return { problems }
  problems.push(...judgeStage(row, found.institution, grade as Grade))
  if (!child.person) return { problems }
  const { countyId, institutionId } = found.institution
  const entry = {
    countyId,
    institutionId,
    grade,
    classNo: classNo as number | undefined,
    child: child.person,
    ...(guardian.person && { guardian: guardian.person }),
  }
  return { entry, problems: [...problems, ...judgeAgainstBook(row, entry, known)] }
}

function judgeGuardian(row: FieldRow, known: KnownBooks, childDocument: string | undefined) {
  const { name, documentKind, document, phone } = guardianKeys
  const given = [name, 'relation', documentKind, document].filter((key) => row.values[key] !== undefined)
  if (given.length === 0 && row.values[phone] === undefined) return { problems: [] }
  if (given.length < 4)
    return {
      problems: [
        fieldProblem(
          row,
          name,
          'pupil.guardian-incomplete',
          '监护人没有填全—监护人也按证件建档，缺了就分不清是谁—请补上姓名、与学生关系、证件类型和证件号码，或把监护人各格清空。',
        ),
      ],
    }
  const { person, problems } = judgePerson(row, guardianKeys, known)
  const relation = row.values.relation as Relation
  if (person && person.document === childDocument)
    problems.push(
      fieldProblem(
        row,
        document,
        'pupil.guardian-self',
        '监护人与学生是同一个证件号码—自己不能做自己的监护人—请对照两人的证件核对。',
      ),
    )
  return { ...(person && { person: { ...person, relation } }), problems }
}

function judgeClassNo(row: FieldRow): CellProblem[] {
  const { classNo } = row.values
  if (typeof classNo !== 'number' || (classNo >= 1 && classNo <= 99)) return []
  return [
    fieldProblem(
      row,
      'classNo',
      'pupil.class-number',
      '班号应在 1 至 99 之间—填的是本年级内的班序号，不是届别或学号—请改正。',
    ),
  ]
}

/** 是否在籍 — on a roll today or from a later day on. */
export function isOnRoll(person: KnownPerson | undefined, today: string): boolean {
  return person?.record !== undefined && (person.record.to === null || person.record.to > today)
}

/** What the book says of these documents: who is on another school's roll stays there, and names do not change hands. */
function judgeAgainstBook(row: FieldRow, entry: PupilEntry, known: KnownBooks): CellProblem[] {
  const child = known.people.get(rosterKey(entry.countyId, entry.child.document))
  const guardian = entry.guardian && known.people.get(rosterKey(entry.countyId, entry.guardian.document))
  const onRoll = isOnRoll(child, known.today)
  if (onRoll && child?.record?.institutionId !== entry.institutionId)
    return [
      fieldProblem(
        row,
        'document',
        'pupil.on-other-roll',
        '证件号码相同的学生在别校有学籍—一个孩子同一天只能在一所学校—请先由原学校办理转出，再导入。',
      ),
    ]
  const problems: CellProblem[] = []
  if (child && !onRoll && child.name !== entry.child.name)
    problems.push(
      fieldProblem(
        row,
        'pupilName',
        'pupil.other-name',
        '证件号码在台账里登记的是另一个姓名—多半是证件号码或姓名抄错了行—请对照证件核对；确已改名的，请县教体局更正后再导入。',
      ),
    )
  if (guardian && guardian.name !== entry.guardian?.name)
    problems.push(
      fieldProblem(
        row,
        'guardianName',
        'pupil.guardian-other-name',
        '监护人的证件号码在台账里登记的是另一个姓名—多半是号码或姓名抄错了—请对照证件核对；确已改名的，请县教体局更正后再导入。',
      ),
    )
  return problems
}

/** 台账里的这一行 — of a pupil on this school's roll; one who has left it begins anew. */
function before(entry: PupilEntry, known: KnownBooks): PupilEntry | undefined {
  const child = known.people.get(rosterKey(entry.countyId, entry.child.document))
  if (!child?.record || !isOnRoll(child, known.today)) return undefined
  const guardian = entry.guardian && known.people.get(rosterKey(entry.countyId, entry.guardian.document))
  const link = guardian && child.guardians.find(({ personId }) => personId === guardian.personId)
  const { institutionId, grade, classNo } = child.record
  return {
    countyId: entry.countyId,
    institutionId,
    grade,
    classNo: classNo ?? undefined,
    child,
    ...(guardian && link && { guardian: { ...guardian, relation: link.relation } }),
  }
}
