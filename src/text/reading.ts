/** How the Japanese words of the app are read, so that a person finds them by kana or by romaji without converting to kanji. */
import { searchKey } from './search.ts';

/** Words with kanji that stand in titles; longer ones win over their parts. */
const READINGS: Readonly<Record<string, string>> = {
  振り返り: 'ふりかえり',
  連絡先: 'れんらくさき',
  取引: 'とりひき',
  未完了: 'みかんりょう',
  完了: 'かんりょう',
  延期: 'えんき',
  任せる: 'まかせる',
  自分: 'じぶん',
  全員: 'ぜんいん',
  変更: 'へんこう',
  相談: 'そうだん',
  電話: 'でんわ',
  相手: 'あいて',
  選ぶ: 'えらぶ',
  記録: 'きろく',
  文例: 'ぶんれい',
  会議: 'かいぎ',
  会社: 'かいしゃ',
  作成: 'さくせい',
  作る: 'つくる',
  使う: 'つかう',
  保存: 'ほぞん',
  補う: 'おぎなう',
  照合: 'しょうごう',
  重複: 'ちょうふく',
  取り下げる: 'とりさげる',
  直す: 'なおす',
  本文: 'ほんぶん',
  保留: 'ほりゅう',
  先頭: 'せんとう',
  入切: 'いりきり',
  全社: 'ぜんしゃ',
  再試行: 'さいしこう',
  列: 'れつ',
  前: 'まえ',
  項目: 'こうもく',
  別の日: 'べつのひ',
  内訳: 'うちわけ',
  履歴: 'りれき',
  根拠: 'こんきょ',
  単語: 'たんご',
  一覧: 'いちらん',
  今日: 'きょう',
  印: 'しるし',
  取り消す: 'とりけす',
  変化: 'へんか',
  外す: 'はずす',
  外部: 'がいぶ',
  密度: 'みつど',
  対応済み: 'たいおうずみ',
  左: 'ひだり',
  右: 'みぎ',
  式: 'しき',
  後: 'うし',
  後へ: 'あとへ',
  期間: 'きかん',
  始まり: 'はじまり',
  戻: 'もど',
  戻る: 'もどる',
  担当: 'たんとう',
  担当者: 'たんとうしゃ',
  操作: 'そうさ',
  改行: 'かいぎょう',
  既読: 'きどく',
  書く: 'かく',
  末尾: 'まつび',
  期日: 'きじつ',
  検索: 'けんさく',
  次: 'つぎ',
  欄: 'らん',
  止: 'と',
  見る: 'みる',
  増減: 'ぞうげん',
  解約: 'かいやく',
  継続: 'けいぞく',
  製品: 'せいひん',
  一時停止: 'いちじていし',
  決定: 'けってい',
  付ける: 'つける',
  減らす: 'へらす',
  点: 'てん',
  増やす: 'ふやす',
  画面: 'がめん',
  破棄: 'はき',
  確定: 'かくてい',
  移動: 'いどう',
  順位: 'じゅんい',
  終了: 'しゅうりょう',
  絞り込み: 'しぼりこみ',
  編集: 'へんしゅう',
  表示: 'ひょうじ',
  補完: 'ほかん',
  見立て: 'みたて',
  解除: 'かいじょ',
  設定: 'せってい',
  貼り付け: 'はりつけ',
  行: 'ぎょう',
  行末: 'ぎょうまつ',
  行頭: 'ぎょうとう',
  切り取る: 'きりとる',
  逆順: 'ぎゃくじゅん',
  選: 'えら',
  選択: 'せんたく',
  候補: 'こうほ',
  入力: 'にゅうりょく',
  切り替え: 'きりかえ',
  移す: 'うつす',
  取り消し: 'とりけし',
  標準: 'ひょうじゅん',
  送信箱: 'そうしんばこ',
  送信: 'そうしん',
  追加: 'ついか',
  通話: 'つうわ',
  開く: 'ひらく',
  閉じる: 'とじる',
  並べ替え: 'ならべかえ',
  不備: 'ふび',
  上: 'うえ',
  下: 'した',
  削除: 'さくじょ',
  同期: 'どうき',
  実行: 'じっこう',
};

const words = new RegExp(
  Object.keys(READINGS)
    .sort((a, b) => b.length - a.length)
    .join('|'),
  'g',
);

/** The text with its known words read out; kanji that no word here has stay as they are. */
export const kanaOf = (text: string): string => searchKey(text.replace(words, (word) => READINGS[word] ?? word));

const ROWS: readonly (readonly [kana: string, roman: string])[] = [
  ['あいうえお', ''],
  ['かきくけこ', 'k'],
  ['さしすせそ', 's'],
  ['たちつてと', 't'],
  ['なにぬねの', 'n'],
  ['はひふへほ', 'h'],
  ['まみむめも', 'm'],
  ['らりるれろ', 'r'],
  ['がぎぐげご', 'g'],
  ['ざじずぜぞ', 'z'],
  ['だぢづでど', 'd'],
  ['ばびぶべぼ', 'b'],
  ['ぱぴぷぺぽ', 'p'],
];
const SOUNDS: ReadonlyMap<string, string> = new Map([
  ...ROWS.flatMap(([kana, roman]) => [...kana].map((one, at): [string, string] => [one, roman + 'aiueo'.charAt(at)])),
  ['や', 'ya'],
  ['ゆ', 'yu'],
  ['よ', 'yo'],
  ['わ', 'wa'],
  ['を', 'wo'],
  ['ん', 'n'],
  ['ぁ', 'a'],
  ['ぃ', 'i'],
  ['ぅ', 'u'],
  ['ぇ', 'e'],
  ['ぉ', 'o'],
  ['ゔ', 'vu'],
]);
const SMALL: ReadonlyMap<string, string> = new Map([
  ['ゃ', 'a'],
  ['ゅ', 'u'],
  ['ょ', 'o'],
]);

/** Both ways of writing a sound in Latin letters become one: `shi` and `si`, `chu` and `tyu`, `ji` and `zi`. */
export const sameRomaji = (text: string): string =>
  text
    .replaceAll('sh', 'sy')
    .replaceAll('ch', 'ty')
    .replaceAll('tsu', 'tu')
    .replaceAll('fu', 'hu')
    .replace(/j(?!y)/g, 'zy')
    .replaceAll('jy', 'zy')
    .replace(/([stz])yi/g, '$1i');

/** Kana in Latin letters, in the one way of `sameRomaji`; what is no kana stays. Long vowels written `ー` are left out. */
export function romajiOf(kana: string): string {
  let out = '';
  let doubled = false;
  for (const one of searchKey(kana)) {
    if (one === 'っ') {
      doubled = true;
      continue;
    }
    if (one === 'ー') continue;
    const small = SMALL.get(one);
    if (small !== undefined) {
      out = `${out.slice(0, -1)}y${small}`;
      continue;
    }
    const sound = SOUNDS.get(one) ?? one;
    out += doubled ? sound.charAt(0) + sound : sound;
    doubled = false;
  }
  return out;
}
