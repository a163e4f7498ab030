import { setAccountState } from '../../src/platform/access/account.ts'
import { servedAccess } from '../../src/platform/access/served-access.for-tests.ts'

/** The catalogue's limit on how far the answers to a wrong sign-in may lie apart. */
const limit = 0.1
const most = 250

/** The mean of the fastest quarter: what the work takes when nothing else on the machine gets in between. */
const undisturbed = (all: readonly number[]) => {
  const fastest = [...all].sort((a, b) => a - b).slice(0, Math.ceil(all.length / 4))
  return fastest.reduce((sum, each) => sum + each, 0) / fastest.length
}

/**
 * 登录答复的时差 — S12: an unknown account, a wrong password and a disabled account are answered equally soon.
 *
 * A busy machine is given more turns to tell noise from difference, not a wider limit.
 */
export async function trustSignInSpread(say: (line: string) => void): Promise<void> {
  const site = await servedAccess()
  const password = 'plum river lantern 7'
  const kinds = { unknown: 'nobody-here', wrong: 'here', disabled: 'gone' }
  const times: Record<keyof typeof kinds, number[]> = { unknown: [], wrong: [], disabled: [] }
  try {
    for (const account of ['here', 'gone'])
      await site.account({ account, name: '某某', password, role: 'county-officer', counties: [1] })
    await setAccountState(site.database.db.pool, 'gone', 'disabled')
    const names = Object.keys(kinds) as (keyof typeof kinds)[]
    let spread = 1
    let turns = 0
    for (; turns < most && (turns < 50 || spread > limit); turns++) {
      for (const name of [...names.slice(turns % 3), ...names.slice(0, turns % 3)]) {
        const began = performance.now()
        await site.browser(`100.64.${turns}.1`).ask('POST', '/api/session', {
          account: kinds[name],
          password: name === 'disabled' ? password : 'not the one',
        })
        if (turns >= 5) times[name].push(performance.now() - began)
      }
      await site.database.db.pool.query('delete from access.sign_in_failure')
      const middle = Object.values(times).map(undisturbed)
      spread = Math.max(...middle) / Math.min(...middle) - 1
    }
    const told = Object.values(times).map((all) => undisturbed(all).toFixed(1))
    const percent = (100 * spread).toFixed(1)
    say(
      `S12 登录失败的时差：无此账号、密码错误、已停用 ${told.join('、')} 毫秒，相差 ${percent}%（不超过 10%），${turns} 轮`,
    )
    if (spread > limit) throw new Error(`相差 ${percent}%`)
  } finally {
    await site.close()
  }
}
