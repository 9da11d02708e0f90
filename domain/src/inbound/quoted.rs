//! The words of an answer without the mail that they answer, which mail programs put below them.

/// Lines that a heading of a quoted mail may take.
const HEADING: usize = 6;

fn is_quoted(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

/// "Op ma 23 nov. 2026 om 10:00 schreef Gemeente Waterdam <…>:", "On Mon, 23 Nov 2026 … wrote:", on one line or broken over two or three.
fn is_wrote(lines: &[&str]) -> bool {
    let starts = |line: &str| {
        let line = line.trim_start();
        line.starts_with("Op ") || line.starts_with("On ")
    };
    let Some(first) = lines.first().filter(|line| starts(line)) else {
        return false;
    };
    let mut heading = String::new();
    for line in std::iter::once(first).chain(lines.iter().skip(1)).take(3) {
        heading.push_str(line.trim());
        heading.push(' ');
        let so_far = heading.trim_end();
        if so_far.ends_with(':') && (so_far.contains("schreef") || so_far.ends_with("wrote:")) {
            return true;
        }
    }
    false
}

/// "-----Oorspronkelijk bericht-----", and the lines "Van: … Verzonden: …" with which Outlook begins what it quotes.
fn is_outlook(lines: &[&str]) -> bool {
    let Some(first) = lines.first().map(|line| line.trim()) else {
        return false;
    };
    let words = first.trim_matches(['-', ' ', '_']).to_lowercase();
    let is_ruled = first.starts_with("---");
    if is_ruled && ["oorspronkelijk bericht", "original message"].contains(&words.as_str()) {
        return true;
    }
    let begins = |line: &str, names: [&str; 2]| {
        let line = line.trim_start_matches(['*', ' ', '>']);
        names.iter().any(|name| line.starts_with(name))
    };
    let rest = lines.iter().skip(1).take(HEADING);
    begins(first, ["Van:", "From:"])
        && (rest.clone())
            .any(|line| begins(line, ["Verzonden:", "Sent:"]) || begins(line, ["Datum:", "Date:"]))
        && rest.clone().any(|line| begins(line, ["Aan:", "To:"]))
}

/// The text up to what it quotes at its end. Words between quoted lines are an answer too, so then nothing is left out; neither when nothing
/// would be left.
pub(super) fn without_quoted(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut end = lines.len();
    for place in 0..lines.len() {
        let rest = lines.get(place..).unwrap_or_default();
        let only_quoted = |rest: &[&str]| {
            rest.iter()
                .all(|line| is_quoted(line) || line.trim().is_empty())
        };
        if is_outlook(rest) {
            end = place;
            break;
        }
        if is_wrote(rest) {
            let quoted = rest.iter().position(|line| is_quoted(line));
            let answers_between =
                quoted.is_some_and(|quoted| !only_quoted(rest.get(quoted..).unwrap_or_default()));
            if !answers_between {
                end = place;
                break;
            }
        }
        if is_quoted(rest.first().copied().unwrap_or_default()) && only_quoted(rest) {
            end = place;
            break;
        }
    }
    let kept = lines.get(..end).unwrap_or_default().join("\n");
    let kept = kept.trim().trim_end_matches(['_', '\n']).trim_end();
    if kept.is_empty() {
        text.trim().to_owned()
    } else {
        kept.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::without_quoted;

    #[test]
    fn what_is_answered_is_left_out_and_what_was_written_stays() {
        for (mail, words) in [
            ("Dank u wel.\n\nTruus", "Dank u wel.\n\nTruus"),
            (
                "Dank u.\n\nOp ma 23 nov. 2026 om 10:00 schreef Gemeente Waterdam <a@b.example>:\n\n> Wij bellen u.\n> Groet",
                "Dank u.",
            ),
            (
                "Dank u.\n\nOp ma 23 nov. 2026 om 10:00 schreef Gemeente Waterdam\n<a@b.example>:\n> Wij bellen u.",
                "Dank u.",
            ),
            (
                "Thanks\n\nOn Mon, 23 Nov 2026 at 10:00, Waterdam wrote:\n> We call",
                "Thanks",
            ),
            (
                "Prima.\n\nVan: Gemeente\nVerzonden: maandag 23 november 2026\nAan: Truus\nOnderwerp: Uw bericht\n\nWij bellen u.",
                "Prima.",
            ),
            (
                "Fine\n________________________________\nFrom: W\nSent: Monday\nTo: T\n\nWe call",
                "Fine",
            ),
            ("Ja.\n\n-----Oorspronkelijk bericht-----\nWij bellen", "Ja."),
            ("Ja.\n> Wij bellen u.", "Ja."),
            // Answers between what is quoted.
            (
                "Op ma 23 nov. 2026 schreef W:\n> Komt u?\nJa.\n> Wanneer?\nMaandag.",
                "Op ma 23 nov. 2026 schreef W:\n> Komt u?\nJa.\n> Wanneer?\nMaandag.",
            ),
            // Nothing of one's own.
            ("> Wij bellen u.", "> Wij bellen u."),
            // Words that only look like a heading.
            (
                "Op maandag belde ik u:\nniemand nam op.",
                "Op maandag belde ik u:\nniemand nam op.",
            ),
            (
                "Van: mij\nis dit plantsoen niet",
                "Van: mij\nis dit plantsoen niet",
            ),
            ("", ""),
        ] {
            assert_eq!(without_quoted(mail), words, "{mail}");
        }
    }
}
