import { stages } from '../../kernel/stage.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Institution } from '../../records/registry/institution.ts'
import type { Premises } from '../../records/registry/premises.ts'
import {
  type InstitutionHistory,
  institutionHistory,
} from '../../records/registry/reads/institution-history.ts'
import { listPremises } from '../../records/registry/reads/list-premises.ts'
import { listCounties } from '../../records/registry/reads/list-units.ts'
import { readEnrolment, readStaff } from '../../records/registry/reads/read-filings.ts'
import type { Fact, GradeYear, InstitutionFile } from './contract.ts'
import { listBelonging, placeWords, readDay } from './store.ts'
import { basisOf, entryOn, factsOf, historyOf, whyNotOpen } from './tell-history.ts'

/** 一校一档 — all the books say of an institution on the day they are read; undefined when it is not in sight. */
export async function institutionFile(
  tx: Tx,
  institutionId: number,
): Promise<Omit<InstitutionFile, 'mayAct'> | undefined> {
  const history = await institutionHistory(tx, institutionId)
  if (history.entries.length === 0) return undefined
  const asOf = await readDay(tx)
  const entry = entryOn(history.entries, asOf) ?? lastKnown(history.entries, asOf)
  const only = { institutionIds: [institutionId] }
  const premises = await listPremises(tx, only.institutionIds)
  const staff = await readStaff(tx, only)
  const counties = await listCounties(tx)
  return {
    asOf,
    institutionId,
    countyId: entry.countyId,
    county: counties.find(({ countyId }) => countyId === entry.countyId)?.name ?? '',
    name: entry.name,
    code: entry.code,
    notOpen: whyNotOpen(history.entries, asOf) ?? null,
    facts: [...factsOf(history, entry), ...(await placeFacts(tx, history, entry))],
    stages: [...entry.stages],
    premises: premises.toSorted(byCampusAndStage).map((campus) => ({
      campus: campus.campusName,
      stage: campus.stage,
      rooms: campus.rooms ?? null,
      approvedCapacity: campus.approvedCapacity ?? null,
      boardingBeds: campus.boardingBeds ?? null,
      since: campus.from,
    })),
    enrolment: await gradeYears(tx, institutionId),
    teachers: staff.map(({ schoolYear, stage, subject, teachers }) => ({
      schoolYear,
      stage,
      subject,
      teachers,
    })),
    memberships: await listBelonging(tx, institutionId),
    history: historyOf(history, asOf),
  }
}

/** The entry nearest to the day: the last one that began before it, else the first to come. */
function lastKnown(entries: readonly Institution[], day: string): Institution {
  return entries.findLast(({ from }) => from <= day) ?? (entries[0] as Institution)
}

function byCampusAndStage(one: Premises, other: Premises): number {
  return one.campusNo - other.campusNo || stages.indexOf(one.stage) - stages.indexOf(other.stage)
}

async function gradeYears(tx: Tx, institutionId: number): Promise<GradeYear[]> {
  const filed = await readEnrolment(tx, { institutionIds: [institutionId] })
  return filed.map(({ schoolYear, grade, pupils, boys, girls, classes, largestClass }) => ({
    schoolYear,
    grade,
    pupils,
    boys: boys ?? null,
    girls: girls ?? null,
    classes: classes ?? null,
    largestClass: largestClass ?? null,
  }))
}

/** Where it stands and to which school it belongs: both are other entries of the books. */
async function placeFacts(tx: Tx, history: InstitutionHistory, entry: Institution): Promise<Fact[]> {
  const basis = basisOf(history, entry, ({ unitId }) => unitId)
  const place = { zh: '所在地', value: await placeWords(tx, entry.unitId), ...basis }
  const { parentInstitutionId } = entry
  if (!parentInstitutionId) return [place]
  const parent = entryOn((await institutionHistory(tx, parentInstitutionId)).entries, entry.from)
  const belongs = basisOf(history, entry, (each) => each.parentInstitutionId)
  return [place, { zh: '所属学校', value: parent?.name ?? String(parentInstitutionId), ...belongs }]
}
