import type pg from 'pg'
import { createAccount } from '../platform/access/account.ts'

/** 演示角色 — the accounts of a demonstration site: the city's planner, an officer of each county, one school's clerk. */
export async function createDemonstrationAccounts(pool: pg.Pool): Promise<void> {
  const counties = (
    await pool.query('select county_id as id, name, kind from registry.county order by county_id')
  ).rows as {
    id: number
    name: string
    kind: 'city' | 'county'
  }[]
  await createAccount(pool, {
    account: 'city',
    name: '市教体局规划财务科',
    role: 'city-planning-finance',
    counties: counties.map(({ id }) => id),
    demonstration: true,
  })
  for (const { id, name } of counties.filter(({ kind }) => kind === 'county')) {
    await createAccount(pool, {
      account: `county-${id}`,
      name: `${name}${dutyHolder(name)}`,
      role: 'county-bureau',
      counties: [id],
      demonstration: true,
    })
  }
  await createSchoolClerk(pool)
}

/** The paper is addressed to county education-and-sports bureaus and to one holder of county duties that is none: 高新区农社局. */
function dutyHolder(county: string): string {
  return county.includes('高新') ? '农社局' : '教体局'
}

async function createSchoolClerk(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query(`
    select county_id, institution_id, name from registry.institution
     where kind = 'primary-school' and upper_inf(valid) and known_to = 'infinity' order by county_id, institution_id limit 1`)
  const school = rows[0]
  if (!school) return
  await createAccount(pool, {
    account: 'school',
    name: `${school.name} 数据员`,
    role: 'school-clerk',
    counties: [school.county_id],
    institutions: [school.institution_id],
    demonstration: true,
  })
}
