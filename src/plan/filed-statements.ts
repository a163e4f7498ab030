import type { Indicator } from './indicator.ts'

/** 填报计数 — how an indicator counts approved filings. */
type Filed = NonNullable<Indicator['filed']>

/**
 * 填报指标的语句 — an indicator counted from filings with its two statements: the sums of each county, and the
 * filings (or their named lines) under them, so that whoever misses it finds the schools that make it so. Where the
 * file lists other rows under its figure itself, those stand.
 */
export function withFiledStatements(indicator: Indicator): Indicator {
  const { filed } = indicator
  if (!filed) return indicator
  const counted = countedRows(filed)
  return {
    ...indicator,
    sql: `select county_id as unit, sum(numerator) as numerator, sum(denominator) as denominator
  from (${counted}) as counted
 group by county_id`,
    detailSql:
      indicator.detailSql ??
      `select counted.county_id as unit,
       coalesce(nullif(concat_ws('：', school.name, counted.label), ''), place.name) as subject,
       counted.institution_id,
       sum(counted.numerator) as numerator,
       sum(counted.denominator) as denominator,
       null::bigint as act_id,
       counted.filing_id
  from (${counted}) as counted
  left join book.institution_last as school
    on school.county_id = counted.county_id and school.institution_id = counted.institution_id
  left join book.unit_last as place on place.county_id = counted.county_id and place.unit_id = counted.subject_id
 group by counted.county_id, counted.filing_id, counted.institution_id, counted.label, school.name, place.name`,
  }
}

function countedRows(filed: Filed): string {
  const { form, each, period = 'year', institution = 'filed.institution_id', where } = filed
  return `select filed.county_id, filed.filing_id, filed.subject_id, ${institution} as institution_id,
        ${filed.label ?? 'null::text'} as label, ${filed.numerator} as numerator, ${filed.denominator} as denominator
   from book.filed as filed
  where filed.form_id = '${form}' and filed.line ${each === 'line' ? '> 0' : '= 0'}
    ${periods[period]}${where ? `\n    and (${where})` : ''}`
}

const periods = {
  year: 'and filed.period = {school-year}::text',
  // of each school the last term filed in the year
  'last-term': `and filed.period = (select max(latest.period) from book.filed as latest
                          where latest.county_id = filed.county_id and latest.form_id = filed.form_id
                            and latest.subject_id = filed.subject_id and latest.period like {school-year}::text || '-%')`,
  any: '',
} as const
