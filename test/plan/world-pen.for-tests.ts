import type { Answers } from '../../src/kernel/filed-answers.ts'
import type { Plan } from '../../src/plan/index.ts'
import type { Tx } from '../../src/platform/db/transaction-client.ts'
import { beginWriting } from '../../src/records/registry/begin-writing.ts'
import type { Institution } from '../../src/records/registry/institution.ts'
import type { Premises } from '../../src/records/registry/premises.ts'
import { recordAct } from '../../src/records/registry/record-act.ts'
import type { Unit } from '../../src/records/registry/unit.ts'
import { writeEnrolment } from '../../src/records/registry/write-enrolment.ts'
import { writeInstitutions } from '../../src/records/registry/write-institutions.ts'
import { writeMemberships } from '../../src/records/registry/write-memberships.ts'
import { writePopulation } from '../../src/records/registry/write-population.ts'
import { writePremises } from '../../src/records/registry/write-premises.ts'
import { writeUnitLinks } from '../../src/records/registry/write-unit-links.ts'
import { writeUnits } from '../../src/records/registry/write-units.ts'
import { findFiling } from '../../src/records/returns/find-filings.ts'
import { openFiling } from '../../src/records/returns/open-filing.ts'
import type { Subject } from '../../src/records/returns/subject.ts'
import { enterFiling } from '../../src/records/returns/take-step.ts'

export const city = 410400
/** A county of 250,000 people, one of 150,000, and a third that is not there yet. */
export const large = 410422
export const small = 410423
export const coming = 410425
export const counties = [city, large, small, coming]
export const town = 410422001
export const street = 410422002
export const group = 410422900

/** The day the world is judged on, unless a test says another. */
export const day = '2025-03-01'

export const school = {
  centralKindergarten: 1,
  streetKindergarten: 2,
  ruralPrimary: 3,
  urbanJunior: 4,
  qualitySenior: 5,
  weakSenior: 6,
  special: 7,
  nineYear: 8,
} as const

const beginning = '2010-09-01'
const pupils = 40

/** Writes into a world within one transaction. */
export interface Pen {
  readonly tx: Tx
  readonly plan: Plan
}

async function act(tx: Tx, countyId: number): Promise<number> {
  await beginWriting(tx, countyId)
  return recordAct(tx, {
    countyId,
    kind: 'load',
    docNumber: '测试〔2024〕1号',
    decidedOn: beginning,
    effectiveOn: beginning,
    recordedBy: '测试',
  })
}

export async function addUnits(
  { tx }: Pen,
  countyId: number,
  units: readonly (Pick<Unit, 'unitId' | 'kind' | 'name'> & Partial<Unit> & { parent?: number })[],
): Promise<void> {
  const actId = await act(tx, countyId)
  await writeUnits(
    tx,
    actId,
    units.map(({ parent: _, ...unit }) => ({
      countyId,
      code: String(unit.unitId),
      from: beginning,
      ...unit,
    })),
  )
  await writeUnitLinks(
    tx,
    actId,
    units.flatMap(({ unitId, parent, from = beginning }) =>
      parent ? [{ countyId, tree: 'administrative', childId: unitId, parentId: parent, from } as const] : [],
    ),
  )
}

export async function addCounty(pen: Pen, countyId: number, name: string, people: number): Promise<void> {
  await addUnits(pen, countyId, [{ unitId: countyId, kind: 'county', name }])
  const actId = await act(pen.tx, countyId)
  const counted = { countyId, unitId: countyId, onDay: '2020-11-01', ageFrom: 0, ageTo: 100, people }
  await writePopulation(
    pen.tx,
    actId,
    (['resident', 'registered'] as const).map((basis) => ({
      ...counted,
      basis,
      vintage: '2021-05-11',
      source: '普查',
    })),
  )
}

/** An institution, with forty pupils in each grade named. */
export async function addInstitution(
  { tx }: Pen,
  institutionId: number,
  name: string,
  more: Partial<Institution>,
  grades: readonly ('P1' | 'P2' | 'J1' | 'S1' | 'X')[] = [],
): Promise<void> {
  const countyId = more.countyId ?? large
  const actId = await act(tx, countyId)
  await writeInstitutions(tx, actId, [
    {
      countyId,
      institutionId,
      code: `2141${String(institutionId).padStart(6, '0')}`,
      name,
      kind: 'primary-school',
      stages: ['primary'],
      sector: 'public',
      publicInterest: false,
      townshipCentral: false,
      boarding: false,
      urbanRural: '111',
      unitId: countyId === large ? street : countyId,
      from: beginning,
      ...more,
    },
  ])
  await writeEnrolment(
    tx,
    actId,
    grades.map((grade) => ({ countyId, institutionId, schoolYear: 2024, grade, classes: 2, pupils })),
  )
}

