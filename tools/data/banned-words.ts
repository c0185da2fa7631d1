/**
 * Words that rank, blame or hide power, and that no screen may show. The reasons and the words to use instead are in
 * docs/glossary.md. `except` lists everyday phrases that hold the word in another sense.
 */
import type { Language } from '../lib/messages.ts'

export interface Banned {
  /** A pattern between word ends, without regard to case. */
  readonly word: string
  /** Phrases in which it is an ordinary word. */
  readonly except?: readonly string[]
}

export const BANNED: Readonly<Record<Language, readonly Banned[]>> = {
  en: [
    { word: 'clients?' },
    {
      word: 'cases?',
      except: ['just in case', 'in case', 'in any case', 'in that case', 'in this case', 'in both cases'],
    },
    { word: 'caseloads?' },
    { word: '(?:non-?)?complian(?:ce|t)' },
    { word: 'adheren(?:ce|t)' },
    { word: 'intakes?' },
    { word: 'resistan(?:t|ce)' },
    { word: 'no-?shows?' },
    { word: 'failed to attend' },
    { word: 'service users?' },
    { word: 'users?' },
    { word: 'you are equals?' },
    { word: "(?:you're|we're|we are|now) equals?" },
    { word: 'equality scores?' },
    { word: 'certified' },
    { word: 'discharged?' },
    { word: 'manipulative' },
    { word: 'attention-seeking' },
    { word: '(?:high|low)-functioning' },
    { word: 'hard to reach' },
    { word: 'stakeholders?' },
    { word: 'beneficiar(?:y|ies)' },
    { word: 'empower(?:ed|ing|ment|s)?' },
    { word: 'best practices?' },
    { word: 'streaks?' },
    { word: 'leaderboards?' },
  ],
  es: [
    { word: 'client(?:e|a|es|as)' },
    {
      word: 'casos?',
      except: [
        'en caso de',
        'en caso',
        'en todo caso',
        'en cualquier caso',
        'en ese caso',
        'en este caso',
        'hacer caso',
        'por si acaso',
        'en ambos casos',
      ],
    },
    { word: 'expedientes?' },
    { word: '(?:in)?cumplimientos?' },
    { word: 'incumplidor(?:a|es|as)?' },
    { word: 'adherencia' },
    { word: 'resistentes?' },
    { word: 'usuari[oa]s?' },
    { word: 'no se presentó' },
    { word: 'inasistencias?' },
    { word: '(?:eres|son|somos|sois) iguales' },
    { word: 'puntuación de igualdad' },
    { word: 'certificad[oa]s?' },
    { word: 'manipulador(?:a|es|as)?' },
    { word: 'beneficiari[oa]s?' },
    { word: 'empoderar|empoderamiento' },
    { word: 'buenas prácticas' },
  ],
  ar: [
    { word: 'عميل(?:ة|ات)?|عملاء' },
    { word: 'زبون|زبائن' },
    { word: 'ملف الحالة|إدارة الحال(?:ة|ات)|عبء الحالات' },
    { word: 'امتثال' },
    { word: 'ممتثل(?:ة|ين|ون)?' },
    { word: 'مقاوم(?:ة|ين)?' },
    { word: 'متلقي الخدمة|مستخدم(?:ة|ين|ون)?' },
    { word: 'مستفيد(?:ة|ين|ون)?' },
    { word: 'تخلف عن الموعد|تخلفت عن الموعد' },
    { word: '(?:أنتم|نحن|أنتما) متساو(?:ون|ين|يان)' },
    { word: 'درجة المساواة' },
    { word: 'معتمد رسمي(?:ا|ًا)?' },
    { word: 'متلاعب(?:ة)?' },
    { word: 'تمكينك' },
  ],
}

/** An offer to talk names no fault: it may be seen by the one who did the hurt, beside the one who was hurt. */
export const BANNED_IN_TALK_OFFERS: Readonly<Record<Language, readonly Banned[]>> = {
  en: [{ word: 'harm(?:s|ed|ful)?' }, { word: 'ruptures?' }, { word: 'low scores?' }, { word: 'scores?' }],
  es: [{ word: 'daños?' }, { word: 'rupturas?' }, { word: 'puntuaci(?:ón|ones)' }],
  ar: [{ word: 'ضرر|أذى|إيذاء' }, { word: 'قطيعة|تصدع' }, { word: 'درجة منخفضة|درجات منخفضة' }],
}
