import type { SealedTable } from '../../platform/vault/rotate-keys.ts'
import type { About } from '../../platform/vault/vault.ts'

const salt =
  '(select salt from people.subject_salt s where s.county_id = sealed.county_id and s.person_id = sealed.person_id)'

/** 加密列 — every sealed column of the book: what a rotation of keys goes through. */
export const sealedTables: readonly SealedTable[] = [
  {
    table: 'people.person',
    key: ['county_id', 'person_id'],
    salt,
    fields: [
      { column: 'document_sealed', dataClass: 'C3', index: 'document_index' },
      { column: 'name_sealed', dataClass: 'C3', index: 'name_index' },
      { column: 'birth_sealed', dataClass: 'C3' },
      { column: 'phone_sealed', dataClass: 'C3', index: 'phone_index' },
      { column: 'address_sealed', dataClass: 'C3' },
    ],
  },
  {
    table: 'people_sealed.condition',
    key: ['county_id', 'condition_id'],
    salt,
    fields: [{ column: 'content_sealed', dataClass: 'C4' }],
  },
]

/** 人员字段 — what is sealed about a person. */
export const personFields = ['document', 'name', 'birth', 'phone', 'address'] as const
export type PersonField = (typeof personFields)[number]

/** 字段位置 — as it is bound to a sealed value of the person's own row. */
export function aboutField(field: PersonField, countyId: number, personId: number, salt: Buffer): About {
  return { ...indexOf(field), row: `${countyId}/${personId}`, salt }
}

/** 索引位置 — of a field that can be searched. */
export function indexOf(field: PersonField): { dataClass: string; place: string } {
  return { dataClass: 'C3', place: `people.person.${field}_sealed` }
}

/** 敏感情况位置 — as it is bound to a sealed condition. */
export function aboutCondition(countyId: number, conditionId: number, salt: Buffer): About {
  return {
    dataClass: 'C4',
    place: 'people_sealed.condition.content_sealed',
    row: `${countyId}/${conditionId}`,
    salt,
  }
}
