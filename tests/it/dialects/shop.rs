//! Two states of one small shop, in the types of any dialect.

use schemac::{
    base::{List, QName},
    dialect::{Dialect, Feature, Part, Relations},
    model::{
        Action, Check, Column, ColumnType, Expr, ForeignKey, Generated, Index, IndexColumn,
        IndexKey, Meta, PrimaryKey, Schema, Table, Unique,
    },
};

/// Rows that the first state takes.
pub(crate) const ROWS: &str = "
    INSERT INTO customers (email, nickname) VALUES ('a@example.org', NULL), ('b@example.org', 'bee');
    INSERT INTO orders (customer_id, total) VALUES (1, 10), (1, 20);
    INSERT INTO settings (scope, name) VALUES ('a', 'b');
    PRAGMA foreign_keys = ON;";

/// Returns customers, their orders, settings, a log without a key.
pub(crate) fn first(dialect: &'static Dialect) -> Schema {
    let mut shop = Shop::new(dialect);
    let mut customers = shop.table("customers");
    customers.columns = List::from(vec![
        shop.number("id"),
        shop.column("email", "varchar(190)"),
        Column { nullable: true, ..shop.column("nickname", "varchar(40)") },
        Column { default: shop.default("now()"), ..shop.column("created_at", "timestamp") },
    ]);
    shop.primary_key(&mut customers, &["id"]);
    shop.unique(&mut customers, &["email"]);
    let mut orders = shop.table("orders");
    orders.columns = List::from(vec![
        shop.number("id"),
        shop.column("customer_id", "bigint"),
        Column { default: shop.default("0"), ..shop.column("total", "decimal(10,2)") },
        Column { nullable: true, ..shop.column("note", "text") },
        Column {
            default: shop.default("now()"),
            touch: true,
            ..shop.column("updated_at", "timestamp")
        },
    ]);
    shop.primary_key(&mut orders, &["id"]);
    shop.foreign_key(&mut orders, "customer_id", &customers, Action::Cascade);
    shop.check(&mut orders, "total >= 0", "total");
    let mut settings = shop.table("settings");
    settings.columns =
        List::from(vec![shop.column("scope", "varchar(20)"), shop.column("name", "varchar(20)")]);
    if dialect.name == "sqlite" {
        settings.options.insert("without_rowid".to_owned(), "true".to_owned());
    }
    shop.primary_key(&mut settings, &["scope", "name"]);
    let mut log = shop.table("log");
    log.columns = List::from(vec![Column { nullable: true, ..shop.column("line", "text") }]);
    let mut reviews = shop.table("reviews");
    reviews.columns = List::from(vec![shop.number("id"), shop.column("order_id", "bigint")]);
    shop.primary_key(&mut reviews, &["id"]);
    shop.foreign_key(&mut reviews, "order_id", &orders, Action::Cascade);
    finish([customers, orders, settings, log, reviews])
}

