import { spawnSync } from 'node:child_process'

/** Of these characters those for which no font of this machine has a picture: they are printed as empty boxes. */
export function withoutPicture(signs: Iterable<string>): string[] {
  return [...new Set(signs)].filter((sign) => {
    const found = spawnSync('fc-list', [`:charset=${sign.codePointAt(0)!.toString(16)}`, 'family'])
    if (found.error) throw found.error
    return found.stdout.length === 0
  })
}
