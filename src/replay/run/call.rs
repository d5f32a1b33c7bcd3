//! Functions of one value or several.

use super::{
    Raised, Res, Run, aggregate, catalog::type_names, functions, scope::Scope, state::State,
    value::Val,
};
use crate::{
    base::{Name, QName},
    dialect::postgres::functions as built_in,
    model::Function,
    replay::{codes, ctx::Ctx},
    sql::{self, ast::Call},
};

/// Returns the value of a word that is a function without parentheses.
pub(super) fn bare(ctx: &Ctx, name: &str) -> Option<Val> {
    match name.to_lowercase().as_str() {
        "current_schema" if ctx.is_postgres() => Some(current_schema(ctx)),
        "current_user" | "session_user" | "user" | "current_role" => {
            Some(Val::unknown("the role that runs the history"))
        }
        "current_catalog" if ctx.is_postgres() => Some(Val::database()),
        "current_timestamp" | "current_date" | "current_time" | "localtimestamp" | "localtime" => {
            Some(Val::unknown("the time"))
        }
        "sqlstate" | "sqlerrm" => Some(Val::unknown(format!("`{name}`"))),
        _ => None,
    }
}

/// Returns the functions of the history that the text may call.
pub(super) fn called<'c>(ctx: &'c Ctx, text: &'c str) -> impl Iterator<Item = &'c Function> {
    let version = ctx.dialect.version;
    let calls = sql::spoken(text, &ctx.dialect.lexis).filter(|it| it.after == "(");
    let words = calls.map(|it| it.word.text);
    words
        .filter(move |it| !built_in::is_built_in(it, version))
        .flat_map(|word| ctx.schema.functions.iter().filter(move |it| base_name(it.0) == word))
        .map(|it| it.1)
}

pub(super) fn current_schema(ctx: &Ctx) -> Val {
    let first = ctx.path.first().cloned().flatten();
    let name = first.map(|it| it.as_str().to_owned());
    Val::text(name.unwrap_or_else(|| ctx.dialect.default_schema.unwrap_or("").to_owned()))
}

