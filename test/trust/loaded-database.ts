import { createDemonstrationAccounts } from '../../src/app/demonstration-accounts.ts'
import { buildCity } from '../../src/demo/build-city.ts'
import { loadCity } from '../../src/demo/load-city.ts'
import type { Database } from '../../src/platform/db/open-database.ts'
import { analyseBooks } from '../../src/records/registry/analyse-books.ts'
import { writeSite } from '../../src/records/registry/site.ts'
import { databaseForTests } from '../house/database-for-tests.ts'

/** Lends a database that holds the demonstration city, as its owner; it is gone afterwards. */
export async function onLoadedDatabase<T>(
  size: 'hamlet' | 'city',
  work: (db: Database) => Promise<T>,
): Promise<T> {
  const { db, close } = await databaseForTests()
  try {
    const city = buildCity({ size, seed: 20_240_822 })
    await loadCity(db, city)
    await analyseBooks(db.pool)
    await createDemonstrationAccounts(db.pool)
    await writeSite(db.pool, { cityId: city.cityId, planLayer: 'pingdingshan', synthetic: true, size })
    return await work(db)
  } finally {
    await close()
  }
}
