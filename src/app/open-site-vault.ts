import { existsSync } from 'node:fs'
import type pg from 'pg'
import { aesSuite } from '../platform/vault/aes-suite.ts'
import { openKeyCommand } from '../platform/vault/key-command.ts'
import { createKeyFile, openKeyFile } from '../platform/vault/key-file.ts'
import type { KeyKeeper } from '../platform/vault/key-keeper.ts'
import { smSuite } from '../platform/vault/sm-suite.ts'
import type { Suite } from '../platform/vault/suite.ts'
import { openVault, type Vault } from '../platform/vault/vault.ts'

/** 站点套件 — 国密 where the site says `KUOYOU_CRYPTO=sm`, international otherwise; values sealed before stay readable. */
export function siteSuite(): Suite {
  return process.env.KUOYOU_CRYPTO === 'sm' ? smSuite : aesSuite
}

/** 主密钥保管者 — the program named by KUOYOU_KEY_COMMAND, which also opens what a key file still there had wrapped; else the key file. */
export async function siteKeeper(keyFile: string): Promise<KeyKeeper> {
  const command = process.env.KUOYOU_KEY_COMMAND
  if (!command) return openKeyFile(keyFile)
  const keeper = await openKeyCommand(command)
  if (!existsSync(keyFile)) return keeper
  const before = openKeyFile(keyFile)
  return {
    get current() {
      return keeper.current
    },
    wrap: keeper.wrap,
    unwrap: async (...wrapped) => (await before.unwrap(...wrapped)) ?? keeper.unwrap(...wrapped),
  }
}

/**
 * 打开站点保险库 — over the site's key file or key program; the first time it makes a key file where no program is named.
 *
 * Where keys were wrapped already, a missing key file is a fault and never made anew: with another one
 * nothing sealed would open.
 */
export async function openSiteVault(pool: pg.Pool, keyFile: string): Promise<Vault> {
  if (!process.env.KUOYOU_KEY_COMMAND && !existsSync(keyFile)) {
    const { rowCount } = await pool.query('select 1 from vault.data_key limit 1')
    if (rowCount === 0) createKeyFile(keyFile, siteSuite())
  }
  const vault = openVault(pool, await siteKeeper(keyFile), siteSuite())
  await vault.keys.check()
  return vault
}
