//! The clause by which a table is cut into partitions, as it is compared: its head, and each partition
//! (<https://dev.mysql.com/doc/refman/8.4/en/partitioning-types.html>).

/// `range(id)(partition p0 values less than(10))` or `hash(id) partitions 4`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partitions {
    /// All before the number or the list: `linear hash(id)`, `range(a) subpartition by hash(b) subpartitions 2`.
    pub head: String,
    /// How many there are where none is named.
    pub count: usize,
    pub parts: Vec<Partition>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partition {
    pub name: String,
    /// All behind the name: `values less than(10) comment = 'old'`.
    pub rest: String,
}

impl Partitions {
    /// Reads a clause in its settled form.
    pub fn read(clause: &str) -> Self {
        let (head, list) = match find(clause, "(partition ") {
            Some(at) => (&clause[..at], &clause[at + 1..clause.rfind(')').unwrap_or(clause.len())]),
            None => (clause, ""),
        };
        let (head, count) = head
            .split_once(" partitions ")
            .map_or((head, None), |(head, n)| (head, n.trim().parse().ok()));
        let parts = Partition::read_all(list);
        let count = count.unwrap_or(parts.len().max(1));
        let mut res = Self { head: head.trim_end().to_owned(), count, parts };
        res.settle();
        res
    }

    /// Takes away what the server does without: parentheses around an expression, around the end of all ranges, and
    /// where NULL stands in a list.
    fn settle(&mut self) {
        self.parts.iter_mut().for_each(Partition::sort_options);
        self.name_subpartitions();
        let (key, is_list) = self.key();
        if !is_list && key.starts_with('(') && matching(key, 0) + 1 == key.len() {
            self.head = self.head.replacen(key, &key[1..key.len() - 1], 1);
        }
        for part in self.parts.iter_mut().filter(|_| !is_list) {
            part.rest = part.rest.replacen("less than(maxvalue)", "less than maxvalue", 1);
            if let Some(list) = part.values().filter(|it| !it.0).map(|it| it.1)
                && let Some(others) = list.strip_suffix(", null")
            {
                part.rest = part.rest.replacen(list, &format!("null, {others}"), 1);
            }
        }
    }

    pub fn text(&self) -> String {
        if self.parts.is_empty() {
            let count = Some(self.count).filter(|it| *it != 1);
            return self.head.clone()
                + &count.map_or(String::new(), |it| format!(" partitions {it}"));
        }
        let parts: Vec<String> = self.parts.iter().map(Partition::text).collect();
        format!("{}({})", self.head, parts.join(", "))
    }

    /// Returns `range`, `list`, `hash` or `key`.
    pub fn method(&self) -> &'static str {
        let head = self.head.strip_prefix("linear ").unwrap_or(&self.head);
        ["range", "list", "hash"].into_iter().find(|it| head.starts_with(it)).unwrap_or("key")
    }

    pub fn has_values(&self) -> bool {
        matches!(self.method(), "range" | "list")
    }

    /// Returns what stands in the first parentheses, and whether that is a list of columns.
    pub fn key(&self) -> (&str, bool) {
        let Some(open) = self.head.find('(') else { return ("", true) };
        let end = matching(&self.head, open);
        let is_list = self.method() == "key" || self.head[..open].ends_with("columns");
        (self.head[open + 1..end].trim(), is_list)
    }

    pub fn size(&self) -> usize {
        if self.parts.is_empty() { self.count } else { self.parts.len() }
    }

    /// Adds partitions that are known by their number, to a list under the names that the server gives them.
    pub fn grow(&mut self, n_more: usize) {
        let len = self.size();
        if self.parts.is_empty() {
            self.count += n_more;
        } else {
            self.parts.extend((len..len + n_more).map(Partition::numbered));
        }
    }

    /// Takes partitions away that are known by their number.
    pub fn shrink(&mut self, n_less: usize) {
        let left = self.size() - n_less;
        self.count = left;
        self.parts.truncate(left);
    }

    /// Adds named partitions; those that had no names get the server's.
    pub fn add(&mut self, more: Vec<Partition>) {
        if self.parts.is_empty() {
            self.parts = (0..self.count).map(Partition::numbered).collect();
        }
        self.parts.extend(more);
    }

    /// Gives a column another name in the head.
    pub fn rename_column(&mut self, from: &str, to: &str) {
        let mut res = String::new();
        let mut rest = &*self.head;
        while let Some(at) = rest.find(|it: char| it.is_ascii_alphanumeric() || it == '_') {
            let end = rest[at..].find(|it: char| !it.is_ascii_alphanumeric() && it != '_');
            let end = end.map_or(rest.len(), |it| at + it);
            let is_own = res.contains('(') || rest[..at].contains('(');
            let word = &rest[at..end];
            res.push_str(&rest[..at]);
            res.push_str(if is_own && word.eq_ignore_ascii_case(from) { to } else { word });
            rest = &rest[end..];
        }
        self.head = res + rest;
    }

    /// Returns what is wrong with the values of its partitions.
    pub fn fault(&self) -> Option<&'static str> {
        let mut names: Vec<&str> = self.parts.iter().map(|it| &*it.name).collect();
        names.sort_unstable();
        if names.windows(2).any(|it| it[0] == it[1]) {
            return Some("two partitions have one name");
        }
        if self.size() == 0 {
            return Some("a table is cut into one partition at least");
        }
        let values: Vec<Option<(bool, &str)>> = self.parts.iter().map(Partition::values).collect();
        match self.method() {
            "range" => ranges_fault(&values),
            "list" => lists_fault(&values),
            _ if values.iter().any(Option::is_some) => Some("only ranges and lists have values"),
            _ => None,
        }
    }
}

