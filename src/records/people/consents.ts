import { sql } from 'kysely'
import { granted, type Result, refused } from '../../kernel/result.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Vault } from '../../platform/vault/vault.ts'
import { ageOfOwnConsent, childrenNotices, isUnderFourteen } from './children-notice.ts'
import { readField } from './read-person.ts'

export const consentChannels = { paper: '纸质签字', online: '网上签署', 'in-person': '当面办理' } as const
export type ConsentChannel = keyof typeof consentChannels

/** 同意书 — who consented for a child to which notice, and whether it still stands. */
export interface Consent {
  readonly consentId: number
  readonly guardianId: number
  readonly noticeVersion: string
  readonly givenAt: string
  readonly channel: ConsentChannel
  readonly receivedBy: string
  readonly withdrawnAt: string | null
}

/** 待登记同意书. */
export interface NewConsent {
  readonly countyId: number
  readonly childId: number
  readonly guardianId: number
  readonly noticeVersion: string
  readonly channel: ConsentChannel
  readonly receivedBy: string
  /** The day it is given; decides whether a guardian’s consent is needed. */
  readonly day: string
}

/** 登记同意 — of a guardian on record, for a child under 14, once per notice while it stands. */
export async function giveConsent(tx: Tx, vault: Vault, consent: NewConsent): Promise<Result<Consent>> {
  const { countyId, childId, guardianId, noticeVersion, channel, receivedBy, day } = consent
  if (!childrenNotices.some(({ version }) => version === noticeVersion))
    return refused({
      code: 'people.notice-unknown',
      text: `没有“${noticeVersion}”这个版本的告知书。请选择现行版本，再请监护人签署。`,
    })
  const born = (await readField(tx, vault, childId, 'birth'))?.plain
  if (born !== undefined && !isUnderFourteen(born, day))
    return refused({
      code: 'people.consent-not-needed',
      text: `这个学生已满 ${ageOfOwnConsent} 周岁，由本人同意即可，不用监护人代签。`,
    })
  if (!(await isGuardian(tx, countyId, childId, guardianId, day)))
    return refused({
      code: 'people.consent-not-guardian',
      text: '签署人没有登记为这个孩子的监护人，不能代签。请先登记监护关系。',
    })
  const { rows } = await sql<Consent>`
    insert into people.consent (county_id, child_id, guardian_id, notice_version, given_at, channel, received_by)
    values (${countyId}, ${childId}, ${guardianId}, ${noticeVersion}, now(), ${channel}, ${receivedBy})
    on conflict (county_id, child_id, guardian_id, notice_version) where withdrawn_at is null do nothing
    returning ${columns}`.execute(tx)
  return rows[0]
    ? granted(rows[0])
    : refused({
        code: 'people.consent-already-given',
        text: '这位监护人已经签过这一版告知书，不用再签。撤回后才能重签。',
      })
}

/** 撤回同意 — keeps the record that it was given; refused when none stands. */
export async function withdrawConsent(
  tx: Tx,
  countyId: number,
  childId: number,
  consentId: number,
  withdrawnBy: string,
): Promise<Result<Consent>> {
  const { rows } = await sql<Consent>`
    update people.consent set withdrawn_at = now(), withdrawn_by = ${withdrawnBy}
     where county_id = ${countyId} and child_id = ${childId} and consent_id = ${consentId} and withdrawn_at is null
     returning ${columns}`.execute(tx)
  return rows[0]
    ? granted(rows[0])
    : refused({
        code: 'people.consent-not-there',
        text: '没有仍然有效的同意书可以撤回：可能已经撤回过。请刷新页面核对。',
      })
}

/** 同意书列表 — of a child, the latest first. */
export async function listConsents(tx: Tx, countyId: number, childId: number): Promise<Consent[]> {
  const { rows } = await sql<Consent>`
    select ${columns} from people.consent where county_id = ${countyId} and child_id = ${childId}
     order by given_at desc, consent_id desc`.execute(tx)
  return rows
}

const columns = sql`consent_id as "consentId", guardian_id as "guardianId", notice_version as "noticeVersion",
  given_at as "givenAt", channel, received_by as "receivedBy", withdrawn_at as "withdrawnAt"`

async function isGuardian(
  tx: Tx,
  countyId: number,
  childId: number,
  guardianId: number,
  day: string,
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from people.guardian_link where county_id = ${countyId} and child_id = ${childId}
       and guardian_id = ${guardianId} and valid @> ${day}::date`.execute(tx)
  return rows.length > 0
}
