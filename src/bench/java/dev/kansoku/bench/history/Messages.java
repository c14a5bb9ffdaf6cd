package dev.kansoku.bench.history;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What somebody might have said in years of chats, the same in every run: half of it English, half Japanese. How often a
 * word comes follows Zipf's law, as in real text, so there are words in most messages and words in one of a million.
 * Thread-safe.
 */
public final class Messages {

    private static final long SEED = 20261122;
    private static final int ENGLISH_WORDS = 50_000;
    private static final int JAPANESE_WORDS = 20_000;

    private static final String COMMON_ENGLISH =
            "the of and to a in is it that for you was on are with as be this have at not from or by one but what all"
                    + " were when we there can an your which their if will up other about out many then them these so"
                    + " some her would make like into time has two more see could no way people than first been call"
                    + " who its now find down day did get come made may part model memory token answer question server"
                    + " file code line error value number string table thread window request reply speed slow load test";
    private static final String[] BEGINNINGS = {
        "b", "br", "c", "cl", "con", "d", "de", "dis", "f", "fl", "g", "gr", "h", "in", "j", "k", "l", "m", "n", "p",
        "pr", "qu", "r", "re", "s", "st", "str", "t", "tr", "un", "v", "w"
    };
    private static final String[] MIDDLES = {
        "a", "ab", "ac", "an", "ar", "e", "ec", "el", "en", "er", "i", "ic", "il", "in", "o", "ol", "om", "or", "ou",
        "u", "ul", "um"
    };
    private static final String[] ENDS = {
        "able", "al", "ance", "ate", "ded", "ding", "dom", "er", "et", "ful", "ic", "ing", "ion", "ist", "ity", "ize",
        "ly", "ment", "ness", "on", "s", "ted", "tive", "ton", "ture", "ty"
    };

    private static final String COMMON_JAPANESE = "こと もの これ それ 人 時間 今日 問題 場合 必要 方法 使用 結果 処理 実行 設定 確認 変更 追加 削除"
            + " 日本語 東京 大阪 会社 仕事 開発 環境 情報 機能 画面 質問 回答 モデル メモリ サーバー データ ファイル エラー コード テスト 速度 原因 説明 計算 関数 変数 配列 文字列"
            + " 接続 通信 応答 読み込み 書き込み 使い方 作り方 考え方 GPU CPU Java Python Ollama 使用率 推論 学習 性能 測定 比較 改善 最適化 自動 手動 更新 保存";
    private static final String KANJI = "一二三上下左右大中小日月火水木金土年時分半今前後国語学校先生会社員仕事人男女子父母友名本文字書読話聞見言行来帰出入食飲"
            + "買売開閉始終起寝休働使作知思考教習勉強問題答電車駅道路地図町村市区県京都東西南北山川海空天気雨雪風花鳥犬魚牛馬肉野菜茶飯料理"
            + "味色赤青白黒手足目耳口頭体心病院医者薬元親兄弟姉妹家族部屋窓門庭公園店銀行館工場建物世界音楽歌映画写真新古長短高低安明暗"
            + "重軽広多少早速近遠強弱正同別特有無不可能性質量数計算機械発展進歩変化結果原因方法目的意味情報通信処理実験研究"
            + "調査確認設定接続管理保護安全危険速度温力動運転送受取返信集合比較表示例外内容量型式番号";
    private static final String KATAKANA = "アイウエカキクケコサシスセタチツテトナニノハヒフヘホマミムメモラリルレロワンーガグデドバパプ";
    private static final String[] PARTICLES = {"は", "が", "を", "に", "で", "と", "の", "の", "も", "から", "まで", "について"};
    private static final String[] VERBS = {
        "します", "しました", "している", "できる", "できない", "です", "でした", "になります", "があります", "ありません", "と思います", "してください", "でしょうか", "が遅い",
        "が足りない", "を調べた", "を読む", "を書いた", "を使う", "を教えて"
    };

    private final List<String> english;
    private final List<String> japanese;

    /** Makes up the words, which takes some ten milliseconds. */
    public Messages() {
        english = english(new SplittableRandom(SEED));
        japanese = japanese(new SplittableRandom(SEED + 1));
    }

    /** Of about 300 characters if English, of 60 to 150 if Japanese; no two are alike, but for a chance. */
    public String text(int index) {
        // Neighbouring seeds give numbers that have nothing to do with each other.
        var random = new SplittableRandom(SEED + index);
        var text = new StringBuilder(320);
        if (random.nextBoolean()) {
            writeEnglish(text, random);
        } else {
            writeJapanese(text, random);
        }
        return text.toString();
    }

    /** All English words, the most frequent first. */
    public List<String> englishWords() {
        return english;
    }

    /** All Japanese nouns, the most frequent first. */
    public List<String> japaneseWords() {
        return japanese;
    }

    private void writeEnglish(StringBuilder text, SplittableRandom random) {
        int words = random.nextInt(40, 61);
        boolean begins = true;
        for (int i = 0; i < words; i++) {
            String word = zipf(english, random);
            text.append(begins ? Character.toUpperCase(word.charAt(0)) : word.charAt(0))
                    .append(word, 1, word.length());
            begins = i == words - 1 || random.nextInt(12) == 0;
            text.append(begins ? ". " : random.nextInt(15) == 0 ? ", " : " ");
        }
        text.setLength(text.length() - 1);
    }

    private void writeJapanese(StringBuilder text, SplittableRandom random) {
        int least = random.nextInt(60, 136);
        while (text.length() < least) {
            int nouns = random.nextInt(1, 5);
            for (int i = 0; i < nouns; i++) {
                if (i > 0) {
                    text.append(any(PARTICLES, random));
                }
                text.append(zipf(japanese, random));
                if (random.nextInt(10) == 0) {
                    text.append('、');
                }
            }
            text.append(any(VERBS, random)).append('。');
        }
    }

    /** Zipf's law with the exponent 1: the chance of a rank is that of a slice of the logarithm. */
    private static String zipf(List<String> words, SplittableRandom random) {
        int rank = (int) Math.exp(random.nextDouble() * Math.log(words.size() + 1.0)) - 1;
        return words.get(Math.min(rank, words.size() - 1));
    }

    private static List<String> english(SplittableRandom random) {
        var words = new LinkedHashSet<>(List.of(COMMON_ENGLISH.split(" ", -1)));
        while (words.size() < ENGLISH_WORDS) {
            var word = new StringBuilder(any(BEGINNINGS, random));
            int middles = random.nextInt(1, 3);
            for (int i = 0; i < middles; i++) {
                word.append(any(MIDDLES, random)).append(any(BEGINNINGS, random).charAt(0));
            }
            words.add(word.append(any(ENDS, random)).toString());
        }
        return new ArrayList<>(words);
    }

    private static List<String> japanese(SplittableRandom random) {
        var words = new LinkedHashSet<>(List.of(COMMON_JAPANESE.split(" ", -1)));
        while (words.size() < JAPANESE_WORDS) {
            boolean kanji = random.nextInt(4) > 0;
            int length = kanji ? random.nextInt(2, 4) : random.nextInt(3, 7);
            var word = new StringBuilder();
            for (int i = 0; i < length; i++) {
                String characters = kanji ? KANJI : KATAKANA;
                word.append(characters.charAt(random.nextInt(characters.length())));
            }
            words.add(word.toString());
        }
        return new ArrayList<>(words);
    }

    private static String any(String[] choice, SplittableRandom random) {
        return choice[random.nextInt(choice.length)];
    }
}
