import type { Params } from '../../../ui/use-api.tsx'
import { useUrlState } from '../../../ui/use-url-state.ts'

/** 名单筛选 — what the list is narrowed to, in the address; a searched number or name is not: it would stay in the browser's history. */
export interface PupilsView {
  readonly county: string
  readonly institution: string
  readonly grade: string
  readonly classNo: string
  readonly page: number
  readonly params: Params
  setInstitution(institution: string): void
  setGrade(grade: string): void
  setClassNo(classNo: string): void
  setPage(page: number): void
}

/** 名单筛选 — read from the address; the county and the day are the shell's. */
export function usePupilsView(): PupilsView {
  const [county] = useUrlState('county', '')
  const [asOf] = useUrlState('asOf', '')
  const [institution, setInstitution] = useUrlState('institution', '')
  const [grade, setGrade] = useUrlState('grade', '')
  const [classNo, setClassNo] = useUrlState('class', '')
  const [page, setPage] = useUrlState('page', '1')
  const given = Object.entries({ county, asOf, institution, grade, classNo, page }).filter(
    ([, value]) => value !== '',
  )
  return {
    county,
    institution,
    grade,
    classNo,
    page: Number(page),
    params: Object.fromEntries(given),
    setInstitution,
    setGrade,
    setClassNo,
    setPage: (next) => setPage(String(next)),
  }
}
