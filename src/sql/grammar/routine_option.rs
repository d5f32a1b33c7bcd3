//! What stands behind the arguments of a function
//! (<https://www.postgresql.org/docs/current/sql-createfunction.html>).

use super::cursor::{Cursor, Res};
use crate::sql::{
    ast::{Ident, RoutineOption, Setting, SettingValue},
    token::Kind,
};

/// Words, and the option that they are.
type Plain = (&'static [&'static str], fn() -> RoutineOption<'static>);

/// Options that are nothing but their words.
const WORDS: &[Plain] = &[
    (&["immutable"], || RoutineOption::Volatility("immutable")),
    (&["stable"], || RoutineOption::Volatility("stable")),
    (&["volatile"], || RoutineOption::Volatility("volatile")),
    (&["called", "on", "null", "input"], || RoutineOption::Strict(false)),
    (&["returns", "null", "on", "null", "input"], || RoutineOption::Strict(true)),
    (&["strict"], || RoutineOption::Strict(true)),
    (&["leakproof"], || RoutineOption::Leakproof(true)),
    (&["not", "leakproof"], || RoutineOption::Leakproof(false)),
    (&["window"], || RoutineOption::Window),
    (&["external", "security", "definer"], || RoutineOption::SecurityDefiner(true)),
    (&["security", "definer"], || RoutineOption::SecurityDefiner(true)),
    (&["external", "security", "invoker"], || RoutineOption::SecurityDefiner(false)),
    (&["security", "invoker"], || RoutineOption::SecurityDefiner(false)),
];

impl<'a> Cursor<'a, '_> {
    /// Reads the options of `CREATE FUNCTION` up to the end of the statement.
    pub(in crate::sql) fn routine_options(&mut self) -> Res<Vec<RoutineOption<'a>>> {
        let mut res = Vec::new();
        while !self.is_end() {
            res.push(self.body_option()?);
        }
        Ok(res)
    }

    fn body_option(&mut self) -> Res<RoutineOption<'a>> {
        if self.eat("language") {
            return Ok(RoutineOption::Language(self.word_or_string("a language")?));
        }
        if self.eat("transform") {
            let start = self.at;
            while self.eat_all(&["for", "type"]) {
                self.type_name()?;
                self.eat_symbol(",");
            }
            return Ok(RoutineOption::Transform(self.since(start)));
        }
        if self.eat("as") {
            let first = self.string("a body in quotes")?;
            if !self.eat_symbol(",") {
                return Ok(RoutineOption::Body(first));
            }
            return Ok(RoutineOption::Linked(first, self.string("a symbol in quotes")?));
        }
        if self.is("return") || self.is_all(&["begin", "atomic"]) {
            self.dated("begin atomic");
            return Ok(RoutineOption::Inline(self.rest()));
        }
        match self.common_option()? {
            Some(it) => Ok(it),
            None if self.eat("window") => Ok(RoutineOption::Window),
            None => Err(self.rejected("an option of a function")),
        }
    }

    /// Reads an option that `ALTER FUNCTION` takes too.
    pub(in crate::sql) fn common_option(&mut self) -> Res<Option<RoutineOption<'a>>> {
        for (words, option) in WORDS {
            if self.eat_all(words) {
                return Ok(Some(option()));
            }
        }
        let res = if self.eat("cost") {
            RoutineOption::Cost(self.number_text()?)
        } else if self.eat("rows") {
            RoutineOption::Rows(self.number_text()?)
        } else if self.eat("support") {
            RoutineOption::Support(self.name("a function name")?)
        } else if self.eat("parallel") {
            RoutineOption::Parallel(self.label("`unsafe`, `restricted` or `safe`")?)
        } else if self.eat("set") {
            RoutineOption::Set(self.setting()?)
        } else if self.eat("reset") {
            RoutineOption::Reset(if self.eat("all") { None } else { Some(self.setting_name()?) })
        } else {
            return Ok(None);
        };
        Ok(Some(res))
    }

    fn number_text(&mut self) -> Res<crate::sql::ast::Sql<'a>> {
        let start = self.at;
        let _ = self.eat_symbol("-") || self.eat_symbol("+");
        if self.peek().kind != Kind::Number {
            return Err(self.rejected("a number"));
        }
        self.at += 1;
        Ok(self.since(start))
    }

    fn setting_name(&mut self) -> Res<String> {
        let mut name = self.label("a setting")?.text.to_lowercase();
        while self.eat_symbol(".") {
            name = format!("{name}.{}", self.label("a setting")?.text.to_lowercase());
        }
        Ok(name)
    }

    fn setting(&mut self) -> Res<Setting<'a>> {
        if self.eat_all(&["time", "zone"]) {
            let value = SettingValue::To(vec![self.setting_value()?]);
            return Ok(Setting { name: "timezone".to_owned(), value });
        }
        let name = self.setting_name()?;
        if self.eat_all(&["from", "current"]) {
            return Ok(Setting { name, value: SettingValue::FromCurrent });
        }
        if !self.eat("to") && !self.eat_symbol("=") {
            return Err(self.rejected("`to` or `=`"));
        }
        if self.eat("default") {
            return Ok(Setting { name, value: SettingValue::Default });
        }
        let mut values = vec![self.setting_value()?];
        while self.eat_symbol(",") {
            values.push(self.setting_value()?);
        }
        Ok(Setting { name, value: SettingValue::To(values) })
    }

    fn setting_value(&mut self) -> Res<Ident<'a>> {
        if self.is_symbol("-") || self.peek().kind == Kind::Number {
            let number = self.number_text()?;
            return Ok(Ident { text: number.text.into(), span: number.span });
        }
        self.word_or_string("a value")
    }
}
