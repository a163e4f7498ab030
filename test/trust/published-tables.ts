import assert from 'node:assert/strict'
import type pg from 'pg'
import { smallestCell } from '../../src/platform/disclosure/suppress-cells.ts'
import { attackTables, type Equation } from './attack-tables.ts'

/** S16 — what was attacked and what fell. */
export interface AttackFigures {
  /** Tables of one year and stage in which something had to be withheld. */
  readonly tables: number
  readonly smallCells: number
  readonly withheld: number
  /** Small cells that were shown, worked out to the last child, or known to be below the minimum. */
  readonly fallen: readonly string[]
}

interface Row {
  readonly county: number
  readonly year: number
  readonly stage: string
  readonly grade: string
  /** As the view shows it; null where withheld. */
  readonly shown: number | null
  readonly truth: number
  /** Nobody doubts that a school has a pupil. */
  readonly least: number
}

/**
 * 攻击分析视图 — takes everything the views of `bi` show, adds every total of the city that a yearbook could print
 * (by year and grade, by year and stage), subtracts, and counts the small cells that fall. Years share no cell, so
 * that sums over several of them add nothing to what each gives away.
 *
 * With `countyTotals` the reader also has each county's total of a stage: then no small cell may be known exactly.
 */
export async function attackPublished(owner: pg.Pool, countyTotals: boolean): Promise<AttackFigures> {
  const rows = [...(await pupils(owner)), ...(await teachers(owner))]
  const tables = [...Map.groupBy(rows, ({ year, stage }) => `${year}/${stage}`).values()]
  const attacked = tables.map((table) => attackOne(table, countyTotals))
  return {
    tables: attacked.filter(({ withheld }) => withheld > 0).length,
    smallCells: attacked.reduce((sum, each) => sum + each.smallCells, 0),
    withheld: attacked.reduce((sum, each) => sum + each.withheld, 0),
    fallen: attacked.flatMap(({ fallen }) => fallen),
  }
}

const nameOf = ({ county, grade }: Row) => `${county}/${grade}`
const isSmall = ({ truth }: Row) => truth >= 1 && truth < smallestCell

function attackOne(rows: readonly Row[], countyTotals: boolean) {
  const small = rows.filter(isSmall)
  const hidden = rows.filter(({ shown }) => shown === null)
  // Yearbook total minus all that is shown: the sum of what is hidden.
  const equationOf = (cells: readonly Row[]): Equation => ({
    cells: cells.map(nameOf),
    sum: cells.reduce((sum, { truth }) => sum + truth, 0),
  })
  const equations = [
    ...[...Map.groupBy(hidden, ({ grade }) => grade).values()].map(equationOf),
    ...(countyTotals ? totalsOfCounties(hidden).map(equationOf) : []),
    equationOf(hidden),
  ]
  const bounds = attackTables(equations, new Map(hidden.map((row) => [nameOf(row), row.least])))
  const falls = (row: Row) => {
    if (row.shown !== null) return true
    const [least, most] = bounds.get(nameOf(row))!
    assert.ok(least <= row.truth && row.truth <= most, `the attacker erred at ${nameOf(row)}`)
    return countyTotals ? least === most : most < smallestCell
  }
  const fallen = small.filter(falls).map((row) => `${row.year} ${nameOf(row)}: ${row.truth}`)
  return { smallCells: small.length, withheld: hidden.length, fallen }
}

/** Of a county with one cell the total would be the cell itself: whoever prints that gives away what is his. */
function totalsOfCounties(hidden: readonly Row[]): Row[][] {
  return [...Map.groupBy(hidden, ({ county }) => county).values()].filter((cells) => cells.length > 1)
}

async function pupils(owner: pg.Pool): Promise<Row[]> {
  const { rows } = await owner.query<Row>(`
    select v.county_id as county, v.school_year as year, v.stage, v.grade, v.pupils::int as shown,
           sum(e.pupils)::int as truth, least(sum(e.pupils), v.institutions)::int as least
      from bi.enrolment v join registry.enrolment e using (county_id, school_year, grade)
     where e.known_to = 'infinity' and (e.held is null or e.held @> current_date)
     group by 1, 2, 3, 4, 5, v.institutions`)
  return rows
}

async function teachers(owner: pg.Pool): Promise<Row[]> {
  const { rows } = await owner.query<Row>(`
    select v.county_id as county, v.school_year as year, 'teachers/' || v.stage as stage, v.stage as grade,
           v.teachers::int as shown, sum(s.teachers)::int as truth, least(sum(s.teachers), 1)::int as least
      from bi.staff v join registry.staff_count s using (county_id, school_year, stage)
     where s.subject = 'all' and s.known_to = 'infinity' and (s.held is null or s.held @> current_date)
     group by 1, 2, 3, 4, 5`)
  return rows
}

/**
 * 造表 — so many invented years of a city of `counties` counties, three grades and a teaching staff each, small counts
 * among large ones: every year is a table of its own to be attacked.
 */
export async function inventYears(owner: pg.Pool, counties: number, years: number): Promise<void> {
  await owner.query(
    `insert into registry.county (county_id, code, name, kind, city_id)
     select 990000 + n, 990000 + n, '试验县' || n, 'county', 990000 from generate_series(1, $1) n`,
    [counties],
  )
  await owner.query('select setseed(0.42)')
  await owner.query(
    `with act as (
       insert into registry.act (county_id, kind, doc_number, decided_on, effective_on, recorded_by)
       select 990000 + n, 'load', '试验', current_date, current_date, '试验' from generate_series(1, $1) n
       returning county_id, act_id),
     pupils as (
       insert into registry.enrolment (county_id, institution_id, school_year, grade, classes, pupils, act_id)
       select county_id, county_id, 1990 + year, 'P' || grade, 1,
              case when random() < 0.12 then ceil(random() * 9) else 10 + floor(random() * 60) end, act_id
         from act, generate_series(1, $2) year, generate_series(1, 3) grade returning 1)
     insert into registry.staff_count (county_id, institution_id, school_year, stage, subject, teachers, act_id)
     select county_id, county_id, 1990 + year, 'primary', 'all',
            case when random() < 0.15 then ceil(random() * 9) else 10 + floor(random() * 60) end, act_id
       from act, generate_series(1, $2) year`,
    [counties, years],
  )
}
