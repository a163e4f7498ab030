/** 遮号码 — the first three and the last four characters of an identity number: `410***********1234`. */
export function maskNumber(number: string): string {
  if (number.length < 9)
    return `${number.slice(0, 1)}${'*'.repeat(Math.max(number.length - 2, 1))}${number.slice(-1)}`
  return `${number.slice(0, 3)}${'*'.repeat(number.length - 7)}${number.slice(-4)}`
}

/** 遮电话 — `138****1234`. */
export function maskPhone(phone: string): string {
  return phone.length < 8 ? '*'.repeat(phone.length) : `${phone.slice(0, 3)}****${phone.slice(-4)}`
}

/** 遮住址 — the first six characters, which name the place at large; of a short one no more than half. */
export function maskAddress(address: string): string {
  const signs = [...address]
  return `${signs.slice(0, Math.min(6, Math.floor(signs.length / 2))).join('')}****`
}

/** 遮姓名 — for published lists: 王*明, 王*; a name of several parts keeps the first character of the first. */
export function maskName(name: string): string {
  const signs = [...name]
  if (signs.length <= 2) return `${signs[0] ?? ''}*`
  return `${signs[0]}${'*'.repeat(signs.length - 2)}${signs.at(-1)}`
}

/** 遮出生日期 — the year only. */
export function maskDay(day: string): string {
  return `${day.slice(0, 4)}-**-**`
}
