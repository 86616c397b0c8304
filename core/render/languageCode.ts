/**
 * ISO 639-1 codes with the three letters of ISO 639-2/T that MP4 and Matroska files name languages by. Source: the
 * Library of Congress, “Codes for the Representation of Names of Languages”.
 */
const CODES =
  'af afr|am amh|ar ara|as asm|az aze|be bel|bg bul|bn ben|bo bod|br bre|bs bos|ca cat|cs ces|cy cym|da dan|de deu|' +
  'el ell|en eng|eo epo|es spa|et est|eu eus|fa fas|fi fin|fo fao|fr fra|fy fry|ga gle|gd gla|gl glg|gu guj|ha hau|' +
  'he heb|hi hin|hr hrv|ht hat|hu hun|hy hye|id ind|ig ibo|is isl|it ita|ja jpn|jv jav|ka kat|kk kaz|km khm|kn kan|' +
  'ko kor|ku kur|ky kir|la lat|lb ltz|lo lao|lt lit|lv lav|mg mlg|mi mri|mk mkd|ml mal|mn mon|mr mar|ms msa|mt mlt|' +
  'my mya|nb nob|ne nep|nl nld|nn nno|no nor|ny nya|or ori|pa pan|pl pol|ps pus|pt por|qu que|rm roh|ro ron|ru rus|' +
  'rw kin|sa san|sd snd|si sin|sk slk|sl slv|sm smo|sn sna|so som|sq sqi|sr srp|st sot|su sun|sv swe|sw swa|ta tam|' +
  'te tel|tg tgk|th tha|ti tir|tk tuk|tl tgl|tn tsn|tr tur|tt tat|ug uig|uk ukr|ur urd|uz uzb|vi vie|wo wol|xh xho|' +
  'yi yid|yo yor|zh zho|zu zul';

const THREE_LETTERS: ReadonlyMap<string, string> = new Map(
  CODES.split('|').map((pair) => [pair.slice(0, 2), pair.slice(3)]),
);

/** The three-letter code of a language tag (BCP 47): `deu` of `de-AT`; `und` where there is none. */
export function languageCode(tag: string): string {
  const primary = tag.split('-')[0]?.toLowerCase() ?? '';
  if (primary.length === 3) return primary;
  return THREE_LETTERS.get(primary) ?? 'und';
}
