//! What the table of kinds writes for each of its rows.

/// Writes [`Object`], [`KINDS`] and what follows from the list: top-level kinds with their map in the schema,
/// parts, and the lists of parts that an owner has.
macro_rules! kinds {
    (
        top: $($top:ident in $map:ident,)+;
        parts: $($part:ident,)+;
        owners: $($owner:ident in $owners:ident { $($of:ident in $list:ident,)+ })+
    ) => {
        /// An object of any kind.
        #[derive(Clone, Copy, Debug)]
        pub enum Object<'a> {
            $($top(&'a $top),)+
            $($part(&'a $part),)+
        }

        /// All kinds, those at the top first.
        pub static KINDS: &[&Info] = &[$($top::INFO,)+ $($part::INFO),+];

        /// Every field of every kind, for the reference: keyword, name, summary.
        pub fn fields() -> Vec<(&'static str, &'static str, &'static str)> {
            let mut res = Vec::new();
            $(res.extend($top::FIELDS.iter().map(|it| ($top::INFO.keyword, it.name, it.summary)));)+
            $(res.extend($part::FIELDS.iter().map(|it| ($part::INFO.keyword, it.name, it.summary)));)+
            res
        }

        impl<'a> Object<'a> {
            pub fn meta(self) -> &'a Meta {
                match self {
                    $(Self::$top(it) => it.meta(),)+
                    $(Self::$part(it) => it.meta(),)+
                }
            }

            /// Returns its owner and privileges, if it can have any.
            pub fn access(self) -> Option<&'a Access> {
                match self {
                    $(Self::$top(it) => it.access(),)+
                    $(Self::$part(it) => it.access(),)+
                }
            }

            /// Returns every field that is set here or in another object of the kind.
            pub fn against(self, desired: Self) -> Vec<FieldPair> {
                match (self, desired) {
                    $((Self::$top(current), Self::$top(desired)) => FieldPair::of(current, desired),)+
                    $((Self::$part(current), Self::$part(desired)) => FieldPair::of(current, desired),)+
                    _ => Vec::new(),
                }
            }

            /// Returns every field that is set, as its name and its text.
            pub fn shown_fields(self) -> Vec<(&'static str, String)> {
                fn rows<K: Kind>(it: &K) -> Vec<(&'static str, String)> {
                    K::FIELDS.iter().map(|row| (row.name, (row.show)(it))).filter(|it| !it.1.is_empty()).collect()
                }
                match self {
                    $(Self::$top(it) => rows(it),)+
                    $(Self::$part(it) => rows(it),)+
                }
            }
        }

        $(kinds!(@object $top);)+
        $(kinds!(@object $part);)+

        /// Looks at the lists of parts of two owners, kind by kind.
        pub trait PartVisitor {
            fn list<K: Kind>(&mut self, current: &[K], desired: &[K])
            where
                for<'a> Object<'a>: From<&'a K>;
        }

        /// Looks at the top-level objects of two schemas, kind by kind.
        pub trait TopVisitor {
            fn map<Key: TopKey, K: Kind>(&mut self, current: &Map<Key, K>, desired: &Map<Key, K>)
            where
                for<'a> Object<'a>: From<&'a K>;
        }

        $(impl $owner {
            /// Shows the visitor each kind's list in both, in the order of stages.
            pub fn visit_parts(current: &Self, desired: &Self, visitor: &mut impl PartVisitor) {
                $(visitor.list(as_list(&current.$list), as_list(&desired.$list));)+
            }

            /// Returns all parts with their identity.
            pub fn parts(&self) -> Vec<(Id, Object<'_>)> {
                let mut res: Vec<(Id, Object<'_>)> = Vec::with_capacity(self.n_parts());
                $(for it in as_list(&self.$list) {
                    res.push((Id::part::<$of>(self.name.clone(), it.name().clone()), it.into()));
                })+
                res
            }

            pub fn part_names(&self) -> Vec<&crate::base::Name> {
                let mut res = Vec::with_capacity(self.n_parts());
                $(res.extend(as_list(&self.$list).iter().map(Kind::name));)+
                res
            }

            pub fn n_parts(&self) -> usize {
                0 $(+ as_list(&self.$list).len())+
            }
        })+

        impl Schema {
            /// Shows the visitor each top-level kind's map in both.
            pub fn visit_tops(current: &Self, desired: &Self, visitor: &mut impl TopVisitor) {
                $(visitor.map(&current.$map, &desired.$map);)+
            }

            /// Shows the visitor the parts of every owner that both schemas have.
            pub fn visit_owners(current: &Self, desired: &Self, visitor: &mut impl OwnerVisitor) {
                $(for (name, desired) in &desired.$owners {
                    if let Some(current) = current.$owners.get(name)
                        && let Some(visitor) = visitor.parts_of(name, current.into(), desired.into())
                    {
                        let mut visitor = visitor;
                        $owner::visit_parts(current, desired, &mut visitor);
                    }
                })+
            }

            /// Returns the object of that identity.
            pub fn find(&self, id: &Id) -> Option<Object<'_>> {
                if id.part.is_none() {
                    $(if id.is::<$top>() {
                        return self.$map.get(&TopKey::key(&id.owner)).map(Object::$top);
                    })+
                }
                let name = id.part.as_ref()?;
                $(if let Some(owner) = self.$owners.get(&id.owner) {
                    $(if id.is::<$of>() {
                        return as_list(&owner.$list).iter().find(|it| it.name() == name).map(Object::$of);
                    })+
                })+
                None
            }

            /// Takes the object of that identity away, parts with their owner; returns whether there was one.
            pub fn remove(&mut self, id: &Id) -> bool {
                let Some(name) = &id.part else {
                    $(if id.is::<$top>() {
                        return self.$map.remove(&TopKey::key(&id.owner)).is_some();
                    })+
                    return false;
                };
                $(if let Some(owner) = self.$owners.get_mut(&id.owner) {
                    $(if id.is::<$of>() {
                        return owner.$list.take_out(name);
                    })+
                })+
                false
            }

            /// Returns what only concerns schemac about the object of that identity.
            pub fn meta_mut(&mut self, id: &Id) -> Option<&mut Meta> {
                let Some(name) = &id.part else {
                    $(if id.is::<$top>() {
                        return self.$map.get_mut(&TopKey::key(&id.owner)).map(|it| &mut it.meta);
                    })+
                    return None;
                };
                $(if let Some(owner) = self.$owners.get_mut(&id.owner) {
                    $(if id.is::<$of>() {
                        return owner.$list.iter_mut().find(|it| it.name() == name).map(|it| &mut it.meta);
                    })+
                })+
                None
            }

            /// Returns owner and privileges of the object of that identity, if it can have any.
            pub fn access_mut(&mut self, id: &Id) -> Option<&mut Access> {
                let Some(name) = &id.part else {
                    $(if id.is::<$top>() {
                        return self.$map.get_mut(&TopKey::key(&id.owner)).and_then(Kind::access_mut);
                    })+
                    return None;
                };
                $(if let Some(owner) = self.$owners.get_mut(&id.owner) {
                    $(if id.is::<$of>() {
                        return owner.$list.iter_mut().find(|it| it.name() == name).and_then(Kind::access_mut);
                    })+
                })+
                None
            }

            /// Returns the comment of the object of that identity, if it can have one.
            pub fn comment_mut(&mut self, id: &Id) -> Option<&mut Option<String>> {
                let Some(name) = &id.part else {
                    $(if id.is::<$top>() {
                        return self.$map.get_mut(&TopKey::key(&id.owner)).and_then(Kind::comment_mut);
                    })+
                    return None;
                };
                $(if let Some(owner) = self.$owners.get_mut(&id.owner) {
                    $(if id.is::<$of>() {
                        return owner.$list.iter_mut().find(|it| it.name() == name).and_then(Kind::comment_mut);
                    })+
                })+
                None
            }

            /// Takes over from `current` what modules cannot declare, so that a plan keeps it.
            pub fn adopt_undeclared(&mut self, current: &Self) {
                $(if !$top::INFO.declared {
                    for (key, it) in &current.$map {
                        self.$map.add_missing(key, || it.clone());
                    }
                } else {
                    for (key, current) in &current.$map {
                        let own = self.$map.get_mut(key).and_then(Kind::access_mut);
                        if let (Some(own), Some(access)) = (own, current.access()) {
                            own.clone_from(access);
                        } else if current.meta().given && !self.$map.contains_key(key) {
                            self.$map.insert(key.clone(), current.clone());
                        }
                    }
                })+
                $(for own in self.$owners.values_mut() {
                    let old = own.meta.renamed_from.clone().map(|it| QName::new(own.name.schema.clone(), it));
                    let current = current.$owners.get(&own.name).or_else(|| current.$owners.get(&old?));
                    if let Some(current) = current {
                        $(if !$of::INFO.declared {
                            own.$list.clone_from(&current.$list);
                        })+
                        own.adopt_fields(current);
                    }
                })+
            }

            /// Returns the parts of the object of that identity.
            pub fn parts_of(&self, id: &Id) -> Vec<(Id, Object<'_>)> {
                $(if id.is::<$owner>() {
                    return self.$owners.get(&id.owner).map($owner::parts).unwrap_or_default();
                })+
                Vec::new()
            }

            /// Returns all objects with their identities, parts behind their owners.
            pub fn objects(&self) -> Vec<(Id, Object<'_>)> {
                let mut res: Vec<(Id, Object<'_>)> = Vec::with_capacity(self.len());
                $(for (key, it) in &self.$map {
                    res.push((Id::of::<$top>(key.name()), it.into()));
                })+
                $(for it in self.$owners.values() {
                    res.extend(it.parts());
                })+
                res
            }

            /// Returns whether nothing was changed since one was cloned from the other.
            pub fn is_untouched(&self, other: &Self) -> bool {
                $(self.$map.is_untouched(&other.$map))&&+
            }

            /// Returns the top-level objects that are not the very same in both.
            pub fn changed(&self, other: &Self) -> Vec<Id> {
                let mut res = Vec::new();
                $(res.extend(self.$map.changed(&other.$map).into_iter().map(|it| Id::of::<$top>(it.name())));)+
                res
            }

            /// Returns how many objects there are, parts included.
            pub fn len(&self) -> usize {
                0 $(+ self.$map.len())+ $(+ self.$owners.values().map($owner::n_parts).sum::<usize>())+
            }

            pub fn is_empty(&self) -> bool {
                $(self.$map.is_empty())&&+
            }
        }
    };
    (@object $kind:ident) => {
        impl<'a> From<&'a $kind> for Object<'a> {
            fn from(it: &'a $kind) -> Self {
                Self::$kind(it)
            }
        }

        impl<'a> TryFrom<Object<'a>> for &'a $kind {
            type Error = ();

            fn try_from(it: Object<'a>) -> Result<Self, ()> {
                if let Object::$kind(it) = it { Ok(it) } else { Err(()) }
            }
        }
    };
}
