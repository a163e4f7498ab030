import type { InstitutionKind } from '../records/registry/institution.ts'
import type { InstitutionDraft } from './institution-draft.ts'

/** The first two digits of 学校(机构)标识码: the kind of institution. */
const prefix: Readonly<Record<InstitutionKind, number>> = {
  kindergarten: 11,
  'primary-school': 21,
  'teaching-point': 21,
  'junior-school': 31,
  'nine-year-school': 31,
  'complete-secondary': 34,
  'twelve-year-school': 34,
  'senior-high': 34,
  'vocational-school': 36,
  'specialized-school': 37,
  'special-school': 51,
}
/** Henan. */
const province = 41

/** 编标识码 — ten digits for every institution: kind, province, and a serial number within the kind. */
export function codeInstitutions(drafts: readonly InstitutionDraft[]): Map<InstitutionDraft, string> {
  const serials = new Map<number, number>()
  return new Map(
    drafts.map((draft) => {
      const kind = prefix[draft.kind]
      const serial = (serials.get(kind) ?? 0) + 1
      serials.set(kind, serial)
      return [draft, `${kind}${province}${String(serial).padStart(6, '0')}`]
    }),
  )
}
