import { existsSync } from 'node:fs'
import { installDebianPackages } from './debian-package.ts'

const programs = '/usr/lib/postgresql/15'

/** PostgreSQL 15's programs, the oldest version supported; undefined where it can neither be found nor installed. */
export function provideServer15(): string | undefined {
  const there = () => existsSync(`${programs}/bin/postgres`)
  if (!there()) installDebianPackages('postgresql-15')
  return there() ? programs : undefined
}
