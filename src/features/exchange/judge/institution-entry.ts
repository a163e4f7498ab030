import type { Stage } from '../../../kernel/stage.ts'
import type { Institution } from '../../../records/registry/institution.ts'
import type { Premises } from '../../../records/registry/premises.ts'
import type { KnownBooks, KnownUnit } from './known-books.ts'
import type { FieldRow } from './read-rows.ts'

/** 机构的一行 — the institution, and its premises on one campus for one stage; what a cell leaves empty is absent. */
export interface InstitutionEntry {
  readonly countyId: number
  /** 0 for an institution the book does not know yet. */
  readonly institutionId: number
  readonly code: string
  readonly stage: Stage
  readonly openedOn?: string
  readonly institution: Partial<Institution> & Pick<Institution, 'countyId' | 'name' | 'kind' | 'unitId'>
  readonly premises: Partial<Premises> & Pick<Premises, 'campusNo'>
}

/** 机构行转条目 — the fields of a row as an institution and its premises; undefined when a required one is missing. */
export function institutionEntry(
  row: FieldRow,
  unit: KnownUnit,
  known: KnownBooks,
): InstitutionEntry | undefined {
  const { code, name, kind, stage, openedOn } = row.values
  if ([code, name, kind, stage].some((value) => typeof value !== 'string')) return undefined
  const institutionId = known.institutionByCode.get(code as string) ?? 0
  return {
    countyId: unit.countyId,
    institutionId,
    code: code as string,
    stage: stage as Stage,
    ...(typeof openedOn === 'string' && { openedOn }),
    institution: {
      countyId: unit.countyId,
      unitId: unit.unitId,
      name: name as string,
      kind: kind as Institution['kind'],
      ...given(row, [
        'sector',
        'profitStatus',
        'publicInterest',
        'townshipCentral',
        'boarding',
        'urbanRural',
      ]),
      ...parentOf(row, known),
    },
    premises: {
      campusNo: (row.values.campusNo as number | undefined) ?? 1,
      ...given(row, ['campusName', 'rooms', 'approvedCapacity', 'boardingBeds', 'lng', 'lat']),
    },
  }
}

function given(row: FieldRow, keys: readonly string[]): Record<string, never> {
  return Object.fromEntries(
    keys.flatMap((key) => (row.values[key] === undefined ? [] : [[key, row.values[key]]])),
  ) as Record<string, never>
}

/** A parent the book does not know yet stands in the same file, or the row is refused: see `judgeInstitutionsTogether`. */
function parentOf(row: FieldRow, known: KnownBooks): Pick<Institution, 'parentInstitutionId'> {
  const { parentCode } = row.values
  if (typeof parentCode !== 'string') return {}
  return { parentInstitutionId: known.institutionByCode.get(parentCode) ?? firstIdentity(parentCode) }
}

/** 首次标识 — the identity of an institution is its first code. */
export function firstIdentity(code: string): number {
  return Number(code)
}
