//! Statements of MySQL that speak of databases, where these have other names.

use schemac::{
    dialect::mysql::MYSQL,
    sql::{Mention, rename_databases},
};

#[test]
fn databases_get_other_names_and_nothing_else_does() {
    let cases = [
        ("USE shop", "USE `x_shop`"),
        (
            "CREATE DATABASE IF NOT EXISTS `shop` CHARSET utf8mb4",
            "CREATE DATABASE IF NOT EXISTS `x_shop` CHARSET utf8mb4",
        ),
        ("DROP SCHEMA IF EXISTS shop", "DROP SCHEMA IF EXISTS `x_shop`"),
        ("ALTER DATABASE shop COLLATE utf8mb4_bin", "ALTER DATABASE `x_shop` COLLATE utf8mb4_bin"),
        (
            "SELECT s.id, shop.t.id FROM `shop` . t s WHERE a = 'shop.t'",
            "SELECT s.id, `x_shop`.t.id FROM `x_shop` . t s WHERE a = 'shop.t'",
        ),
        ("CREATE TABLE other.shop (id INT)", "CREATE TABLE other.shop (id INT)"),
        ("/* shop.t */ DROP TABLE shop.shop", "/* shop.t */ DROP TABLE `x_shop`.shop"),
        ("GRANT ALL ON shop.* TO u", "GRANT ALL ON shop.* TO u"),
    ];
    for (text, expected) in cases {
        let renamed = rename_databases(text, &MYSQL.lexis, &mut |mention, name| {
            assert!(mention != Mention::Use || name == "shop", "{text}");
            (name == "shop").then(|| "x_shop".to_owned())
        });
        assert_eq!(renamed, expected);
    }
}