impl Run<'_, '_, '_> {
    pub(super) fn call(&mut self, call: &Call, scope: &Scope) -> Res<Val> {
        if call.over {
            return Ok(Val::unknown("a window function is not evaluated"));
        }
        if aggregate::is_aggregate(call) {
            return self.aggregate(call, scope);
        }
        if call.name == "array"
            && let [crate::sql::ast::Ex::Query(query)] = call.args.as_slice()
        {
            let table = self.query(query, scope)?;
            return Ok(match &table.unknown {
                Some(reason) => Val::unknown(reason.clone()),
                None => Val::List(table.first_column()),
            });
        }
        // MySQL evaluates one branch only, and so may leave unknown what it does not need.
        if call.name == "if"
            && self.ctx.is_mysql()
            && let [condition, yes, no] = call.args.as_slice()
        {
            let holds = self.eval(condition, scope)?.truth();
            return match holds {
                Ok(it) => self.eval(if it == Some(true) { yes } else { no }, scope),
                Err(reason) => Ok(Val::Unknown(reason)),
            };
        }
        if call.name == "coalesce" || call.name == "ifnull" {
            for arg in &call.args {
                let value = self.eval(arg, scope)?;
                if !value.is_null() {
                    return Ok(value);
                }
            }
            return Ok(Val::Null);
        }
        let args = self.all(&call.args, scope)?;
        if call.schema.as_deref().is_none_or(|it| it == "pg_catalog")
            && let Some(value) = self.of_catalog(&call.name, &args)?
        {
            return Ok(value);
        }
        if call.schema.as_deref().is_none_or(|it| it == "pg_catalog")
            && let Some(value) = functions::builtin(self.ctx, &call.name, &args)
        {
            return Ok(value);
        }
        self.user_function(call, args)
    }

    /// Whether the text may call a function of the history.
    pub(super) fn calls_own(&self, text: &str) -> bool {
        called(self.ctx, text).next().is_some()
    }

    /// Functions that look names up.
    fn of_catalog(&mut self, name: &str, args: &[Val]) -> Res<Option<Val>> {
        let Some(first) = args.first() else { return Ok(None) };
        Ok(Some(match name {
            "to_regclass" | "to_regtype" | "to_regproc" | "to_regnamespace" | "to_regprocedure" => {
                self.look_up(first, name.trim_start_matches("to_"))
            }
            "pg_get_functiondef" => self.definition(first),
            "pg_get_serial_sequence" => {
                let table = self.look_up(first, "regclass");
                self.serial_sequence(&table, args.get(1).unwrap_or(&Val::Null))
            }
            "obj_description" => match (first, args.get(1)) {
                (Val::Object("class", name), None | Some(Val::Text(_))) => self.comment(name),
                _ => return Ok(None),
            },
            "format_type" => match (first, args.get(1).and_then(Val::why_unknown)) {
                (Val::Object(..), Some(reason)) => Val::unknown(reason),
                (Val::Object(_, name), None) => Val::text(name.clone()),
                (other, _) => other.clone(),
            },
            "pg_get_function_identity_arguments" | "pg_get_function_arguments" => match first {
                Val::Object(_, name) => {
                    let inner = name.split_once('(').map_or("", |it| it.1);
                    Val::text(inner.trim_end_matches(')'))
                }
                other => other.clone(),
            },
            _ => return Ok(None),
        }))
    }

    /// Returns the sequence that goes with a column, as a text to be read as a name.
    fn serial_sequence(&self, table: &Val, column: &Val) -> Val {
        let unknown = || Val::unknown("which sequence goes with a column");
        let (Val::Object(_, name), Val::Text(column)) = (table, column) else { return unknown() };
        let (dialect, schema) = (self.ctx.dialect, &self.ctx.schema);
        let found = schema.tables.values().find(|it| it.name.to_string() == *name);
        let column = dialect.column_name(column);
        let Some(column) = found.and_then(|it| it.column(&column)) else { return unknown() };
        let owned = found.and_then(|table| {
            let goes_with = Some((table.name.clone(), column.name.clone()));
            let own = schema.sequences.values().find(|it| it.owned_by == goes_with);
            let own = own.map(|it| it.name.clone());
            own.or_else(|| dialect.sequence_name_of(&table.name, column))
        });
        let Some(own) = owned else { return Val::Null };
        let home = own.schema.as_ref().map_or(dialect.default_schema.unwrap_or(""), Name::as_str);
        Val::text(format!("{}.{}", dialect.ident_str(home), dialect.ident(&own.name)))
    }

    /// Returns the comment of a relation.
    fn comment(&self, name: &str) -> Val {
        let (tables, views) = (&self.ctx.schema.tables, &self.ctx.schema.views);
        let is_it = |it: &QName| it.to_string() == name;
        let table = tables.iter().find(|it| is_it(it.0)).map(|it| &it.1.comment);
        let view = || views.iter().find(|it| is_it(it.0)).map(|it| &it.1.comment);
        match table.or_else(view) {
            Some(it) => it.as_ref().map_or(Val::Null, Val::text),
            None => Val::unknown("the comment of a relation"),
        }
    }

    /// Returns the object that a text names; NULL where there is none.
    pub(super) fn look_up(&mut self, value: &Val, ty: &str) -> Val {
        let name = match value.show() {
            Ok(Some(it)) => it,
            Ok(None) => return Val::Null,
            Err(reason) => return Val::Unknown(reason),
        };
        if let Val::Object(..) = value {
            return value.clone();
        }
        let found = self.find_object(&name, ty);
        if found.is_null() && self.ctx.blame.suspect(&format!("`{name}`")).is_some() {
            return Val::unknown(format!("whether `{name}` is there at this point is not known"));
        }
        found
    }

    fn find_object(&self, text: &str, ty: &str) -> Val {
        let parts: Vec<String> = text.split('.').map(fold_name).collect();
        let (schema, own) = match parts.as_slice() {
            [.., schema, own] => (Some(schema.as_str()), own.as_str()),
            [own] => (None, own.as_str()),
            [] => return Val::Null,
        };
        let name = self.object_name(schema, own);
        let has = |found: bool, sort: &'static str, meant: &QName| {
            if found { Val::Object(sort, meant.to_string()) } else { Val::Null }
        };
        match ty {
            "regnamespace" => {
                let known = self.ctx.namespace(own);
                let known = known.is_none_or(|it| self.ctx.schema.namespaces.contains_key(&it));
                if known { Val::Object("namespace", own.to_owned()) } else { Val::Null }
            }
            "regtype" => {
                let meant = self.ctx.enum_meant(&name);
                let schema = &self.ctx.schema;
                let found = schema.enums.contains_key(&meant)
                    || schema.domains.contains_key(&meant)
                    || schema.composites.contains_key(&meant);
                if found {
                    return Val::Object("type", meant.to_string());
                }
                let written = sql::parse_type(text, &self.ctx.dialect.lexis).ok();
                match written.and_then(|it| self.ctx.dialect.native_type(&it).ok()) {
                    Some(it) => Val::Object("type", type_names::shown(&it)),
                    None => Val::unknown(format!("whether `{text}` is a type")),
                }
            }
            "regclass" => {
                let meant = self.ctx.relation_meant(&name);
                let found = self.ctx.relations.home(&meant).is_some() || {
                    let schema = &self.ctx.schema;
                    schema.views.contains_key(&meant)
                        || schema.materialized_views.contains_key(&meant)
                        || schema.sequences.contains_key(&meant)
                };
                if !found && self.is_elsewhere(&meant) {
                    return Val::unknown(format!("whether `{text}` is there"));
                }
                has(found, "class", &meant)
            }
            _ => {
                let own = own.split('(').next().unwrap_or(own);
                let found = self.ctx.schema.functions.keys().find(|it| base_name(it) == own);
                found.map_or(Val::Null, |it| Val::Object("proc", it.to_string()))
            }
        }
    }

    pub(super) fn missing(&mut self, noun: &str, name: &str) -> Res<Val> {
        let own = QName::local(crate::base::Name::exact(name.to_owned()));
        let place = self.ctx.place(self.span());
        let later = self.ctx.history.table_after(name, self.ctx.moment);
        let diagnostic = codes::missing_relation(noun, &own, place, later);
        let mut state = State::of(&diagnostic);
        if noun == "function" || noun == "procedure" {
            state = State::named("undefined_function");
        }
        self.fail(Raised { diagnostic: Box::new(diagnostic), state })?;
        Ok(Val::unknown(format!("the {noun} `{name}` is not there")))
    }
}

/// Returns the name of a routine without the types of its arguments.
pub(super) fn base_name(name: &QName) -> &str {
    let text = name.name.as_str();
    text.split('(').next().unwrap_or(text)
}

fn fold_name(text: &str) -> String {
    let text = text.trim();
    match text.strip_prefix('"') {
        Some(inner) => inner.trim_end_matches('"').replace("\"\"", "\""),
        None => text.to_lowercase(),
    }
}