/** Senior classrooms of an institution, each campus its own. */
export async function addRooms(
  { tx }: Pen,
  institutionId: number,
  rooms: number,
  more: Partial<Premises> = {},
): Promise<void> {
  const actId = await act(tx, large)
  await writePremises(tx, actId, [
    {
      ...{ countyId: large, institutionId, campusNo: 1, campusName: '本部', stage: 'senior' },
      ...{ rooms, from: beginning },
      ...more,
    },
  ])
}

/** A school becomes a member of the county's group of schools. */
export async function joinGroup({ tx }: Pen, institutionId: number): Promise<void> {
  const actId = await act(tx, large)
  const member = { countyId: large, tree: 'school-group', unitId: group, institutionId } as const
  await writeMemberships(tx, actId, [{ ...member, role: 'member', from: beginning }])
}

let entries = 0

/** Enters an approved filing: of a county by event, or of a period; the same subject and period again replaces it. */
export async function file(
  { tx, plan }: Pen,
  formId: string,
  of: { county?: number; institution?: number; period?: string },
  once: Answers,
  lines: readonly Answers[] = [],
): Promise<void> {
  const form = plan.forms.get(formId)!
  const countyId = of.county ?? large
  const kind = of.institution ? 'institution' : 'county'
  const subject: Subject = { countyId, kind, id: of.institution ?? countyId, name: '' }
  const period = { id: of.period ?? `e${++entries}`, dueOn: null }
  const filingId = await openFiling(tx, form, period, subject, '测试')
  const { filing } = (await findFiling(tx, filingId))!
  await enterFiling(tx, filing, form, {
    once,
    lines: lines.map((answers, at) => ({ line: at + 1, answers })),
  })
}

export const term = { from: '2024-09-01', to: '2025-08-31' }

export function agree(
  pen: Pen,
  kind: string,
  helper: number,
  helped: number,
  days: object = term,
  county?: number,
) {
  const doc = '平教体〔2024〕2号'
  return file(pen, 'pairing-agreement', { ...(county && { county }) }, { kind, helper, helped, doc, ...days })
}

export function recognise(
  pen: Pen,
  kind: string,
  of: number,
  days: object = { from: term.from },
  county?: number,
) {
  const doc = '平教体〔2024〕1号'
  return file(pen, 'recognition', { ...(county && { county }) }, { kind, school: of, doc, ...days })
}

/** What a school says of its grades at the end of a school year. */
export function schoolYear(
  pen: Pen,
  institution: number,
  grades: readonly string[],
  but: { once?: Answers; grade?: Answers; county?: number } = {},
) {
  return file(
    pen,
    'school-education-year',
    { institution, period: '2024', ...(but.county && { county: but.county }) },
    { committee: 'yes', 'committee-on': '2023-09-20', ...but.once },
    grades.map((grade) => ({
      grade,
      'grade-committee': 'yes',
      'class-committees': 2,
      'art-pupils': pupils,
      assessed: pupils,
      ...but.grade,
    })),
  )
}

/** Every item of a county owned, but for what is said otherwise of one. */
export function ownItems(pen: Pen, county: number, but: Answers = {}) {
  const items = pen.plan.measures.flatMap((measure) => measure.items.map(({ id }) => id.toLowerCase()))
  const owned = { lead: '教体局', person: '张三 副局长', measure: '按方案实施', due: '2027-12-31' }
  return file(
    pen,
    'item-owner',
    { county, period: '2024' },
    {},
    items.map((item) => ({ item, ...owned, ...(but.item === item && but) })),
  )
}

export function planInspections(pen: Pen, county: number, without?: string) {
  const lines = pen.plan.measures.map(({ id }) => ({ measure: id.toLowerCase(), mode: 'schools' }))
  return file(
    pen,
    'inspection-plan',
    { county, period: '2024' },
    {},
    lines.filter(({ measure }) => measure !== without),
  )
}

export function openCentre(pen: Pen, county: number, but: object = {}) {
  const functions = { assess: 'yes', guide: 'yes', train: 'yes', lend: 'yes' }
  return file(pen, 'resource-centre', { county }, { from: term.from, ...functions, ...but })
}

export function project(name: string, inPlan: 'yes' | 'no'): Answers {
  const doc = inPlan === 'yes' ? { 'plan-doc': '叶县“十五五”规划纲要 第八章' } : {}
  return { name, 'registered-on': '2024-10-01', 'in-plan': inPlan, ...doc }
}
