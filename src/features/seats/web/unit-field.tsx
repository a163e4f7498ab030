import { useQueries } from '@tanstack/react-query'
import { Form, Select } from 'antd'
import { useApi } from '../../../ui/use-api.tsx'
import { useCounties } from './use-counties.ts'

interface Unit {
  readonly unitId: number
  readonly name: string
  readonly kind: string
}

/** 选单位 — the counties within sight and their townships, found by name; a chosen scope leaves only its own. */
export function UnitField(props: {
  name: [number, string]
  label: string
  level: 'county' | 'township' | 'any'
}) {
  const { name, label, level } = props
  const scope = Form.useWatch('countyId') as number | undefined
  const places = usePlaces()
  const within = places.some(({ unitId }) => unitId === scope)
    ? places.filter(({ unitId }) => unitId === scope)
    : places
  const option = (unit: Unit) => ({ value: unit.unitId, label: unit.name })
  return (
    <Form.Item name={name} label={label} rules={[{ required: true, message: `请选择${label}` }]}>
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        options={
          level === 'county'
            ? within.map(option)
            : within.map((county) => ({
                value: county.unitId,
                label: county.name,
                options: [...(level === 'any' ? [county] : []), ...county.townships].map(option),
              }))
        }
      />
    </Form.Item>
  )
}

function usePlaces(): (Unit & { readonly townships: readonly Unit[] })[] {
  const api = useApi()
  const found = useCounties()
  const below = useQueries({
    queries: found.map(({ countyId: parent }) => ({
      queryKey: ['/api/units', { parent }],
      queryFn: ({ signal }) => api.get<Unit[]>('/api/units', { parent }, signal),
    })),
  })
  return found.map(({ countyId, name }, index) => ({
    unitId: countyId,
    name,
    kind: 'county',
    townships: (below[index]?.data ?? []).filter(({ kind }) => kind === 'township'),
  }))
}
