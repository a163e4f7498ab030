import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { keyRefreshMs } from '../../platform/vault/data-keys.ts'
import { keyFilePath, renewMasterKey } from '../../platform/vault/key-file.ts'
import { addNewKeys, reseal } from '../../platform/vault/rotate-keys.ts'
import { sealClear } from '../../platform/vault/seal-clear.ts'
import { openVault, type Vault } from '../../platform/vault/vault.ts'
import { forUpkeep } from '../../records/people/for-upkeep.ts'
import { type Connected, connect } from '../connect.ts'
import { dataFolder } from '../data-folder.ts'
import { openSiteVault, siteKeeper, siteSuite } from '../open-site-vault.ts'
import { sealedTables } from '../sealed-tables.ts'

const help = `用法：kuoyou keys rotate [--master] [--data DIR]
  更换加密字段（个人信息、验证器和推送的密钥）的数据密钥：逐批重新加密，期间平台照常使用；中断后再运行会接着做。
  --master   同时更换密钥文件里的主密钥（旧主密钥留在第二行；确认无误后备份新文件，再删旧行）
             KUOYOU_KEY_COMMAND 指明密钥程序时，主密钥在密码机那边更换，这里把数据密钥都改由它包裹
  KUOYOU_CRYPTO=sm 时换成国密套件。`

/** 密钥命令 — rotates the keys of sealed fields, and the master key when asked. */
export async function keys(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { data: { type: 'string' }, master: { type: 'boolean' }, help: { type: 'boolean' } },
  })
  if (values.help || positionals[0] !== 'rotate') {
    process.stdout.write(`${help}\n`)
    return values.help ? 0 : 2
  }
  const connected = await connect(values.data)
  try {
    await rotate(
      connected,
      await vaultFor(connected, keyFilePath(dataFolder(values.data)), values.master ?? false),
    )
    return 0
  } finally {
    await connected.close()
  }
}

async function vaultFor({ db }: Connected, keyFile: string, master: boolean): Promise<Vault> {
  const vault = await openSiteVault(db.pool, keyFile)
  if (!master) return vault
  // The master key behind a program is renewed there; what it or a former key file had wrapped is wrapped anew all the same.
  const command = process.env.KUOYOU_KEY_COMMAND
  if (!command) renewMasterKey(keyFile, siteSuite())
  const renewed = openVault(db.pool, await siteKeeper(keyFile), siteSuite())
  const wrapped = await renewed.keys.rewrap()
  const next = command ? `${keyFile} 若还在，可以移走了` : `请立即备份 ${keyFile}`
  process.stdout.write(`主密钥已更换，${wrapped} 把数据密钥已重新包裹。${next}。\n`)
  return renewed
}

/** 轮换数据密钥 — of everything the site keeps sealed. */
export async function rotate({ db }: Pick<Connected, 'db'>, vault: Vault): Promise<void> {
  await sealClear(db.own, vault, sealedTables)
  const classes = [...new Set(sealedTables.flatMap(({ fields }) => fields.map(({ dataClass }) => dataClass)))]
  const resumed = await addNewKeys(vault, classes)
  process.stdout.write(resumed ? '接着上次未完的轮换。\n' : '新密钥已生成，开始逐批重新加密。\n')
  const { rows } = await db.pool.query<{ id: number }>('select county_id as id from registry.county')
  const scope = { counties: rows.map(({ id }) => id) }
  const told = (done: number, table: string) => process.stdout.write(`\r${table} ${done} 行`)
  const first = await reseal(forUpkeep(db), vault, scope, sealedTables, told)
  // Another copy of the platform may have sealed with the old key until it noticed the new one.
  await sleep(keyRefreshMs + 1_000)
  const late = await reseal(forUpkeep(db), vault, scope, sealedTables, told)
  for (const dataClass of classes) await vault.keys.destroyOld(dataClass)
  process.stdout.write(`\n共 ${first.values + late.values} 个加密值换用新密钥，旧数据密钥已销毁。\n`)
}
