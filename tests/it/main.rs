mod dialects;

#[test]
fn a() {}
mod zz_dump;
