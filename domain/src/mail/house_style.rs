//! The same text of a mail as HTML, in the municipality's house style. It is made from the text when the mail leaves, so the two cannot
//! differ; it fetches nothing, so nobody learns that it was opened.

use std::fmt::Write as _;

use tenants::Tenant;

use crate::style::{HouseStyle, MailColours};

/// A text as it stands between tags and in attributes.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A line of text, of which addresses of pages become links.
fn line(text: &str, link: &str) -> String {
    let mut html = String::new();
    for word in text.split_inclusive(char::is_whitespace) {
        let seen = word.trim_end();
        let address = seen.trim_end_matches(['.', ',', ')', ';']);
        if address.starts_with("https://") || address.starts_with("http://") {
            let rest = word.strip_prefix(address).unwrap_or_default();
            let address = escaped(address);
            let _ = write!(
                html,
                "<a href=\"{address}\" style=\"color:{link};word-break:break-all\">{address}</a>{}",
                escaped(rest)
            );
        } else {
            html.push_str(&escaped(word));
        }
    }
    html
}

/// A paragraph: lines, or a list when each line begins with a dash.
fn paragraph(text: &str, link: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let items: Option<Vec<&str>> = lines.iter().map(|one| one.strip_prefix("- ")).collect();
    let all = |lines: Vec<&str>, between: &str| {
        let lines: Vec<String> = lines.into_iter().map(|one| line(one, link)).collect();
        lines.join(between)
    };
    match items {
        Some(items) => format!(
            "<ul style=\"margin:0 0 16px;padding:0 0 0 20px\"><li>{}</li></ul>",
            all(items, "</li><li>")
        ),
        None => format!("<p style=\"margin:0 0 16px\">{}</p>", all(lines, "<br>\n")),
    }
}

/// The mail as HTML. `logo` is the address of the logo's picture, if there is one: a part of the same mail.
pub fn html(
    tenant: &Tenant,
    language: &str,
    (subject, text): (&str, &str),
    logo: Option<&str>,
) -> String {
    let style = HouseStyle::of(tenant);
    let logo = logo.map(|address| {
        format!(
            "<tr><td style=\"padding:16px 24px\"><img src=\"{}\" alt=\"{}\" height=\"48\" \
             style=\"display:block;height:48px;width:auto;max-width:100%;border:0\"></td></tr>",
            escaped(address),
            escaped(style.logo_text.as_deref().unwrap_or_default()),
        )
    });
    let colours = style
        .mail_colours()
        .or_else(|| HouseStyle::beginning().mail_colours());
    let MailColours {
        band,
        ground,
        text: ink,
        quiet,
        line: edge,
        link,
    } = colours.unwrap_or_default();
    let body: Vec<String> = (text.split("\n\n").map(str::trim))
        .filter(|part| !part.is_empty())
        .map(|part| paragraph(part, &link))
        .collect();
    let contact = &tenant.contact;
    let footer: Vec<String> = [
        Some(tenant.name.as_str()),
        contact.phone.as_deref(),
        contact.website.as_deref(),
        contact.post.as_deref(),
    ]
    .into_iter()
    .flatten()
    .map(|part| line(part, &link))
    .collect();
    format!(
        include_str!("house_style.html"),
        language = escaped(language),
        subject = escaped(subject),
        name = escaped(&tenant.name),
        logo = logo.unwrap_or_default(),
        body = body.join("\n"),
        footer = footer.join("<br>\n"),
        band = band,
        ground = ground,
        text = ink,
        quiet = quiet,
        line = edge,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_paragraphs_lists_and_links_and_nothing_else() {
        assert_eq!(
            paragraph("Beste <b>Truus</b>,\nwelkom & \"hallo\"", "#000000"),
            "<p style=\"margin:0 0 16px\">Beste &lt;b&gt;Truus&lt;/b&gt;,<br>\nwelkom &amp; &quot;hallo&quot;</p>"
        );
        assert_eq!(
            paragraph("- een\n- twee", "#000000"),
            "<ul style=\"margin:0 0 16px;padding:0 0 0 20px\"><li>een</li><li>twee</li></ul>"
        );
        let linked = line(
            "Zie https://a.example/b?c=1&d=2. Of javascript:x",
            "#01558b",
        );
        assert!(
            linked.contains("href=\"https://a.example/b?c=1&amp;d=2\""),
            "{linked}"
        );
        assert!(linked.contains("</a>. Of javascript:x"), "{linked}");
    }
}
