import { sql } from 'kysely'
import type { HomePart } from '../../kernel/home-part.ts'
import { schoolYearLabel } from '../../kernel/school-year.ts'
import type { BooksHome, HomeAsking } from '../../records/books.ts'
import { institutionAccess } from './access.ts'

/** 机构工作台 — the schools somebody acts for: how many pupils they have, and how many more or fewer than the year before. */
export const institutionHome: BooksHome = {
  may: institutionAccess.read,
  cards: ['institutions.pupils'],
  gather: gatherInstitutions,
}

async function gatherInstitutions({ context: { db }, visitor, scope }: HomeAsking): Promise<HomePart> {
  const { institutions } = visitor
  if (!institutions || institutions.length === 0) return {}
  const { rows } = await db.transaction(scope, (tx) =>
    sql<{ year: number; pupils: number; schools: number }>`
      select school_year as year, sum(pupils)::integer as pupils,
             count(distinct institution_id)::integer as schools
        from book.enrolment where institution_id = any (${institutions}::bigint[])
       group by school_year order by school_year desc limit 2`.execute(tx),
  )
  const [last, before] = rows
  return {
    cards: [
      {
        id: 'institutions.pupils',
        zh: institutions.length === 1 ? '本校（园）在校生' : `${institutions.length} 所学校在校生`,
        count: last?.pupils ?? null,
        unit: '人',
        change: last ? changeOf(last, before) : '台账里还没有在校生数，应由学校报送',
        light: 'none',
        act:
          institutions.length === 1
            ? { zh: '看一校一档', to: `/institutions/${institutions[0]}` }
            : { zh: '看机构', to: '/institutions' },
      },
    ],
  }
}

interface Counted {
  readonly year: number
  readonly pupils: number
  readonly schools: number
}

/** Two years are compared only where the same number of schools filed. */
function changeOf(last: Counted, before: Counted | undefined): string {
  const year = schoolYearLabel(last.year)
  if (!before || before.year !== last.year - 1 || before.schools !== last.schools)
    return `${year}，没有上一学年的数可比`
  const more = last.pupils - before.pupils
  return `${year}，比上一学年${more === 0 ? '持平' : more > 0 ? `多 ${more} 人` : `少 ${-more} 人`}`
}
