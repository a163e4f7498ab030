import { existsSync } from 'node:fs'
import type pg from 'pg'
import { aesSuite } from '../platform/vault/aes-suite.ts'
import { createKeyFile, openKeyFile } from '../platform/vault/key-file.ts'
import { smSuite } from '../platform/vault/sm-suite.ts'
import type { Suite } from '../platform/vault/suite.ts'
import { openVault, type Vault } from '../platform/vault/vault.ts'

/** 站点套件 — 国密 where the site says `KUOYOU_CRYPTO=sm`, international otherwise; values sealed before stay readable. */
export function siteSuite(): Suite {
  return process.env.KUOYOU_CRYPTO === 'sm' ? smSuite : aesSuite
}

/**
 * 打开站点保险库 — over the site's key file; the first time it makes one.
 *
 * Where keys were wrapped already, a missing key file is a fault and never made anew: with another one
 * nothing sealed would open.
 */
export async function openSiteVault(pool: pg.Pool, keyFile: string): Promise<Vault> {
  if (!existsSync(keyFile)) {
    const { rowCount } = await pool.query('select 1 from vault.data_key limit 1')
    if (rowCount === 0) createKeyFile(keyFile, siteSuite())
  }
  const vault = openVault(pool, openKeyFile(keyFile), siteSuite())
  await vault.keys.check()
  return vault
}
