/** What the product is, and plainly what it cannot protect against. */
import { Card } from '../../components/card/Card.tsx'
import { Listen } from '../../components/listen/Listen.tsx'
import { t } from '../../words/t.ts'
import { Back } from '../frame/Back.tsx'
import { view } from '../../device/client.ts'

export function AboutScreen() {
  const protects = [t('about.keys'), t('about.relay'), t('about.copy')]
  const cannot = [
    t('about.watched'),
    t('about.history'),
    t('about.others'),
    t('about.when'),
    t('about.law'),
    t('about.forgot'),
  ]
  return (
    <>
      <Back href={view.value.type === 'open' ? '/more' : '/'} />
      <h1>{t('about.title')}</h1>
      <Card title={t('about.doesTitle')}>
        <ul class="plain-list">
          {protects.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      </Card>
      <Card title={t('about.cannotTitle')}>
        <ul class="plain-list">
          {cannot.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
        <Listen text={[t('about.cannotTitle'), ...cannot].join('. ')} />
      </Card>
      <p class="soft small">{t('about.licence')}</p>
    </>
  )
}
