import { spawnSync } from 'node:child_process'
import { runsAsRoot } from '../../src/platform/db/traversable-place.ts'

let listsAreFresh = false

/** Installs Debian packages where that is allowed (root on a Debian machine); tells whether it worked. */
export function installDebianPackages(...names: string[]): boolean {
  if (!runsAsRoot() || process.platform !== 'linux') return false
  const apt = (...args: string[]) =>
    spawnSync('apt-get', args, {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0
  if (!listsAreFresh) listsAreFresh = apt('update')
  process.stderr.write(`正在安装 ${names.join(' ')}…\n`)
  return apt('install', '-y', '--no-install-recommends', ...names)
}
