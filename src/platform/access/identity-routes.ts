import type { Route } from '../http/route.ts'
import { accountRoutes } from './account-routes.ts'
import { enrolRoutes } from './enrol-routes.ts'
import { firstStartRoutes } from './first-start-routes.ts'
import { grantRoutes } from './grant-routes.ts'
import type { IdentityContext } from './identity-route.ts'
import { secondStepRoutes } from './second-step-routes.ts'
import { securityRoutes } from './security-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { ssoRoutes } from './sso-routes.ts'

/** 身份接口 — everything about who someone is and what they are granted. */
export const identityRoutes: readonly Route<IdentityContext>[] = [
  ...sessionRoutes,
  ...secondStepRoutes,
  ...firstStartRoutes,
  ...securityRoutes,
  ...enrolRoutes,
  ...accountRoutes,
  ...grantRoutes,
  ...ssoRoutes,
]
