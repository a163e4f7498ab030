import { createHash, randomBytes } from 'node:crypto'
import { granted, type Result, refused } from '../../../kernel/result.ts'
import type { Client } from '../../../platform/access/client.ts'
import type { Queryable } from '../../../platform/db/open-database.ts'
import type { Vault } from '../../../platform/vault/vault.ts'
import type { ComplaintBody } from '../complaint-contract.ts'
import { leaveForStranger } from './leave-for-strangers.ts'
import { aboutComplaint, type ComplaintField } from './sealed-complaints.ts'

/** 回执号的字 — no letters or figures that are mistaken for each other when they are read out. */
const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const receiptLength = 16

/** 受理回执号 — sixteen letters nobody guesses, written in fours. */
function newReceipt(): string {
  const drawn: string[] = []
  while (drawn.length < receiptLength)
    for (const byte of randomBytes(receiptLength)) {
      // Bytes past the last whole round would favour the first letters.
      if (byte < 256 - (256 % letters.length)) drawn.push(letters[byte % letters.length]!)
    }
  return drawn
    .slice(0, receiptLength)
    .join('')
    .replace(/(.{4})(?=.)/g, '$1-')
}

/** 回执指纹 — the same however it was typed: small letters, blanks and dashes do not count. */
export function receiptHash(receipt: string): string {
  return createHash('sha256')
    .update(receipt.toUpperCase().replace(/[^0-9A-Z]/g, ''))
    .digest('hex')
}

/**
 * 提交投诉 — seals what was written and keeps it for the county; the receipt number is told once.
 *
 * Who names no county of this platform is told so and has not come: only what can be taken is counted.
 * `own`: the platform's own part of the transaction, as whoever hands in belongs to no county.
 */
export async function handIn(
  own: Queryable,
  vault: Vault,
  client: Pick<Client, 'address' | 'network'>,
  body: ComplaintBody & { readonly receivedOn: string },
): Promise<Result<{ receipt: string }>> {
  const { countyId } = body
  const { rows: known } = await own.query(
    "select from registry.county where county_id = $1 and kind = 'county'",
    [countyId],
  )
  if (known.length === 0) return noCounty()
  const wait = await leaveForStranger(own, 'submit', client)
  if (wait) return wait
  const { rows } = await own.query(
    "select nextval(pg_get_serial_sequence('complaints.complaint', 'complaint_id'))::float8 as id",
  )
  const complaintId = rows[0].id as number
  const salt = randomBytes(32)
  const seal = (field: ComplaintField, text: string | undefined) =>
    text === undefined
      ? null
      : vault.seal(text.trim(), aboutComplaint(field, { countyId, complaintId, salt }))
  const receipt = newReceipt()
  await own.query(
    `insert into complaints.complaint (county_id, complaint_id, receipt_hash, rule, salt, school_sealed, words_sealed,
       contact_sealed, received_on) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[countyId, complaintId, receiptHash(receipt), body.rule ?? null, salt],
      ...[
        await seal('school', body.school),
        await seal('words', body.words),
        await seal('contact', body.contact),
      ],
      body.receivedOn,
    ],
  )
  return granted({ receipt })
}

function noCounty() {
  return refused({
    code: 'supervision.complaint-nowhere',
    text: '没有收下—所选的县（市、区）不归本平台—请从列表里选择学校所在的县（市、区）。',
  })
}
