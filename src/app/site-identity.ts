import { sql } from 'kysely'
import { roles } from '../kernel/role.ts'
import { stageNames, stages } from '../kernel/stage.ts'
import { type Identity, isAdministrator, type RoleOffer, type Vault } from '../platform/access/identity.ts'
import { sealedFactors } from '../platform/access/sealed-factors.ts'
import { readProviders } from '../platform/access/sso/read-providers.ts'
import type { Database } from '../platform/db/open-database.ts'
import { aboutSecret } from '../platform/vault/secret-column.ts'
import type { Vault as SiteVault } from '../platform/vault/vault.ts'
import { listCounties } from '../records/registry/reads/list-units.ts'
import { searchRegistry } from '../records/registry/reads/search-registry.ts'

/** 业务角色 — every role but the platform's own keepers, limited as its level says. */
const offers: readonly RoleOffer[] = Object.entries(roles)
  .filter(([role]) => !isAdministrator(role))
  .map(([role, { zh, level }]) => ({
    role,
    zh,
    scope: level === 'institution' ? 'institution' : 'counties',
    ...(level === 'outside' && { public: true }),
  }))

/** How many of those found stand in a list to choose from. */
const offered = 20

/** 本站身份配置 — roles, places and sign-on providers of this site, lent to the platform; `vault` keeps authenticators' secrets. */
export function siteIdentity(db: Database, vault?: Vault): Identity {
  const counties = () => db.transaction({ counties: [] }, listCounties)
  const scope = async () => ({ counties: (await counties()).map(({ countyId }) => countyId) })
  return {
    ...(vault && { vault }),
    roles: offers,
    stages: stages.map((id) => ({ id, name: stageNames[id] })),
    sso: readProviders(process.env.KUOYOU_SSO, process.env),
    places: async () => (await counties()).map(({ countyId, name }) => ({ id: countyId, name })),
    findInstitutions: (text) => find('institution', text),
    findUnits: (text) => find('unit', text),
    institutionsExist: (ids, within) => exist('institution', ids, within),
    unitsExist: (ids, within) => exist('unit', ids, within),
  }

  async function find(book: 'institution' | 'unit', text: string) {
    const found = await db.transaction(await scope(), (tx) =>
      searchRegistry(tx, text, Number.MAX_SAFE_INTEGER),
    )
    // Counties are chosen as such; under the city stands everything.
    return found
      .filter(({ subject, kind }) => subject === book && kind !== 'county' && kind !== 'city')
      .slice(0, offered)
      .map(({ id, name, countyId }) => ({ id, name, countyId }))
  }

  async function exist(book: 'institution' | 'unit', ids: readonly number[], within: readonly number[]) {
    const { rows } = await db.transaction({ counties: within }, (tx) =>
      sql<{ count: number }>`
        select count(distinct ${sql.ref(`${book}_id`)})::int as count from ${sql.table(`book.${book}`)}
         where ${sql.ref(`${book}_id`)} = any (${[...ids]})`.execute(tx),
    )
    return rows[0]?.count === new Set(ids).size
  }
}

/** 密封账号秘密 — the site's vault as the platform's accounts use it: an authenticator's secret belongs to its factor. */
export function secretsVault(vault: SiteVault): Vault {
  return {
    seal: (plain, factorId) => vault.seal(plain, aboutSecret(sealedFactors, factorId)),
    open: (sealed, factorId) => vault.open(sealed, aboutSecret(sealedFactors, factorId)),
  }
}
