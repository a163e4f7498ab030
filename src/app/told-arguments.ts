import { looksPersonal } from '../platform/audit/personal-looking.ts'

/** Whose values name persons, secrets or free words. */
const untold = new Set(['--account', '--name', '--reason', '--key'])
const plainValue = /^[A-Za-z0-9][A-Za-z0-9:._-]{0,39}$/
const mostTold = 40

/**
 * 命令行原话 — a command's words as far as they may stand in the audit: what is asked for and which options, with values
 * that are codes, days or numbers. Paths, names and free words become `…`.
 */
export function toldArguments(args: readonly string[]): string[] {
  return args.slice(0, mostTold).map((word, at) => {
    const [option = '', value] = word.startsWith('--') ? word.split(/=(.*)/s) : []
    if (option)
      return value === undefined ? toldOption(option) : `${toldOption(option)}=${told(value, option)}`
    // The first word says what is asked for: `rotate`, `学校`.
    if (at === 0 && /^[\p{Script=Han}a-z-]{1,20}$/u.test(word)) return word
    return told(word, args[at - 1] ?? '')
  })
}

const toldOption = (option: string) => (/^--[a-z-]{0,30}$/.test(option) ? option : '…')

function told(value: string, option: string): string {
  return plainValue.test(value) && !untold.has(option) && option.startsWith('--') && !looksPersonal(value)
    ? value
    : '…'
}
