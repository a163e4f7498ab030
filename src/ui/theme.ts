import type { ThemeConfig } from 'antd'

/** 色板 — the only colours of the platform; each meaning also has a word, so colour is never the only sign. */
export const colours = {
  ground: '#f6f6f3',
  card: '#ffffff',
  hairline: '#e2e0d8',
  ink: '#222222',
  quiet: '#5f5f5a',
  frame: '#16324a',
  frameQuiet: '#b9c6d2',
  gold: '#d9a441',
  goldInk: '#7a5410',
  shortage: '#a8321f',
  shortageGround: '#edb3a7',
  shortagePale: '#f8ded8',
  surplus: '#1d5f8a',
  surplusGround: '#c3daec',
  surplusPale: '#e2eef7',
  waiting: '#8a5a00',
  waitingGround: '#f7e3b5',
} as const

/**
 * System fonts first: nothing is fetched; Noto stands in where Windows and macOS fonts are absent. The last ones hold
 * the rare characters of names (docs/deployment.md).
 */
export const fontFamily =
  '"PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", system-ui, sans-serif, "SimSun-ExtB", "SimSun-ExtG", "BabelStone Han", HanaMinB'

/** 主题 — calm, dense, official: no shadows, no gradients, small radius. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: colours.surplus,
    colorLink: colours.surplus,
    colorError: colours.shortage,
    colorWarning: colours.waiting,
    colorText: colours.ink,
    colorTextSecondary: colours.quiet,
    colorTextDescription: colours.quiet,
    colorBgLayout: colours.ground,
    colorBorderSecondary: colours.hairline,
    borderRadius: 4,
    fontFamily,
    fontSize: 14,
    controlHeight: 34,
    boxShadow: 'none',
    boxShadowSecondary: '0 1px 6px rgb(0 0 0 / 12%)',
    motionDurationMid: '0.1s',
    motionDurationSlow: '0.15s',
  },
  components: {
    Table: { headerBg: '#f3f2ed', cellPaddingBlockSM: 5, cellPaddingInlineSM: 8 },
    Tabs: { horizontalMargin: '0 0 12px' },
  },
}
