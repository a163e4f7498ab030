import type pg from 'pg'
import type { Role } from '../../src/kernel/role.ts'
import { createAccount, setAccountState } from '../../src/platform/access/account.ts'
import { issueToken } from '../../src/platform/access/api-token.ts'
import { handOn } from '../../src/platform/access/delegation.ts'
import { endGrant, writeGrant } from '../../src/platform/access/grants.ts'
import { openSession, visitorOf } from '../../src/platform/access/session.ts'

/** 范围 — one grant of a trial account; a list that is absent limits nothing. */
export interface Share {
  /** In another office than the account's first. */
  readonly role?: Role
  readonly counties: readonly number[]
  readonly institutions?: readonly number[]
  readonly stages?: readonly string[]
}

/** 试验账号 — who asks, with what, and how far they were granted to reach. */
export interface Seat {
  readonly name: string
  /** Whose it is: a token's is another's. */
  readonly account: string
  readonly role: Role | 'none'
  readonly shares: readonly Share[]
  readonly headers: Readonly<Record<string, string>>
  /** Turned away everywhere, whatever the role: nobody, disabled, half signed in. */
  readonly shutOut?: true
  /** What a token is for; a person is limited by none. */
  readonly token?: { readonly scopes: readonly string[]; readonly readOnly: boolean }
}

/** 试验地点 — the two counties, a school each, one beside, and the township whose institutions an inspector looks after. */
export interface Ground {
  readonly city: number
  readonly own: number
  readonly sibling: number
  readonly mine: number
  readonly beside: readonly number[]
  readonly theirs: number
  readonly township: { readonly unitId: number; readonly institutions: readonly number[] }
}

const byCookie = (secret: string) => ({ cookie: `kuoyou_session=${secret}`, 'sec-fetch-site': 'same-origin' })
const byToken = (secret: string) => ({ authorization: `Bearer ${secret}` })

