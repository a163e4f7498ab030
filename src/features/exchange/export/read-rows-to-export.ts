import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { importTables } from '../tables/all-tables.ts'
import type { ImportKind } from '../tables/import-table.ts'
import type { FieldValues } from './written-columns.ts'

/** 导出范围 — the transaction's scope gives counties, institutions and day; here the school year. */
export interface ExportRange {
  readonly schoolYear: number
}

/** 可直接导出的种类 — all but lists of persons, which need a second person: see the room of pupils. */
export type ExportKind = Exclude<ImportKind, 'pupils'>

export function isExportKind(kind: ImportKind): kind is ExportKind {
  return !importTables[kind].personal
}

/** 取导出行 — everything of a kind that the transaction may see, in a steady order. */
export async function readRowsToExport(tx: Tx, kind: ExportKind, range: ExportRange): Promise<FieldValues[]> {
  return (await statements[kind](range).execute(tx)).rows
}

type Statement = (range: ExportRange) => RawBuilder<FieldValues>

/** As the institution stood on the statistical day; a figure whose institution did not stand then is shown all the same. */
const institutionThen = sql`left join lateral (
    select code, name from book.institution_dates as i
     where i.county_id = e.county_id and i.institution_id = e.institution_id
     order by i.valid @> make_date(e.school_year, 9, 1) desc, lower(i.valid) desc limit 1) as institution on true`

function ofRange({ schoolYear }: ExportRange) {
  return sql`e.school_year = ${schoolYear}`
}

const enrolmentByGrade: Statement = (range) => sql`
  select e.school_year as "schoolYear", institution.code, institution.name, grade, classes, boys, girls, pupils,
         largest_class as "largestClass"
    from book.enrolment as e ${institutionThen}
   where ${ofRange(range)} order by e.county_id, institution.code, e.institution_id, grade`

const enrolmentByClass: Statement = (range) => sql`
  select e.school_year as "schoolYear", institution.code, institution.name, grade, class_no as "classNo", boys, girls,
         pupils
    from book.school_class as e ${institutionThen}
   where ${ofRange(range)} order by e.county_id, institution.code, e.institution_id, grade, class_no`

const births: Statement = () => sql`
  select unit.code as "unitCode", unit.name as "unitName", year, births, vintage, source
    from book.birth left join book.unit_last as unit using (county_id, unit_id)
   order by unit.code, unit_id, year`

const population: Statement = () => sql`
  select unit.code as "unitCode", unit.name as "unitName", on_day as "onDay", basis, age_from as "ageFrom",
         age_to as "ageTo", male, female, people, vintage, source
    from book.population left join book.unit_last as unit using (county_id, unit_id)
   order by unit.code, unit_id, on_day, basis, age_from`

const institutions: Statement = () => sql`
  select i.code, i.name, i.kind, s.stage, i.sector, i.profit_status as "profitStatus",
         i.public_interest as "publicInterest", i.township_central as "townshipCentral", i.boarding,
         i.urban_rural as "urbanRural", unit.code as "unitCode", unit.name as "unitName", parent.code as "parentCode",
         (select min(lower(valid)) from book.institution_dates as d
           where d.county_id = i.county_id and d.institution_id = i.institution_id) as "openedOn",
         p.campus_no as "campusNo", p.campus_name as "campusName", p.rooms, p.approved_capacity as "approvedCapacity",
         p.boarding_beds as "boardingBeds", p.lng, p.lat, case when p.lng is not null then 'WGS-84' end as datum
    from book.institution as i cross join unnest(i.stages) with ordinality as s (stage, place)
    left join book.premises as p
      on p.county_id = i.county_id and p.institution_id = i.institution_id and p.stage = s.stage
    left join book.unit_last as unit on unit.county_id = i.county_id and unit.unit_id = i.unit_id
    left join book.institution_last as parent
      on parent.county_id = i.county_id and parent.institution_id = i.parent_institution_id
   where access.reaches(i.county_id, i.institution_id, array[s.stage])
   order by i.county_id, i.code, s.place, p.campus_no`

const statements: Readonly<Record<ExportKind, Statement>> = {
  institutions,
  'enrolment-by-grade': enrolmentByGrade,
  'enrolment-by-class': enrolmentByClass,
  population,
  births,
}
