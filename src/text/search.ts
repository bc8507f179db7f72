/** One key under which a person finds a text, however it was typed. */

const FIRST_KATAKANA = 0x30a1;
const LAST_KATAKANA = 0x30f6;
/** From a katakana to the hiragana of the same sound. */
const TO_HIRAGANA = -0x60;

const MARKS = /[\u0300-\u036f]/g;
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cc}]/gu;

const hiragana = (kana: string): string => {
  const code = kana.charCodeAt(0);
  if (code >= FIRST_KATAKANA && code <= LAST_KATAKANA) return String.fromCharCode(code + TO_HIRAGANA);
  return kana === 'ヽ' ? 'ゝ' : kana === 'ヾ' ? 'ゞ' : kana;
};

/**
 * Folds width (`ｶﾅ` = `カナ`, `Ａ` = `A`), case, kana (`カナ` = `かな`), Latin accents and runs of blanks, so that
 * `searchKey(a).includes(searchKey(b))` is the match a person expects. For comparing only: never shown.
 */
export function searchKey(text: string): string {
  return text
    .replace(/\s/g, ' ')
    .replace(INVISIBLE, '')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(MARKS, '')
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .replace(/[ァ-ヶヽヾ]/g, hiragana)
    .trim();
}