/// Returns the shop with columns added, changed, renamed and dropped, and every sort of key changed.
pub(crate) fn second(dialect: &'static Dialect) -> Schema {
    let mut shop = Shop::new(dialect);
    // PostgreSQL takes no number for a truth value.
    let on = if dialect.name == "postgres" { "true" } else { "1" };
    let mut customers = shop.table("customers");
    customers.columns = List::from(vec![
        shop.number("id"),
        shop.column("email", "varchar(200)"),
        Column { default: shop.default("'none'"), ..shop.column("nickname", "varchar(40)") },
        Column { default: shop.default("now()"), ..shop.column("created_at", "timestamp") },
        Column { default: shop.default(on), ..shop.column("is_active", "bool") },
        Column { nullable: true, ..shop.column("seen_at", "timestamp") },
        Column {
            nullable: true,
            generated: Some(Generated { expr: expr("upper(nickname)"), stored: false }),
            ..shop.column("shown", "varchar(40)")
        },
    ]);
    shop.primary_key(&mut customers, &["id"]);
    shop.unique(&mut customers, &["email", "nickname"]);
    let mut orders = shop.table("orders");
    let renamed = dialect.column_name("note");
    orders.columns = List::from(vec![
        shop.number("id"),
        shop.column("customer_id", "bigint"),
        Column { default: shop.default("5"), ..shop.column("total", "decimal(12,2)") },
        Column {
            nullable: true,
            meta: Meta { renamed_from: Some(renamed), ..Meta::default() },
            ..shop.column("remark", "text")
        },
        Column {
            default: shop.default("now()"),
            touch: true,
            ..shop.column("updated_at", "timestamp")
        },
        Column { default: shop.default("gen_random_uuid()"), ..shop.column("code", "varchar(36)") },
    ]);
    shop.primary_key(&mut orders, &["id"]);
    shop.foreign_key(&mut orders, "customer_id", &customers, Action::Cascade);
    shop.check(&mut orders, "total > 1", "total");
    shop.index(&mut orders, &["customer_id", "total"]);
    shop.index(&mut orders, &["code"]);
    if dialect.has(Feature::IndexExpression) {
        shop.expression_index(&mut orders, "lower(code)");
    }
    let mut settings = shop.table("settings");
    settings.columns = List::from(vec![
        shop.column("scope", "varchar(20)"),
        shop.column("name", "varchar(20)"),
        Column { default: shop.default("'it''s'"), ..shop.column("value", "text") },
        Column {
            default: shop.default("now()"),
            touch: true,
            ..shop.column("set_at", "timestamp")
        },
    ]);
    if dialect.name == "sqlite" {
        settings.options.insert("without_rowid".to_owned(), "true".to_owned());
    }
    shop.primary_key(&mut settings, &["name", "scope"]);
    let mut log = shop.table("log");
    log.columns = List::from(vec![
        Column { nullable: true, ..shop.column("line", "text") },
        shop.number("number"),
    ]);
    shop.primary_key(&mut log, &["number"]);
    let mut reviews = shop.table("reviews");
    reviews.columns = List::from(vec![shop.number("id"), shop.column("order_id", "bigint")]);
    shop.primary_key(&mut reviews, &["id"]);
    shop.foreign_key(&mut reviews, "order_id", &orders, Action::NoAction);
    finish([customers, orders, settings, log, reviews])
}

/// Returns one table with all that a table of MySQL can have.
pub(crate) fn everything(dialect: &'static Dialect) -> Schema {
    let mut shop = Shop::new(dialect);
    let mut table = shop.table("everything");
    let text = |it: &str| Some(it.to_owned());
    let values = vec!["a'b".to_owned(), "c".to_owned()];
    let id = shop.number("id");
    table.columns = List::from(vec![
        Column {
            ty: ColumnType { unsigned: true, ..id.ty.clone() },
            comment: text("It's the key"),
            ..id
        },
        Column {
            ty: ColumnType { values, ..ColumnType::new("enum") },
            default: shop.default("'c'"),
            ..shop.column("state", "int")
        },
        Column {
            charset: text("ascii"),
            collate: text("ascii_bin"),
            default: shop.default("'x'"),
            ..shop.column("code", "varchar(8)")
        },
        Column { default: shop.default("'{}'"), ..shop.column("doc", "json") },
        shop.column("body", "text"),
        Column { nullable: true, ..shop.column("order", "int") },
        Column {
            nullable: true,
            generated: Some(Generated { expr: expr("`order` * 2"), stored: true }),
            ..shop.column("double_order", "int")
        },
        Column { nullable: true, ..shop.column("seen_at", "timestamp(3)") },
        Column {
            default: shop.default("now()"),
            touch: true,
            ..shop.column("changed_at", "datetime(3)")
        },
        Column { default: shop.default("current_date"), ..shop.column("day", "date") },
        Column { invisible: true, default: shop.default("0"), ..shop.column("hidden", "int") },
    ]);
    shop.primary_key(&mut table, &["id"]);
    shop.unique(&mut table, &["code"]);
    shop.check(&mut table, "`order` > 0", "order");
    let column = |name: &str| IndexColumn::column(dialect.column_name(name));
    let body = IndexColumn { prefix: Some(20), ..column("body") };
    let order = IndexColumn { descending: true, ..column("order") };
    let by_body = Index::new(dialect.column_name("body"), vec![body, order]);
    shop.add(&mut table, Part::Index(Index { comment: text("By body"), ..by_body }));
    let words = Index::new(dialect.column_name("words"), vec![column("body")]);
    shop.add(&mut table, Part::Index(Index { method: text("fulltext"), ..words }));
    table.comment = text("All of it");
    let options = [("engine", "InnoDB"), ("charset", "utf8mb4")];
    table.options.extend(options.map(|(key, value)| (key.to_owned(), value.to_owned())));
    finish([table])
}

