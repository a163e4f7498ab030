import { existsSync, readFileSync } from 'node:fs'
import Type from 'typebox'
import { Value } from 'typebox/value'
import { Fault } from '../../../kernel/fault.ts'
import { oauth2SignOn } from './oauth2-sign-on.ts'
import { oidcSignOn } from './oidc-sign-on.ts'
import { ProviderSetting } from './provider-setting.ts'
import type { SingleSignOn } from './single-sign-on.ts'
import { ticketSignOn } from './ticket-sign-on.ts'

/** 统一认证入口 — read from the site's JSON file; none without a file. A mistake in it stops the start and is named. */
export function readProviders(
  file: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): SingleSignOn[] {
  if (!file) return []
  const settings = Value.Default(Type.Array(ProviderSetting), contentOf(file))
  if (!Value.Check(Type.Array(ProviderSetting), settings)) {
    const [first] = Value.Errors(Type.Array(ProviderSetting), settings)
    throw new Fault(
      `统一认证设置 ${file} 不对：${first?.instancePath || '开头'} ${first?.message ?? ''}。请对照 docs/guides/single-sign-on.md 改正。`,
    )
  }
  return settings.map((setting) => providerFrom(setting, environment))
}

function contentOf(file: string): unknown {
  if (!existsSync(file)) throw new Fault(`读不到统一认证设置 ${file}。请核对 KUOYOU_SSO 写的路径。`)
  const text = readFileSync(file, 'utf8')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Fault(`统一认证设置 ${file} 不是 JSON：${(error as Error).message}。请改正后再启动。`)
  }
}

/** 统一认证入口 — the adapter its kind asks for. */
export function providerFrom(
  setting: ProviderSetting,
  environment: Readonly<Record<string, string | undefined>>,
): SingleSignOn {
  const clientSecret = environment[setting.clientSecretFrom]
  if (!clientSecret)
    throw new Fault(
      `统一认证“${setting.name}”的密钥不在环境变量 ${setting.clientSecretFrom} 里。请设置后再启动。`,
    )
  for (const value of Object.values(setting)) assertSafe(setting.name, value)
  if (setting.kind === 'oidc') return oidcSignOn({ ...setting, clientSecret })
  if (setting.kind === 'oauth2') return oauth2SignOn({ ...setting, clientSecret })
  return ticketSignOn({ ...setting, clientSecret })
}

/** Codes and secrets travel only under TLS, or within this machine. */
function assertSafe(name: string, value: unknown): void {
  if (typeof value !== 'string' || !value.startsWith('http://')) return
  if (!['127.0.0.1', '[::1]', 'localhost'].includes(new URL(value).hostname))
    throw new Fault(`统一认证“${name}”的地址 ${value} 没有用 https。请改用 https 地址。`)
}
