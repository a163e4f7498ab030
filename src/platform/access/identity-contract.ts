import Type, { type Static } from 'typebox'

const Nullable = Type.Union([Type.String(), Type.Null()])

/** 授权 — as the administrators and its holder see it; over or not yet begun ones are shown but not in force. */
export const GrantSeen = Type.Object({
  grantId: Type.Integer(),
  account: Type.String(),
  role: Type.String(),
  counties: Type.Array(Type.Integer()),
  institutions: Type.Array(Type.Integer()),
  units: Type.Union([Type.Array(Type.Integer()), Type.Null()]),
  stages: Type.Union([Type.Array(Type.String()), Type.Null()]),
  from: Type.String(),
  until: Nullable,
  grantedBy: Type.String(),
  grantedAt: Type.String(),
  document: Type.String(),
  reason: Type.String(),
  delegatedBy: Nullable,
  endedAt: Nullable,
  endedBy: Nullable,
  inForce: Type.Boolean(),
})
export type GrantSeen = Static<typeof GrantSeen>

/** 账号状态 — `asleep`: nobody signed in with it for the days of the sign-in rule; the security administrator wakes it. */
export const AccountState = Type.Union([
  Type.Literal('active'),
  Type.Literal('disabled'),
  Type.Literal('asleep'),
])

/** 账号 — as the administrators see it: never its password or keys. */
export const AccountSeen = Type.Object({
  account: Type.String(),
  name: Type.String(),
  state: AccountState,
  hasPassword: Type.Boolean(),
  externalId: Nullable,
  factors: Type.Integer(),
  createdBy: Nullable,
  createdAt: Type.String(),
  seenAt: Nullable,
  grants: Type.Array(GrantSeen),
})
export type AccountSeen = Static<typeof AccountSeen>

/** 账号清单 — a page of it. */
export const AccountPage = Type.Object({ total: Type.Integer(), accounts: Type.Array(AccountSeen) })
export type AccountPage = Static<typeof AccountPage>

/** 可选项 — what a grant can name. */
export const Choices = Type.Object({
  roles: Type.Array(Type.Object({ role: Type.String(), zh: Type.String(), scope: Type.String() })),
  stages: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
  places: Type.Array(Type.Object({ id: Type.Integer(), name: Type.String() })),
})
export type Choices = Static<typeof Choices>

/** 登录规则 — what this site asks of passwords, whether staff need a second factor, and after how many days without a sign-in an account falls asleep. */
export const SignInRule = Type.Object({
  passwordProfile: Type.Union([Type.Literal('asvs'), Type.Literal('djbh')]),
  secondFactor: Type.Union([Type.Literal('required'), Type.Literal('offered')]),
  dormantDays: Type.Integer({ minimum: 30, maximum: 365 }),
})
export type SignInRule = Static<typeof SignInRule>

const Grant = Type.Object({
  grantId: Type.Optional(Type.Integer()),
  role: Type.String(),
  counties: Type.Array(Type.Integer()),
  institutions: Type.Optional(Type.Array(Type.Integer())),
  units: Type.Optional(Type.Array(Type.Integer())),
  stages: Type.Optional(Type.Array(Type.String())),
  until: Type.Optional(Type.String()),
  delegatedBy: Type.Optional(Type.String()),
})

const Visitor = Type.Object({
  account: Type.String(),
  name: Type.String(),
  role: Type.String(),
  counties: Type.Array(Type.Integer()),
  institutions: Type.Optional(Type.Array(Type.Integer())),
  stages: Type.Optional(Type.Array(Type.String())),
  grants: Type.Array(Grant),
})

/** 登录情况 — who is signed in, what a sign-in still owes, and what the door offers. */
export const Session = Type.Object({
  visitor: Type.Union([Visitor, Type.Null()]),
  /** A sign-in that still owes a step, and which. */
  owing: Type.Union([
    Type.Object({
      account: Type.String(),
      stage: Type.Union([Type.Literal('factor'), Type.Literal('enrol'), Type.Literal('password')]),
      ways: Type.Array(Type.String()),
    }),
    Type.Null(),
  ]),
  site: Type.Object({
    cityId: Type.Integer(),
    cityName: Type.String(),
    synthetic: Type.Boolean(),
    generatedUntil: Type.Optional(Type.String()),
  }),
  /** Accounts that need no password; empty on a real site. */
  demonstrationAccounts: Type.Array(
    Type.Object({ account: Type.String(), name: Type.String(), role: Type.String() }),
  ),
  roles: Type.Array(Type.Object({ role: Type.String(), zh: Type.String() })),
  sso: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
  /** Names of the three administrators' seats nobody holds; told to the administrators only. */
  vacantSeats: Type.Array(Type.String()),
})
export type Session = Static<typeof Session>
