import { sql } from 'kysely'
import { granted, type Result, refused } from '../../kernel/result.ts'
import { stageOfGrade } from '../../kernel/stage.ts'
import { reaches } from '../../platform/access/policy.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type NotFound, notFound } from '../../platform/http/route.ts'
import { type Books, bookDay } from '../../records/books.ts'
import { findByDocument } from '../../records/people/find-people.ts'
import { readIdentityDocument } from '../../records/people/identity/identity-document.ts'
import { readPersonName } from '../../records/people/identity/person-name.ts'
import { writeEnrolmentRecords, writePeople } from '../../records/people/write-people.ts'
import { findInstitution } from '../../records/registry/reads/list-institutions.ts'
import type { NewPupilBody } from './contract.ts'

/** 登记学生 — into a school within the visitor's scope; who stands in the county's book already is put on the roll, not entered twice. */
export async function enterPupil(
  tx: Tx,
  { vault, site }: Pick<Books, 'vault' | 'site'>,
  visitor: Visitor,
  body: NewPupilBody,
): Promise<Result<{ personId: number; corrections: string[] }> | NotFound> {
  const { institutionId, grade, classNo, from } = body
  const school = await findInstitution(tx, institutionId)
  const counties = school && [school.countyId]
  const stages = [stageOfGrade(grade) ?? '']
  if (!reaches(visitor, { counties, institution: institutionId, stages })) return notFound
  if (!school)
    return refused({
      code: 'people.school-not-open',
      text: `学校在 ${from} 不在办，或不在您的管辖范围内，不能登记学籍。请核对学校和入学日期。`,
    })
  const document = readIdentityDocument(body.documentKind, body.document, bookDay(site), site.synthetic)
  if (!document.ok) return document
  const name = readPersonName(body.name)
  if (!name.ok) return name
  const { countyId } = school
  const { number } = document.value
  const known = (await findByDocument(tx, vault, countyId, [number])).get(number)
  if (known !== undefined && (await onRoll(tx, countyId, known, from)))
    return refused({
      code: 'people.already-on-roll',
      text: `证件号相同的学生在 ${from} 已有学籍—一个孩子同一天只能在一所学校—请先由原学校办理转出，再登记。`,
    })
  const { kind: documentKind, bornOn, sex } = document.value
  const { phone, address } = body
  const personId =
    known ??
    (
      await writePeople(
        tx,
        vault,
        [{ countyId, documentKind, document: number, name: name.value, bornOn, sex, phone, address }],
        visitor.name,
      )
    )[0]!
  await writeEnrolmentRecords(tx, [{ countyId, personId, institutionId, grade, classNo, from }], visitor.name)
  return granted({ personId, corrections: [...document.corrections, ...name.corrections] })
}

/** Anywhere in the county from that day on, another school's roll included: only that it is so is learned, not where. */
async function onRoll(tx: Tx, countyId: number, personId: number, from: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from people.enrolment_record
     where county_id = ${countyId} and person_id = ${personId} and valid && daterange(${from}::date, null)
     limit 1`.execute(tx)
  return rows.length > 0
}
