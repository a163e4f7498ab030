import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../src/app/data-folder.ts'

/** A package as the lock file names it. */
export interface LockedPackage {
  readonly name: string
  readonly version: string
  readonly licence?: string | undefined
  readonly resolved?: string
  readonly integrity?: string
  readonly hasInstallScript?: boolean
}

/** Every package of the lock file, those of other operating systems and the tools of developers among them. */
export function readLockedPackages(): LockedPackage[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Omit<LockedPackage, 'name' | 'licence'> & { license?: string }>
  }
  return Object.entries(packages).flatMap(([path, { license, ...rest }]) =>
    path === '' ? [] : [{ ...rest, name: path.split('node_modules/').at(-1)!, licence: license }],
  )
}

const open = new Set(
  'MIT MIT/X11 ISC 0BSD BSD-2-Clause BSD-3-Clause Apache-2.0 BlueOak-1.0.0 Unlicense Zlib'.split(' '),
)

/** Licences that bind only their own files, and are met because these packages are used unchanged. */
const ownFilesOnly: Readonly<Record<string, RegExp>> = {
  'MPL-2.0': /^lightningcss/,
  'LGPL-3.0-or-later': /^@img\/sharp-(libvips|win32|wasm32)/,
}

/** Carries no word about its licence. `exceljs` brings it for reading workbooks as a stream, which the platform does not do. */
const saysNothing = new Set(['buffers@0.1.1'])

/** What stands against passing this package on; nothing when its licence is one of those looked at. */
export function licenceProblem({ name, version, licence }: LockedPackage): string | undefined {
  if (licence === undefined)
    return saysNothing.has(`${name}@${version}`) ? undefined : `${name}@${version} says no licence`
  const allowed = (one: string) => open.has(one) || (ownFilesOnly[one]?.test(name) ?? false)
  const choices = licence.replaceAll(/[()]/g, '').split(' OR ')
  return choices.some((choice) => choice.split(' AND ').every(allowed))
    ? undefined
    : `${name}@${version} is under ${licence}`
}