/** 安排账号 — every office, limited in every way a grant can be, and everyone who once might and no longer may. */
export async function seatAccounts(pool: pg.Pool, ground: Ground): Promise<Seat[]> {
  const { own, sibling, mine, beside, theirs, township } = ground
  const everywhere = [ground.city, own, sibling]
  const open = async (account: string) => byCookie(await openSession(pool, account))
  const seat = async (name: string, role: Role, ...shares: Share[]): Promise<Seat> => {
    await createAccount(pool, { account: name, name, demonstration: true })
    for (const { role: other = role, ...share } of shares) await grant(name, other, share)
    return { name, account: name, role, shares, headers: await open(name) }
  }
  const grant = async (
    account: string,
    role: Role,
    share: Share,
    days: { from?: string; until?: string } = {},
  ) =>
    writeGrant(pool, {
      institutions: [],
      ...share,
      ...days,
      account,
      role,
      document: '',
      reason: '试验',
      grantedBy: 'first-start',
    }) as Promise<number>
  const atCity = (role: Role) => seat(role, role, { counties: everywhere })
  const bureau = (name: string, ...shares: Share[]) => seat(name, 'county-bureau', ...shares)
  const school = (name: string, role: Role, county: number, ...institutions: number[]) =>
    seat(name, role, { counties: [county], institutions })

  const ownBureau = await bureau('own-bureau', { counties: [own] })
  const delegate = await handedOn('delegate', { counties: [own], stages: ['primary'] })
  const ofUnit = async (name: string, role: Role): Promise<Seat> => {
    const made = await seat(name, role)
    await pool.query(
      "insert into access.grant (account, role, counties, units, granted_by) values ($1, $2, $3, $4, 'first-start')",
      [name, role, [own], [township.unitId]],
    )
    return { ...made, shares: [{ counties: [own], institutions: township.institutions }] }
  }
  return [
    {
      name: 'anonymous',
      account: '',
      role: 'none',
      shares: [],
      headers: { 'sec-fetch-site': 'same-origin' },
      shutOut: true,
    },
    ...(await shutOut()),
    ...(await withoutGrants()),
    await atCity('city-basic-education'),
    await atCity('city-planning-finance'),
    await atCity('city-personnel'),
    await atCity('city-supervision'),
    await atCity('city-moral-sports-arts'),
    await atCity('city-special-education'),
    await atCity('development-reform'),
    await atCity('finance'),
    await seat('city-preschool', 'city-basic-education', { counties: everywhere, stages: ['preschool'] }),
    ownBureau,
    delegate,
    await bureau('sibling-bureau', { counties: [sibling] }),
    await bureau('own-preschool', { counties: [own], stages: ['preschool'] }),
    await bureau(
      'crossed',
      { counties: [own], stages: ['preschool'] },
      { counties: [sibling], stages: ['primary'] },
    ),
    await bureau(
      'two-stages',
      { counties: [own], stages: ['primary'] },
      { counties: [sibling], stages: ['junior'] },
    ),
    await seat(
      'wide-and-narrow',
      'inspector',
      { counties: [sibling] },
      { counties: [own], institutions: [mine, beside[0]!], stages: ['primary'] },
    ),
    await seat(
      'two-offices',
      'county-bureau',
      { counties: [own] },
      { role: 'school-clerk', counties: [sibling], institutions: [theirs] },
    ),
    await school('own-inspector', 'inspector', own, mine, beside[0]!),
    await ofUnit('unit-inspector', 'inspector'),
    await ofUnit('unit-centre', 'township-centre'),
    await school('own-principal', 'principal', own, mine),
    await school('own-clerk', 'school-clerk', own, mine),
    await school('beside-clerk', 'school-clerk', own, beside[1]!),
    await school('sibling-clerk', 'school-clerk', sibling, theirs),
    await seat('parent', 'parent', { counties: [] }),
    await seat('system', 'system-administrator', { counties: [] }),
    await seat('security', 'security-administrator', { counties: [] }),
    await seat('audit', 'audit-administrator', { counties: [] }),
    ...(await tokens()),
  ]

  /** Of what `own-bureau` holds, lent to another account. */
  async function handedOn(name: string, share: Share): Promise<Seat> {
    const made = await seat(name, 'county-bureau')
    const giver = await visitorOf(pool, ownBureau.headers.cookie!.split('=')[1]!)
    const own = giver!.grants![0]!.grantId!
    const lent = {
      grantId: own,
      account: name,
      institutions: [],
      ...share,
      until: '2099-12-31',
      reason: '代办',
    }
    await handOn(pool, giver!, lent)
    return { ...made, shares: [share] }
  }

  /** Once in office; now the account is disabled, or its sign-in owes a step or is over, or its token is no more. */
  async function shutOut(): Promise<Seat[]> {
    const disabled = await bureau('disabled', { counties: [own] })
    const disabledToken = (await issueToken(pool, 'disabled', everyScope))!.secret
    await pool.query("update access.account set state = 'disabled' where account = 'disabled'")
    const halfway = await bureau('halfway', { counties: [own] })
    const owing = byCookie(await openSession(pool, 'halfway', { stage: 'factor' }))
    const idle = await bureau('idle', { counties: [own] })
    await pool.query(
      "update access.session set seen_at = now() - interval '31 minutes' where account = 'idle'",
    )
    const over = await bureau('over', { counties: [own] })
    await pool.query(
      "update access.session set expires_at = now() - interval '1 second' where account = 'over'",
    )
    const token = async (end: string) => {
      const { tokenId, secret } = (await issueToken(pool, 'over', everyScope))!
      await pool.query(`update access.api_token set ${end} where token_id = $1`, [tokenId])
      return byToken(secret)
    }
    const seats: Seat[] = [
      disabled,
      { ...disabled, name: 'disabled-token', headers: byToken(disabledToken) },
      { ...halfway, headers: owing },
      idle,
      over,
      { ...over, name: 'revoked-token', headers: await token('revoked_at = now()') },
      { ...over, name: 'expired-token', headers: await token("expires_at = now() - interval '1 second'") },
    ]
    return seats.map((each) => ({ ...each, role: 'none', shares: [], shutOut: true }))
  }

  /** Signed in, and holding nothing any more, or nothing yet. */
  async function withoutGrants(): Promise<Seat[]> {
    const ended = await bureau('ended', { counties: [own] })
    await pool.query("update access.grant set ended_at = now(), ended_by = 'test' where account = 'ended'")
    const expired = await bureau('expired')
    await grant('expired', 'county-bureau', { counties: [own] }, { from: '2024-01-01', until: '2024-12-31' })
    const coming = await bureau('coming')
    await grant('coming', 'county-bureau', { counties: [own] }, { from: '2098-01-01' })
    const late = await handedOn('delegation-over', { counties: [own] })
    await pool.query(
      "update access.grant set valid = daterange('2024-01-01', '2024-02-01') where account = 'delegation-over'",
    )
    const orphan = await lentBy('giver-ended', 'delegate-of-ended', (grantId) =>
      endGrant(pool, grantId, 'test'),
    )
    const orphanToo = await lentBy('giver-disabled', 'delegate-of-disabled', () =>
      setAccountState(pool, 'giver-disabled', 'disabled'),
    )
    return [ended, expired, coming, late, orphan, orphanToo].map((each) => ({
      ...each,
      role: 'none',
      shares: [],
    }))
  }

  async function lentBy(
    giver: string,
    name: string,
    end: (grantId: number) => Promise<unknown>,
  ): Promise<Seat> {
    const lender = await bureau(giver)
    const grantId = await grant(giver, 'county-bureau', { counties: [own] })
    const made = await bureau(name)
    const visitor = await visitorOf(pool, lender.headers.cookie!.split('=')[1]!)
    const lent = {
      grantId,
      account: name,
      counties: [own],
      institutions: [],
      until: '2099-12-31',
      reason: '代办',
    }
    await handOn(pool, visitor!, lent)
    await end(grantId)
    return made
  }

  /** A token reads what it is for; another does everything, within one county. */
  async function tokens(): Promise<Seat[]> {
    const reading = { scopes: ['institution.read', 'seats.read', 'person.read', 'job.own'], readOnly: true }
    const read = await issueToken(pool, 'own-bureau', { name: '只读', days: 30, ...reading })
    const county = await issueToken(pool, 'city-basic-education', { ...everyScope, counties: [own] })
    return [
      { ...ownBureau, name: 'reading-token', headers: byToken(read!.secret), token: reading },
      {
        name: 'county-token',
        account: 'city-basic-education',
        role: 'city-basic-education',
        shares: [{ counties: [own] }],
        headers: byToken(county!.secret),
        token: everyScope,
      },
    ]
  }
}

const everyScope = {
  name: '全部',
  days: 30,
  readOnly: false,
  scopes: [
    ...['institution.read', 'institution.list-units', 'institution.record'],
    ...[
      'seats.read',
      'seats.read-school',
      'seats.compute',
      'seats.keep-scenario',
      'target.read',
      'coverage.read',
    ],
    ...['person.read', 'person.unmask', 'person.erase', 'person.export', 'person.approve-export'],
    ...['exchange.import', 'exchange.export', 'job.own'],
  ],
}
