import { citySections } from '../../kernel/role.ts'
import { grantsOf } from '../../platform/access/visitor.ts'
import { notFound } from '../../platform/http/route.ts'
import { type Books, type BooksRoute, bookDay, booksRoute } from '../../records/books.ts'
import { listOwnValues } from '../../records/parameters/list-own-values.ts'
import { parameterAccess } from './access.ts'
import {
  AsOfQuery,
  Decided,
  DecisionBody,
  ImpactAnswer,
  ParameterAnswer,
  ParameterKey,
  ParametersAnswer,
  ProposalBody,
  Proposed,
  TrialQuery,
  ValuePath,
} from './contract.ts'
import { decideValue, proposeValue, tryValue } from './propose-value.ts'
import { ownShown, parameterDetail, parameterLine } from './show-parameters.ts'

const changers: readonly string[] = citySections

const dayOf = ({ site }: Books, query: { asOf?: string | undefined }) => query.asOf ?? bookDay(site)

/** 参数接口 — what is in force with its sources, what a change would flip, and the two persons' acts. */
export const routes: readonly BooksRoute[] = [
  booksRoute({
    method: 'GET',
    path: '/api/parameters',
    summary: '口径与参数：各参数当日有效的取值、依据和核实程度，待审定的取值',
    may: parameterAccess.read,
    query: AsOfQuery,
    answer: ParametersAnswer,
    handle: async ({ context, visitor, query, scope }) => {
      const { db } = context
      const plan = await context.renewPlan()
      const asOf = dayOf(context, query)
      const own = await db.transaction(scope({ asOf }), (tx) => listOwnValues(tx))
      const waiting = own.filter(({ phase }) => phase === 'proposed')
      const keys = new Set(waiting.map(({ key }) => key))
      return {
        asOf,
        planVersion: plan.version,
        parameters: [...plan.standards.keys()].sort().map((key) => parameterLine(plan, key, asOf, keys)),
        waiting: waiting.map((value) => ownShown(plan, value, visitor.account)),
      }
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/parameters/{key}',
    summary: '一个参数：各层取值、依据、读法、谁用它、本市自定的历次取值',
    may: parameterAccess.read,
    params: ParameterKey,
    query: AsOfQuery,
    answer: ParameterAnswer,
    handle: async ({ context, visitor, params: { key }, query, scope }) => {
      const { db, plan, site } = context
      if (!plan.standards.has(key)) return notFound
      const asOf = dayOf(context, query)
      const own = await db.transaction(scope({ asOf }), (tx) => listOwnValues(tx, key))
      const shown = own.map((value) => ownShown(plan, value, visitor.account))
      const mayChange = grantsOf(visitor).some(
        ({ role, counties }) => changers.includes(role) && counties.includes(site.cityId),
      )
      return { ...parameterDetail(plan, key, asOf, shown), mayChange }
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/parameters/{key}/impact',
    summary: '试算一个新取值：哪些单位的判断会变，新旧并列；不保存',
    may: parameterAccess.change,
    params: ParameterKey,
    query: TrialQuery,
    answer: ImpactAnswer,
    handle: async ({ context, params: { key }, query, scope }) => {
      if (!context.plan.standards.has(key)) return notFound
      const asOf = dayOf(context, query)
      return tryValue(context, { ...scope({ asOf }), asOf }, key, query)
    },
  }),
  booksRoute({
    method: 'POST',
    path: '/api/parameters/{key}/proposals',
    summary: '提出一个新取值，连同看过的影响清单，等待另一人审定',
    may: parameterAccess.change,
    params: ParameterKey,
    body: ProposalBody,
    answer: Proposed,
    handle: async ({ context, visitor, params: { key }, body, scope }) => {
      if (!context.plan.standards.has(key) || !visitor.counties.includes(context.site.cityId)) return notFound
      const asOf = bookDay(context.site)
      return proposeValue(context, { ...scope({ asOf }), asOf }, visitor, key, body)
    },
  }),
  booksRoute({
    method: 'POST',
    path: '/api/parameters/values/{valueId}/decision',
    summary: '审定或退回别人提出的取值；审定后自生效日起按新值判断',
    may: parameterAccess.change,
    params: ValuePath,
    body: DecisionBody,
    answer: Decided,
    handle: async ({ context, visitor, params: { valueId }, body, scope }) => {
      const asOf = bookDay(context.site)
      return (await decideValue(context, { ...scope({ asOf }), asOf }, visitor, valueId, body)) ?? notFound
    },
  }),
]
