//! The best among functions of one name (`func_select_candidate`).

use super::{
    coercion::{TEXTS, category, is_implicit, is_preferred},
    polymorphic,
    signature::{Parameter, Signature},
    ty::Ty,
};

/// Returns the operator that takes the type of one side on both, if the other side is a literal.
pub(super) fn same_on_both_sides<'a>(
    all: &[&'a Signature],
    args: &[Option<Ty>],
) -> Option<&'a Signature> {
    let ([Some(known), None] | [None, Some(known)]) = args else { return None };
    let is_it = |it: &&&Signature| it.takes.iter().all(|it| it.ty == known.name);
    all.iter().find(is_it).copied()
}

/// Whether a parameter of the type takes such an argument, as it is or by a cast that is not asked for.
pub(super) fn takes(parameter: &Ty, arg: &Ty) -> bool {
    polymorphic::takes(parameter, arg) || is_implicit(arg, parameter)
}

/// Returns the function that the arguments are for, those without a type being literals.
pub(super) fn best<'a>(all: &[&'a Signature], args: &[Option<Ty>]) -> Option<&'a Signature> {
    let of_length = || all.iter().copied().filter(|it| it.takes.len() == args.len());
    let is_exact = |it: &&Signature| {
        let mut pairs = it.takes.iter().zip(args);
        pairs.all(|(it, arg)| arg.as_ref().is_some_and(|arg| arg.name == it.ty))
    };
    if let Some(exact) = of_length().find(is_exact) {
        return Some(exact);
    }
    let fit = |(it, arg): (&Parameter, &Option<Ty>)| {
        let ty = Ty::listed(&it.ty);
        arg.as_ref().is_none_or(|arg| takes(&ty, arg)).then_some(ty)
    };
    let mut left: Vec<(&Signature, Vec<Ty>)> = Vec::new();
    for it in of_length() {
        let takes: Option<Vec<Ty>> = it.takes.iter().zip(args).map(fit).collect();
        if let Some(takes) = takes
            && polymorphic::resolved(it, args).is_some()
        {
            left.push((it, takes));
        }
    }
    keep_most(&mut left, args, |ty, arg| ty == arg);
    keep_most(&mut left, args, |ty, arg| {
        ty == arg || is_preferred(ty) && category(ty) == category(arg)
    });
    if left.len() > 1 {
        keep_for_literals(&mut left, args);
    }
    if left.len() > 1 {
        keep_alike(&mut left, args);
    }
    match left.as_slice() {
        [only] => Some(only.0),
        _ => None,
    }
}

/// Keeps the functions of which the most parameters fit.
fn keep_most(
    left: &mut Vec<(&Signature, Vec<Ty>)>,
    args: &[Option<Ty>],
    fits: impl Fn(&Ty, &Ty) -> bool,
) {
    let count = |takes: &[Ty]| {
        let typed = takes.iter().zip(args).filter_map(|it| Some((it.0, it.1.as_ref()?)));
        typed.filter(|it| fits(it.0, it.1)).count()
    };
    let most = left.iter().map(|it| count(&it.1)).max().unwrap_or(0);
    left.retain(|it| count(&it.1) == most);
}

/// Keeps the functions that take, where literals stand, the kind of type that literals are rather read as.
fn keep_for_literals(left: &mut Vec<(&Signature, Vec<Ty>)>, args: &[Option<Ty>]) {
    let mut wanted = Vec::new();
    for at in (0..args.len()).filter(|it| args[*it].is_none()) {
        let kinds: Vec<char> = left.iter().map(|it| category(&it.1[at])).collect();
        let kind = if kinds.contains(&TEXTS) { TEXTS } else { kinds[0] };
        if kind != TEXTS && kinds.iter().any(|it| *it != kind) {
            return;
        }
        let is_wanted = |it: &&(&Signature, Vec<Ty>)| category(&it.1[at]) == kind;
        let preferred = left.iter().filter(is_wanted).any(|it| is_preferred(&it.1[at]));
        wanted.push((at, kind, preferred));
    }
    let fits = |takes: &[Ty]| {
        wanted.iter().all(|(at, kind, preferred)| {
            category(&takes[*at]) == *kind && (!preferred || is_preferred(&takes[*at]))
        })
    };
    if left.iter().any(|it| fits(&it.1)) {
        left.retain(|it| fits(&it.1));
    }
}

/// Keeps the functions that take literals for what all other arguments are.
fn keep_alike(left: &mut Vec<(&Signature, Vec<Ty>)>, args: &[Option<Ty>]) {
    let mut typed = args.iter().flatten();
    let Some(ty) = typed.next().filter(|ty| typed.all(|it| it == *ty)) else { return };
    let all = vec![Some(ty.clone()); args.len()];
    let fits = |signature: &Signature, parameters: &[Ty]| {
        parameters.iter().all(|it| takes(it, ty))
            && polymorphic::resolved(signature, &all).is_some()
    };
    if left.iter().filter(|it| fits(it.0, &it.1)).count() == 1 {
        left.retain(|it| fits(it.0, &it.1));
    }
}