struct Shop {
    dialect: &'static Dialect,
    relations: Relations,
}

impl Shop {
    fn new(dialect: &'static Dialect) -> Self {
        Self { dialect, relations: Relations::default() }
    }

    fn table(&self, name: &str) -> Table {
        Table::new(QName::local(self.dialect.table_name(name)))
    }

    fn column(&self, name: &str, ty: &str) -> Column {
        let (word, args) = ty.split_once('(').unwrap_or((ty, ")"));
        let args: Vec<&str> =
            args.trim_end_matches(')').split(',').filter(|it| !it.is_empty()).collect();
        let ty = super::written(word, &args);
        let ty = self.dialect.native_type(&ty).ok().or_else(|| self.dialect.portable_type(&ty));
        Column::new(self.dialect.column_name(name), ty.expect("the type is known"))
    }

    fn number(&self, name: &str) -> Column {
        let ty = self.dialect.identity_type.unwrap_or("bigint");
        Column {
            ty: ColumnType::new(ty),
            identity: Some(self.dialect.identity),
            ..self.column(name, "bigint")
        }
    }

    fn default(&self, text: &str) -> Option<Expr> {
        self.dialect.default_expr(self.dialect.portable_expr(text), &ColumnType::default())
    }

    fn add(&mut self, table: &mut Table, part: Part) {
        self.dialect.add_part(&mut self.relations, table, part).expect("no two names clash");
    }

    fn names(&self, columns: &[&str]) -> Vec<schemac::base::Name> {
        columns.iter().map(|it| self.dialect.column_name(it)).collect()
    }

    fn primary_key(&mut self, table: &mut Table, columns: &[&str]) {
        let (name, columns) = (self.dialect.column_name(""), self.names(columns));
        let it = PrimaryKey { meta: invented(), ..PrimaryKey::new(name, columns) };
        self.add(table, Part::PrimaryKey(it));
    }

    fn unique(&mut self, table: &mut Table, columns: &[&str]) {
        let (name, columns) = (self.dialect.column_name(""), self.names(columns));
        let it = Unique { meta: invented(), ..Unique::new(name, columns) };
        self.add(table, Part::Unique(it));
    }

    fn check(&mut self, table: &mut Table, text: &str, column: &str) {
        let expr = Expr::new(text, schemac::sql::canonical(text, &self.dialect.lexis));
        let (name, columns) = (self.dialect.column_name(""), self.names(&[column]));
        let it = Check { meta: invented(), ..Check::new(name, expr, columns) };
        self.add(table, Part::Check(it));
    }

    fn foreign_key(&mut self, table: &mut Table, column: &str, target: &Table, on_delete: Action) {
        let (name, columns) = (self.dialect.column_name(""), self.names(&[column]));
        let base = ForeignKey::new(name, columns, target.name.clone(), self.names(&["id"]));
        let it = ForeignKey { on_delete, meta: invented(), ..base };
        self.add(table, Part::ForeignKey(it));
    }

    fn index(&mut self, table: &mut Table, columns: &[&str]) {
        let columns = self.names(columns).into_iter().map(IndexColumn::column).collect();
        let it = Index::new(self.dialect.column_name(""), columns);
        self.add(table, Part::Index(Index { meta: invented(), ..it }));
    }

    fn expression_index(&mut self, table: &mut Table, text: &str) {
        let columns = vec![IndexColumn::new(IndexKey::Expr(expr(text)))];
        let it = Index::new(self.dialect.column_name(""), columns);
        self.add(table, Part::Index(Index { meta: invented(), ..it }));
    }
}

fn finish<const N: usize>(tables: [Table; N]) -> Schema {
    let tables = tables.into_iter().map(|it| (it.name.clone(), it)).collect();
    Schema { tables, ..Schema::default() }
}

fn invented() -> Meta {
    Meta { invented: true, ..Meta::default() }
}

fn expr(text: &str) -> Expr {
    Expr::new(text, text)
}