impl Partition {
    /// Reads what stands in the parentheses of a list.
    pub fn read_all(list: &str) -> Vec<Self> {
        let texts = split(list).into_iter().filter_map(|it| it.trim().strip_prefix("partition "));
        let part = |it: &str| {
            let it = it.trim();
            let end = it.find([' ', '(']).unwrap_or(it.len());
            Self { name: it[..end].to_lowercase(), rest: it[end..].trim().to_owned() }
        };
        texts.map(part).collect()
    }

    fn numbered(at: usize) -> Self {
        Self { name: format!("p{at}"), rest: String::new() }
    }

    fn text(&self) -> String {
        let blank = if self.rest.is_empty() { "" } else { " " };
        format!("partition {}{blank}{}", self.name, self.rest)
    }

    /// Returns whether it is the bound of a range, and the values; `maxvalue` stands for itself.
    pub fn values(&self) -> Option<(bool, &str)> {
        let is_range = self.rest.starts_with("values less than");
        let text = self
            .rest
            .strip_prefix("values less than")
            .or_else(|| self.rest.strip_prefix("values in"))?;
        let text = text.trim_start();
        let inner = text.strip_prefix('(').map(|_| &text[1..matching(text, 0)]);
        Some((is_range, inner.map_or_else(|| text.split(' ').next().unwrap_or(text), str::trim)))
    }
}

fn ranges_fault(values: &[Option<(bool, &str)>]) -> Option<&'static str> {
    if values.is_empty() {
        return Some("each range has to be defined");
    }
    let mut last = None;
    for (at, it) in values.iter().enumerate() {
        let Some((true, bound)) = it else { return Some("each range says what it is less than") };
        if *bound == "maxvalue" {
            let is_last = at + 1 == values.len();
            return (!is_last).then_some("only the last range has no end");
        }
        if let Ok(number) = bound.parse::<i64>() {
            if last.is_some_and(|it| it >= number) {
                return Some("each range ends behind the one before");
            }
            last = Some(number);
        }
    }
    None
}

fn lists_fault(values: &[Option<(bool, &str)>]) -> Option<&'static str> {
    if values.is_empty() {
        return Some("each list has to be defined");
    }
    let mut seen: Vec<&str> = Vec::new();
    for it in values {
        let Some((false, list)) = it else { return Some("each list says which values it has") };
        for value in split(list).into_iter().map(str::trim) {
            if seen.contains(&value) {
                return Some("a value is in two lists");
            }
            seen.push(value);
        }
    }
    None
}

/// Returns the pieces between the commas of the outermost level.
pub(super) fn split(text: &str) -> Vec<&str> {
    let (mut res, mut start) = (Vec::new(), 0);
    for at in outermost(text).filter(|at| text[*at..].starts_with(',')) {
        res.push(&text[start..at]);
        start = at + 1;
    }
    if !text[start..].trim().is_empty() {
        res.push(&text[start..]);
    }
    res
}

/// Returns where the parenthesis that opens there is closed.
fn matching(text: &str, open: usize) -> usize {
    let inner = &text[open + 1..];
    let close = outermost(inner).find(|at| inner[*at..].starts_with(')'));
    close.map_or(text.len(), |it| open + 1 + it)
}

fn find(text: &str, what: &str) -> Option<usize> {
    outermost(text).find(|at| text[*at..].starts_with(what))
}

/// Returns the places that are in no parentheses and no string; a parenthesis itself is where it stands.
pub(super) fn outermost(text: &str) -> impl Iterator<Item = usize> {
    let (mut depth, mut quote) = (0_usize, None);
    text.char_indices().filter_map(move |(at, it)| {
        if quote.is_some() {
            quote = quote.filter(|own| *own != it);
            return None;
        }
        let is_outside = depth == 0;
        match it {
            '\'' => quote = Some(it),
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        is_outside.then_some(at)
    })
}
