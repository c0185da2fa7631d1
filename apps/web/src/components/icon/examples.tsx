import { Icon } from './Icon.tsx'

export const examples = [() => <Icon name="today" />, () => <Icon name="back" />]
