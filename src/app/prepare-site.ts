import { join } from 'node:path'
import type pg from 'pg'
import { buildCity } from '../demo/build-city.ts'
import { lastYear } from '../demo/city-rolls.ts'
import { loadDemoChildren } from '../demo/demo-children.ts'
import { loadDemoFilings } from '../demo/demo-filings.ts'
import { loadCity } from '../demo/load-city.ts'
import { Fault } from '../kernel/fault.ts'
import { censusDay } from '../kernel/school-year.ts'
import { loadPlan } from '../plan/index.ts'
import { changeSignInRule, readSignInRule } from '../platform/access/sign-in-rule.ts'
import type { Report } from '../platform/jobs/jobs.ts'
import { keyFilePath } from '../platform/vault/key-file.ts'
import { loadDivisions } from '../records/divisions/load-divisions.ts'
import { analyseBooks } from '../records/registry/analyse-books.ts'
import { readSite, writeSite } from '../records/registry/site.ts'
import type { Connected } from './connect.ts'
import { dataFolder, root } from './data-folder.ts'
import { createDemonstrationAccounts, nameDemonstrationUsers } from './demonstration-accounts.ts'
import { openSiteVault } from './open-site-vault.ts'

/** 建库选择 — a demonstration city of a size, or an empty real site, under a plan layer. */
export interface SiteChoice {
  readonly empty: boolean
  readonly size: 'city' | 'hamlet'
  readonly planLayer: string
  /** Where the key file lies, as `--data` says. */
  readonly data?: string | undefined
}

/** 建库 — fills a new database once; a later start finds it filled and only checks that it is what was asked for. */
export async function prepareSite(connected: Connected, choice: SiteChoice, report: Report): Promise<void> {
  const { owner: db } = connected
  const site = await readSite(db.pool)
  if (site) {
    if (choice.empty && site.synthetic) {
      throw new Fault(
        '这份数据里已有演示城市，不能再当真实站点。请为真实站点另选目录：npm start -- --empty --data 新目录',
      )
    }
    return
  }
  await clearUnfinished(db.pool)
  if (choice.empty) {
    // A real site begins under 等保三级; its security administrator may ease it.
    await changeSignInRule(
      db.pool,
      { ...(await readSignInRule(db.pool)), passwordProfile: 'djbh' },
      'first-start',
    )
    await loadDivisions(db, join(root, 'data'), { planLayer: choice.planLayer, onProgress: report })
    await analyseBooks(db.pool)
    return
  }
  report(0, 1, '生成演示城市（合成数据）')
  const city = buildCity({ size: choice.size, seed: 20_240_822 })
  await loadCity(db, city, report)
  report(0, 1, '生成演示学生（合成数据，身份号码以 99 开头）')
  const vault = await openSiteVault(db.pool, keyFilePath(dataFolder(choice.data)))
  await loadDemoChildren(db, vault, city.seed, censusDay(lastYear))
  report(0, 1, '生成演示填报（合成数据）')
  await loadDemoFilings(db, loadPlan(join(root, 'plan'), choice.planLayer), city.seed, censusDay(lastYear))
  await analyseBooks(db.pool)
  await createDemonstrationAccounts(db.pool)
  await nameDemonstrationUsers(db.pool)
  await writeSite(db.pool, {
    cityId: city.cityId,
    planLayer: choice.planLayer,
    synthetic: true,
    size: choice.size,
    seed: 20_240_822,
  })
}

/** The site's own row is written last: without it, whatever stands in the registry is half of a loading that was killed. */
async function clearUnfinished(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query(
    "select string_to_array(string_agg(format('%I.%I', schemaname, tablename), ','), ',') as tables from pg_tables where schemaname in ('registry', 'series')",
  )
  await pool.query(`truncate ${(rows[0].tables as string[]).join(', ')}, access.account cascade`)
}
