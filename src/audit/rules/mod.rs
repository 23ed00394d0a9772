//! The rules, one a file, and the table of their codes.

mod acc101;
mod acc102;
mod acc103;
mod acc104;
mod acc105;
mod acc106;
mod acc107;
mod acc108;
mod acc109;
mod acc110;
mod acc111;
mod acc112;
mod acc113;
mod acc114;
mod acc115;
mod acc116;
mod acc117;
mod acc118;
mod acc119;
mod acc120;
mod acc121;
mod acc122;
mod acc123;
mod acc124;
mod acc133;
mod acc134;
mod acc135;
mod acc136;
mod att101;
mod att102;
mod att103;
mod att104;
mod att105;
mod att106;
mod att107;
mod att108;
mod att109;
mod att110;
mod att116;
mod att117;
mod att118;
mod att119;
mod att120;
#[cfg(test)]
mod cases;
mod causes;
mod coe101;
mod coe102;
mod coe103;
mod coe104;
mod coe105;
mod coe106;
mod coe107;
mod coe108;
mod coe109;
mod coe110;
mod coe111;
mod coe112;
mod coe113;
mod coe114;
mod coe115;
mod coe201;
mod coe202;
mod coe203;
mod coe204;
mod coe205;
mod coe206;
mod coe207;
mod coe208;
mod coe209;
mod coe210;
mod coe211;
mod coe212;
mod coe213;
mod coe214;
mod coe215;
mod coe216;
mod coe217;
mod coe218;
mod coe219;
mod coe220;
mod coe221;
mod coe222;
mod coe223;
mod coe224;
mod coe225;
mod coe226;
mod coe227;
mod coe228;
mod coe229;
mod coe230;
mod coe231;
mod coe232;
mod coe233;
mod coe234;
mod coe235;
mod coe236;
mod coe237;
mod coe238;
mod coe239;
mod coe240;
mod coe256;
mod coe257;
mod coe258;
mod coe259;
mod coe260;
mod coe261;
mod coe262;
mod coe263;
mod coe264;
mod coe265;
mod coe266;
mod coe267;
mod coe268;
mod coe269;
mod coe270;
mod coe301;
mod coe302;
mod coe303;
mod coe304;
mod coe305;
mod coe306;
mod coe307;
mod coe308;
mod coe309;
mod coe310;
mod coe311;
mod coe313;
mod com101;
mod com102;
mod com103;
mod com104;
mod com105;
mod com201;
mod com202;
mod com203;
mod com204;
mod com205;
mod com206;
mod com301;
mod com302;
mod com303;
mod com304;
mod com305;
mod com306;
mod com307;
mod com308;
mod com401;
mod com402;
mod com403;
mod com404;
mod com405;
mod com406;
mod com407;
mod com408;
mod com409;
mod com410;
mod com411;
mod cor001;
mod cor002;
mod counting;
mod dates;
mod grids;
mod non001;
mod non002;
mod non003;
mod prelude;
mod published;
mod said;
mod sums;
mod targets;
mod twins;
mod weighing;

use super::rule::Rule;

