//! Checks the form of an e-mail address. What every server rejects is wrong. The rest is only a warning, because only
//! the receiving server knows.

use super::finding::Severity;
use super::text::quoted;

/// RFC 5321, section 4.5.3.1: longest path without its brackets, octets.
const MAX_LEN: usize = 254;

pub(super) fn check_email(typed: &str, say: &mut impl FnMut(Severity, String)) {
    if let Err(problem) = shape(typed) {
        say(Severity::Wrong, problem);
        return;
    }
    if typed.len() > MAX_LEN {
        say(
            Severity::Warning,
            format!("Longer than {MAX_LEN} characters. Most servers reject that."),
        );
    }
    let (local, host) = typed.rsplit_once('@').unwrap_or_default();
    if local.starts_with('.') || local.ends_with('.') || local.contains("..") {
        say(Severity::Warning, "Extra dot before @.".to_owned());
    } else if let Some(odd) = local.chars().chain(host.chars()).find(|c| is_odd(*c)) {
        say(
            Severity::Warning,
            format!("{} is unusual in an address.", quoted(&odd.to_string())),
        );
    }
}

fn is_odd(c: char) -> bool {
    !(c.is_ascii_alphanumeric() || ".-_+'&=~!#$%*/?^`{|}".contains(c))
}

fn shape(typed: &str) -> Result<(), String> {
    if typed.chars().any(char::is_whitespace) {
        return Err("Remove the spaces. Enter one address only.".to_owned());
    }
    let Some((local, host)) = typed.rsplit_once('@') else {
        return Err("The @ is missing, as in info@harbourlane.example.".to_owned());
    };
    if local.is_empty() {
        return Err("Nothing before the @.".to_owned());
    }
    if local.contains('@') {
        return Err("There is more than one @. Enter one address only.".to_owned());
    }
    if host.is_empty() {
        return Err("Nothing after the @.".to_owned());
    }
    if typed.contains([',', ';', '<', '>']) {
        return Err("Enter one address only, without a name or brackets.".to_owned());
    }
    if host.starts_with('.') || host.ends_with('.') || host.contains("..") {
        return Err("Extra dot after @.".to_owned());
    }
    if !host.contains('.') {
        let short: String = host.chars().take(30).collect();
        let shown = crate::domain::text::visible(&short);
        return Err(format!(
            "The part after @ needs a dot, as in {shown}.example."
        ));
    }
    Ok(())
}
