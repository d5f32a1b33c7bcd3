//! The character sets of MySQL and MariaDB (<https://dev.mysql.com/doc/refman/8.4/en/charset-charsets.html>,
//! <https://mariadb.com/kb/en/supported-character-sets-and-collations/>).

use crate::dialect::Charset;

const fn row(name: &'static str, collate: &'static str, bytes: u8) -> Charset {
    Charset { name, collate, bytes }
}

const N_OWN: usize = 1;

pub(super) static MYSQL: &[Charset] = ROWS.split_at(N_OWN).1;
pub(super) static MARIADB: &[Charset] = ROWS.split_at(ROWS.len() - N_OWN - 1).0;

/// MariaDB's own row stands first, MySQL's own rows last.
static ROWS: &[Charset] = &[
    row("utf8mb4", "utf8mb4_general_ci", 4),
    row("armscii8", "armscii8_general_ci", 1),
    row("ascii", "ascii_general_ci", 1),
    row("big5", "big5_chinese_ci", 2),
    row("binary", "binary", 1),
    row("cp1250", "cp1250_general_ci", 1),
    row("cp1251", "cp1251_general_ci", 1),
    row("cp1256", "cp1256_general_ci", 1),
    row("cp1257", "cp1257_general_ci", 1),
    row("cp850", "cp850_general_ci", 1),
    row("cp852", "cp852_general_ci", 1),
    row("cp866", "cp866_general_ci", 1),
    row("cp932", "cp932_japanese_ci", 2),
    row("dec8", "dec8_swedish_ci", 1),
    row("eucjpms", "eucjpms_japanese_ci", 3),
    row("euckr", "euckr_korean_ci", 2),
    row("gb2312", "gb2312_chinese_ci", 2),
    row("gbk", "gbk_chinese_ci", 2),
    row("geostd8", "geostd8_general_ci", 1),
    row("greek", "greek_general_ci", 1),
    row("hebrew", "hebrew_general_ci", 1),
    row("hp8", "hp8_english_ci", 1),
    row("keybcs2", "keybcs2_general_ci", 1),
    row("koi8r", "koi8r_general_ci", 1),
    row("koi8u", "koi8u_general_ci", 1),
    row("latin1", "latin1_swedish_ci", 1),
    row("latin2", "latin2_general_ci", 1),
    row("latin5", "latin5_turkish_ci", 1),
    row("latin7", "latin7_general_ci", 1),
    row("macce", "macce_general_ci", 1),
    row("macroman", "macroman_general_ci", 1),
    row("sjis", "sjis_japanese_ci", 2),
    row("swe7", "swe7_swedish_ci", 1),
    row("tis620", "tis620_thai_ci", 1),
    row("ucs2", "ucs2_general_ci", 2),
    row("ujis", "ujis_japanese_ci", 3),
    row("utf16", "utf16_general_ci", 4),
    row("utf16le", "utf16le_general_ci", 4),
    row("utf32", "utf32_general_ci", 4),
    row("utf8mb3", "utf8mb3_general_ci", 3),
    row("gb18030", "gb18030_chinese_ci", 4),
    row("utf8mb4", "utf8mb4_0900_ai_ci", 4),
];