/// All rules, by code.
pub static RULES: [&Rule; 160] = [
    &acc101::RULE,
    &acc102::RULE,
    &acc103::RULE,
    &acc104::RULE,
    &acc105::RULE,
    &acc106::RULE,
    &acc107::RULE,
    &acc108::RULE,
    &acc109::RULE,
    &acc110::RULE,
    &acc111::RULE,
    &acc112::RULE,
    &acc113::RULE,
    &acc114::RULE,
    &acc115::RULE,
    &acc116::RULE,
    &acc117::RULE,
    &acc118::RULE,
    &acc119::RULE,
    &acc120::RULE,
    &acc121::RULE,
    &acc122::RULE,
    &acc123::RULE,
    &acc124::RULE,
    &acc133::RULE,
    &acc134::RULE,
    &acc135::RULE,
    &acc136::RULE,
    &att101::RULE,
    &att102::RULE,
    &att103::RULE,
    &att104::RULE,
    &att105::RULE,
    &att106::RULE,
    &att107::RULE,
    &att108::RULE,
    &att109::RULE,
    &att110::RULE,
    &att116::RULE,
    &att117::RULE,
    &att118::RULE,
    &att119::RULE,
    &att120::RULE,
    &coe101::RULE,
    &coe102::RULE,
    &coe103::RULE,
    &coe104::RULE,
    &coe105::RULE,
    &coe106::RULE,
    &coe107::RULE,
    &coe108::RULE,
    &coe109::RULE,
    &coe110::RULE,
    &coe111::RULE,
    &coe112::RULE,
    &coe113::RULE,
    &coe114::RULE,
    &coe115::RULE,
    &coe201::RULE,
    &coe202::RULE,
    &coe203::RULE,
    &coe204::RULE,
    &coe205::RULE,
    &coe206::RULE,
    &coe207::RULE,
    &coe208::RULE,
    &coe209::RULE,
    &coe210::RULE,
    &coe211::RULE,
    &coe212::RULE,
    &coe213::RULE,
    &coe214::RULE,
    &coe215::RULE,
    &coe216::RULE,
    &coe217::RULE,
    &coe218::RULE,
    &coe219::RULE,
    &coe220::RULE,
    &coe221::RULE,
    &coe222::RULE,
    &coe223::RULE,
    &coe224::RULE,
    &coe225::RULE,
    &coe226::RULE,
    &coe227::RULE,
    &coe228::RULE,
    &coe229::RULE,
    &coe230::RULE,
    &coe231::RULE,
    &coe232::RULE,
    &coe233::RULE,
    &coe234::RULE,
    &coe235::RULE,
    &coe236::RULE,
    &coe237::RULE,
    &coe238::RULE,
    &coe239::RULE,
    &coe240::RULE,
    &coe256::RULE,
    &coe257::RULE,
    &coe258::RULE,
    &coe259::RULE,
    &coe260::RULE,
    &coe261::RULE,
    &coe262::RULE,
    &coe263::RULE,
    &coe264::RULE,
    &coe265::RULE,
    &coe266::RULE,
    &coe267::RULE,
    &coe268::RULE,
    &coe269::RULE,
    &coe270::RULE,
    &coe301::RULE,
    &coe302::RULE,
    &coe303::RULE,
    &coe304::RULE,
    &coe305::RULE,
    &coe306::RULE,
    &coe307::RULE,
    &coe308::RULE,
    &coe309::RULE,
    &coe310::RULE,
    &coe311::RULE,
    &coe313::RULE,
    &com101::RULE,
    &com102::RULE,
    &com103::RULE,
    &com104::RULE,
    &com105::RULE,
    &com201::RULE,
    &com202::RULE,
    &com203::RULE,
    &com204::RULE,
    &com205::RULE,
    &com206::RULE,
    &com301::RULE,
    &com302::RULE,
    &com303::RULE,
    &com304::RULE,
    &com305::RULE,
    &com306::RULE,
    &com307::RULE,
    &com308::RULE,
    &com401::RULE,
    &com402::RULE,
    &com403::RULE,
    &com404::RULE,
    &com405::RULE,
    &com406::RULE,
    &com407::RULE,
    &com408::RULE,
    &com409::RULE,
    &com410::RULE,
    &com411::RULE,
    &cor001::RULE,
    &cor002::RULE,
    &non001::RULE,
    &non002::RULE,
    &non003::RULE,
];

/// The rule of a code, in any case of letters.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code.eq_ignore_ascii_case(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_order_and_every_manual_is_whole() {
        assert!(RULES.windows(2).all(|w| w[0].code < w[1].code));
        for rule in RULES {
            assert_eq!(rule.code.len(), 6);
            for text in [rule.what, rule.why, rule.basis, rule.example] {
                assert!(
                    text.ends_with(['.', '»']) || text.ends_with(|c: char| c.is_alphanumeric()),
                    "{}: {text}",
                    rule.code
                );
                assert!(!text.contains("  "), "{}: {text}", rule.code);
            }
            assert!(rule.manual().contains(rule.advice.it), "{}", rule.code);
        }
        assert_eq!(rule("coe101").map(|r| r.code), Some("COE101"));
        assert!(rule("COE").is_none());
    }
}
