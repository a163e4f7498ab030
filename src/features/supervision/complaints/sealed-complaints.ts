import { aboutStored, type SealedTable } from '../../../platform/vault/rotate-keys.ts'
import type { About } from '../../../platform/vault/vault.ts'

/** 投诉加密列 — what is sealed of a complaint; each has a salt of its own. */
export const sealedComplaints: SealedTable = {
  table: 'complaints.complaint',
  key: ['county_id', 'complaint_id'],
  salt: 'sealed.salt',
  fields: [
    { column: 'school_sealed', dataClass: 'C3' },
    { column: 'words_sealed', dataClass: 'C3' },
    { column: 'contact_sealed', dataClass: 'C3' },
  ],
}

export type ComplaintField = 'school' | 'words' | 'contact'

/** 字段位置 — as it is bound to a sealed value of the complaint's own row. */
export function aboutComplaint(
  field: ComplaintField,
  {
    countyId,
    complaintId,
    salt,
  }: { readonly countyId: number; readonly complaintId: number; readonly salt: Buffer },
): About {
  const declared = sealedComplaints.fields.find(({ column }) => column === `${field}_sealed`)!
  return aboutStored(sealedComplaints, declared, [String(countyId), String(complaintId)], salt)
}
