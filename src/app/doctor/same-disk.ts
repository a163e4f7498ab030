import { statSync } from 'node:fs'
import { dirname } from 'node:path'

/** 是否同盘 — do two places lie on one disk? What is not there yet lies where its folder does; false where neither can be seen. */
export function sameDisk(one: string, other: string): boolean {
  const [a, b] = [diskOf(one), diskOf(other)]
  return a !== undefined && a === b
}

function diskOf(place: string): number | undefined {
  try {
    return statSync(place).dev
  } catch {
    return dirname(place) === place ? undefined : diskOf(dirname(place))
  }
}
