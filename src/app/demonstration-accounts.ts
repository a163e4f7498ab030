import type pg from 'pg'
import { citySections, type Role, roles } from '../kernel/role.ts'
import { createAccount } from '../platform/access/account.ts'
import { nameUser } from '../records/people/name-user.ts'

interface County {
  readonly id: number
  readonly name: string
  readonly kind: 'city' | 'county'
}

/**
 * 演示角色 — the accounts of a demonstration site: the city's sections and the departments beside them, two officers
 * of each county, the people of one school, a kindergarten's clerk, an inspector of one township's schools, a township
 * centre, and the platform's three keepers.
 */
export async function createDemonstrationAccounts(pool: pg.Pool): Promise<void> {
  const { rows: counties } = await pool.query<County>(
    'select county_id as id, name, kind from registry.county order by county_id',
  )
  const everywhere = counties.map(({ id }) => id)
  const create = (account: string, name: string, role: Role, scope: number[], institutions?: number[]) =>
    createAccount(pool, {
      account,
      name,
      role,
      counties: scope,
      ...(institutions && { institutions }),
      demonstration: true,
    })
  await create('city', roles['city-planning-finance'].zh, 'city-planning-finance', everywhere)
  for (const { id, name } of counties.filter(({ kind }) => kind === 'county'))
    await create(`county-${id}`, `${name}${dutyHolder(name)}`, 'county-bureau', [id])
  // a county's paper wants a second person's approval
  for (const { id, name } of counties.filter(({ kind }) => kind === 'county'))
    await create(`county-${id}-second`, `分管负责人（${name}${dutyHolder(name)}）`, 'county-bureau', [id])
  const kindergarten = await firstOf(pool, 'kindergarten')
  if (kindergarten)
    await create(
      'kindergarten',
      `${kindergarten.name} 数据员`,
      'school-clerk',
      [kindergarten.countyId],
      [kindergarten.institutionId],
    )
  const school = await firstOf(pool, 'primary-school')
  if (school) {
    const { countyId, institutionId, name, beside } = school
    await create('school', `${name} 数据员`, 'school-clerk', [countyId], [institutionId])
    await create('principal', `${name} 校长`, 'principal', [countyId], [institutionId])
    await create('inspector', `责任督学（${name}等 ${beside.length} 所）`, 'inspector', [countyId], beside)
  }
  await createCentreAccount(pool)
  for (const role of [...citySections, 'development-reform', 'finance'] as const)
    if (role !== 'city-planning-finance') await create(role, roles[role].zh, role, everywhere)
  for (const role of ['system-administrator', 'security-administrator', 'audit-administrator'] as const)
    await create(role, roles[role].zh, role, [])
}

/** 演示指定查阅人 — each county's officer may read the sealed conditions of its children, so that it can be seen how that works. */
export async function nameDemonstrationUsers(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ id: number }>(
    "select county_id as id from registry.county where kind = 'county'",
  )
  for (const { id } of rows)
    await nameUser(pool, {
      countyId: id,
      account: `county-${id}`,
      namedBy: '演示站点',
      reason: '演示：特殊教育专干',
      until: '2099-12-31',
    })
}

/** The paper is addressed to county education-and-sports bureaus and to one holder of county duties that is none: 高新区农社局. */
function dutyHolder(county: string): string {
  return county.includes('高新') ? '农社局' : '教体局'
}

/** An inspector looks after at most twenty schools: those beside the first of the kind. */
async function firstOf(pool: pg.Pool, kind: 'kindergarten' | 'primary-school') {
  const { rows } = await pool.query<{
    countyId: number
    institutionId: number
    name: string
    beside: number[]
  }>(
    `
    with open as (
      select * from registry.institution where upper_inf(valid) and known_to = 'infinity'
    ), first as (
      select * from open where kind = $1 order by county_id, institution_id limit 1
    )
    select first.county_id as "countyId", first.institution_id as "institutionId", first.name,
           array(select institution_id::float8 from open
                  where open.county_id = first.county_id and open.unit_id = first.unit_id
                  order by open.institution_id <> first.institution_id, open.institution_id limit 20) as beside
      from first`,
    [kind],
  )
  return rows[0]
}

/** Of a centre at which something waits that its schools handed in, or of the first. */
async function createCentreAccount(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ countyId: number; unitId: number; name: string }>(`
    select m.county_id as "countyId", m.unit_id::float8 as "unitId", u.name
      from registry.membership as m
      join registry.unit as u on u.county_id = m.county_id and u.unit_id = m.unit_id and u.known_to = 'infinity'
     where m.tree = 'township-centre' and upper_inf(m.valid) and m.known_to = 'infinity'
     order by (select count(*) from returns.filing as f
                where f.county_id = m.county_id and f.institution_id = m.institution_id
                  and f.at_level = 'township-centre') desc, m.county_id, m.institution_id limit 1`)
  for (const { countyId, unitId, name } of rows)
    await createAccount(pool, {
      ...{ account: 'township-centre', name, role: 'township-centre', demonstration: true },
      ...{ counties: [countyId], units: [unitId] },
    })
}
