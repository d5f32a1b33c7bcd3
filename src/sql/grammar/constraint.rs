//! Constraints of a table, and MySQL's indexes among them.

use super::cursor::{Cursor, Failure, Res};
use crate::sql::{
    ast::{ConstraintKind, Fault, Ident, IndexDef, IndexMethod, TableConstraint, TableOption},
    lexis::Family,
    token::Kind,
};

impl<'a> Cursor<'a, '_> {
    /// Whether a constraint starts here rather than a column.
    pub(super) fn starts_constraint(&self) -> bool {
        let mysql = self.family() == Family::MySql;
        let next_is_type = matches!(self.nth(1).kind, Kind::Word | Kind::Quoted);
        self.is("constraint")
            || self.is_all(&["primary", "key"])
            || self.is_all(&["foreign", "key"])
            || self.is("unique")
            || self.is("check") && self.is_symbol_nth(1, "(")
            || self.is_all(&["not", "null"])
            || self.is("exclude") && (self.is_nth(1, "using") || self.is_symbol_nth(1, "("))
            || mysql && self.is_any(&["key", "index"])
            || mysql
                && self.is_any(&["fulltext", "spatial"])
                && (next_is_type || self.is_symbol_nth(1, "("))
    }

    pub(super) fn constraint(&mut self) -> Res<TableConstraint<'a>> {
        let start = self.at;
        let mut name = None;
        if self.eat("constraint") {
            let _ = self.family() == Family::MySql && self.if_not_exists();
            let anonymous = self.is_any(&["primary", "unique", "foreign", "check"]);
            if !(anonymous && self.family() != Family::Postgres) {
                name = Some(self.ident("a constraint name")?);
            }
        }
        let kind = self.constraint_kind(&mut name)?;
        let span = self.span_since(start);
        let mut res = TableConstraint { name, ..TableConstraint::bare(kind, span) };
        if let ConstraintKind::ForeignKey { target, .. } = &res.kind {
            (res.deferrable, res.initially_deferred) =
                (target.deferrable, target.initially_deferred);
        }
        self.constraint_tail(&mut res)?;
        self.refuse_misplaced(&res)?;
        res.span = self.span_since(start);
        Ok(res)
    }

    /// Refuses what PostgreSQL says of other constraints only (`processCASbits`).
    fn refuse_misplaced(&self, it: &TableConstraint) -> Res<()> {
        use ConstraintKind::{Check, ForeignKey, NotNull};
        if self.family() != Family::Postgres {
            return Ok(());
        }
        let (is_key, is_reference) = match &it.kind {
            Check { .. } | NotNull(_) => (false, false),
            ForeignKey { .. } => (false, true),
            _ => (true, false),
        };
        let is_not_null = matches!(it.kind, NotNull(_));
        let misplaced = [
            (it.deferrable && !is_key && !is_reference, "`deferrable`"),
            (it.not_enforced && (is_key || is_not_null), "`not enforced`"),
            (it.not_valid && is_key, "`not valid`"),
            (it.no_inherit && (is_key || is_reference), "`no inherit`"),
        ];
        match misplaced.into_iter().find(|it| it.0) {
            Some((_, words)) => Err(self.misplaced(words)),
            None => Ok(()),
        }
    }

    /// Says that the words before here belong to another kind of constraint.
    pub(super) fn misplaced(&self, words: &str) -> Failure {
        let reason = format!("a constraint of this kind cannot be {words}");
        Failure { fault: Fault { span: self.previous().span, reason }, certain: true }
    }

    fn constraint_tail(&mut self, res: &mut TableConstraint<'a>) -> Res<()> {
        loop {
            if self.is_all(&["not", "valid"]) {
                if self.family() != Family::Postgres {
                    return Err(self.rejected("the end of the constraint"));
                }
                self.at += 2;
                res.not_valid = true;
            } else if self.eat_all_of(Family::Postgres, &["no", "inherit"]) {
                res.no_inherit = true;
            } else if let Some(enforced) = self.enforcement() {
                res.not_enforced = !enforced;
            } else if let Some(conflict) = self.on_conflict()? {
                if let ConstraintKind::PrimaryKey { options, .. }
                | ConstraintKind::Unique { options, .. } = &mut res.kind
                {
                    options.push(conflict);
                }
            } else if !self.deferral(&mut res.deferrable, &mut res.initially_deferred) {
                return Ok(());
            }
        }
    }

    /// Reads `[NOT] ENFORCED`, if it stands here.
    pub(super) fn enforcement(&mut self) -> Option<bool> {
        // https://mariadb.com/kb/en/constraint/: all of its checks are.
        if self.lexis.mariadb_comments || self.family() == Family::Sqlite {
            return None;
        }
        let enforced = if self.eat("enforced") {
            true
        } else if self.eat_all(&["not", "enforced"]) {
            false
        } else {
            return None;
        };
        self.dated("enforced");
        Some(enforced)
    }

    fn constraint_kind(&mut self, name: &mut Option<Ident<'a>>) -> Res<ConstraintKind<'a>> {
        if self.eat_all(&["primary", "key"]) {
            self.primary_key(name)
        } else if self.eat("unique") {
            self.unique(name)
        } else if self.eat("check") {
            Ok(ConstraintKind::Check { expression: self.sound_parens()? })
        } else if self.eat_all(&["foreign", "key"]) {
            let _ = self.if_not_exists();
            let index = self.index_name()?;
            // MariaDB takes the index's name for the key as well.
            if name.is_none() && self.lexis.mariadb_comments {
                name.clone_from(&index);
            }
            let (columns, period) = self.key_columns()?;
            self.expect("references")?;
            let target = self.foreign_key_target()?;
            Ok(ConstraintKind::ForeignKey { index, columns, period, target })
        } else if self.family() == Family::Postgres && self.eat("exclude") {
            Ok(ConstraintKind::Exclude(self.exclusion()?))
        } else if self.family() == Family::Postgres && self.eat_all(&["not", "null"]) {
            let column = self.ident("a column name")?;
            self.dated("not null constraint");
            Ok(ConstraintKind::NotNull(column))
        } else if self.family() == Family::MySql {
            self.inner_index(name)
        } else {
            Err(self.rejected("`primary key`, `unique`, `check` or `foreign key`"))
        }
    }

    fn primary_key(&mut self, name: &mut Option<Ident<'a>>) -> Res<ConstraintKind<'a>> {
        if let Some(index) = self.using_index()? {
            return Ok(ConstraintKind::UsingIndex { index, primary: true });
        }
        let mut def = IndexDef::default();
        if let Some(own) = self.index_name()? {
            name.get_or_insert(own);
        }
        self.index_method(&mut def)?;
        let without_overlaps = self.overlapping_columns(&mut def)?;
        self.index_tail(&mut def)?;
        let IndexDef { columns, include, options, .. } = def;
        Ok(ConstraintKind::PrimaryKey { columns, include, options, without_overlaps })
    }

    fn unique(&mut self, name: &mut Option<Ident<'a>>) -> Res<ConstraintKind<'a>> {
        if let Some(index) = self.using_index()? {
            return Ok(ConstraintKind::UsingIndex { index, primary: false });
        }
        let mut def = IndexDef::default();
        if self.family() == Family::MySql {
            let _ = self.eat_any(&["key", "index"]);
            let _ = self.if_not_exists();
            // An index name is worth more than the constraint's.
            if let Some(own) = self.index_name()? {
                *name = Some(own);
            }
        }
        if self.family() == Family::Postgres {
            self.null_treatment(&mut def);
        }
        self.index_method(&mut def)?;
        let without_overlaps = self.overlapping_columns(&mut def)?;
        self.index_tail(&mut def)?;
        if self.family() == Family::MySql {
            return Ok(ConstraintKind::Index(IndexDef { unique: true, ..def }));
        }
        let IndexDef { columns, nulls_not_distinct, include, options, .. } = def;
        Ok(ConstraintKind::Unique {
            columns,
            nulls_not_distinct,
            include,
            options,
            without_overlaps,
        })
    }

    /// Reads the columns of a key; says whether the last one is `WITHOUT OVERLAPS`.
    fn overlapping_columns(&mut self, def: &mut IndexDef<'a>) -> Res<bool> {
        let mut without_overlaps = false;
        let mut numbered = None;
        def.columns = self.list(|it| {
            let column = it.index_column()?;
            if it.family() == Family::Sqlite && it.eat("autoincrement") {
                numbered = Some(it.previous().span);
            }
            without_overlaps =
                it.family() == Family::Postgres && it.eat_dated(&["without", "overlaps"]);
            if without_overlaps && !it.is_symbol(")") {
                return Err(it.rejected("`)`"));
            }
            Ok(column)
        })?;
        def.options.extend(numbered.map(|span| TableOption {
            key: "autoincrement".to_owned(),
            value: "".into(),
            span,
        }));
        Ok(without_overlaps)
    }

    fn using_index(&mut self) -> Res<Option<Ident<'a>>> {
        if self.eat_all_of(Family::Postgres, &["using", "index"]) {
            self.ident("an index name").map(Some)
        } else {
            Ok(None)
        }
    }

    /// An optional name before `(` or `USING`.
    fn index_name(&mut self) -> Res<Option<Ident<'a>>> {
        if self.family() != Family::MySql || self.is_symbol("(") || self.is_any(&["using", "type"])
        {
            return Ok(None);
        }
        self.ident("an index name or `(`").map(Some)
    }

    /// `KEY`, `INDEX`, `FULLTEXT KEY`, `SPATIAL INDEX`.
    fn inner_index(&mut self, name: &mut Option<Ident<'a>>) -> Res<ConstraintKind<'a>> {
        let mut def = IndexDef::default();
        if self.eat("fulltext") {
            def.method = IndexMethod::Fulltext;
            let _ = self.eat_any(&["key", "index"]);
        } else if self.eat("spatial") {
            def.method = IndexMethod::Spatial;
            let _ = self.eat_any(&["key", "index"]);
        } else if self.eat_any(&["key", "index"]).is_none() {
            return Err(self.rejected("a constraint"));
        }
        let _ = self.if_not_exists();
        if let Some(own) = self.index_name()? {
            *name = Some(own);
        }
        self.index_method(&mut def)?;
        def.columns = self.list(Self::index_column)?;
        self.index_tail(&mut def)?;
        Ok(ConstraintKind::Index(def))
    }
}
