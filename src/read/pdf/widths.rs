//! A guard against fonts that give a width to billions of characters, each of which the PDF library would note.

use super::inflate::find;

/// Digits that the number of a character has at most: the last one is 65,535 (ISO 32000-1, annex C).
const DIGITS: usize = 5;

/// Overwrites numbers that are none of a character in the plain lists of widths (`/W` and `/W2` of composite fonts) with zeros.
pub(super) fn defuse(bytes: &mut [u8]) {
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| find(rest, b"/W")) {
        at += found + 2;
        let rest = bytes.get_mut(at..).unwrap_or_default();
        let rest = if rest.first() == Some(&b'2') { rest.get_mut(1..).unwrap_or_default() } else { rest };
        let blanks = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        if let Some([b'[', list @ ..]) = rest.get_mut(blanks..) {
            blank(list);
        }
    }
}

/// The same in a list, from behind its bracket.
fn blank(list: &mut [u8]) {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(byte) = list.get(at).copied() {
        match byte {
            b'[' => depth += 1,
            b']' if depth == 0 => return,
            b']' => depth -= 1,
            b'0'..=b'9' => {
                let number = list.get_mut(at..).unwrap_or_default();
                let length = number.iter().take_while(|byte| byte.is_ascii_digit()).count();
                if length > DIGITS {
                    number.iter_mut().take(length).for_each(|digit| *digit = b'0');
                }
                at += length;
                continue;
            }
            // A fraction is of any length.
            b'.' => {
                let digits = list.iter().skip(at + 1).take_while(|byte| byte.is_ascii_digit()).count();
                at += digits;
            }
            b'+' | b'-' | b'R' | b' ' | b'\t' | b'\r' | b'\n' | 0x0c | 0 => {}
            _ => return,
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_of_no_character_go() {
        let mut file =
            b"/W [0 4294967295 5 3 [500.1234567 12 0 R] 65535 100000 7]/Width 1000000 /W2[1 9999999 (999999)]".to_vec();
        defuse(&mut file);
        let expected =
            "/W [0 0000000000 5 3 [500.1234567 12 0 R] 65535 000000 7]/Width 1000000 /W2[1 0000000 (999999)]";
        assert_eq!(String::from_utf8_lossy(&file), expected);
    }
}
