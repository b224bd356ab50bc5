//! Parses the name or ARN of a secret, and its region.

/// The longest name, characters (`CreateSecret`, AWS Secrets Manager API reference).
const MAX_NAME_LEN: usize = 512;

/// Identifies a secret.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum SecretId {
    Name(String),
    Arn(Arn),
}

/// `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Arn {
    text: String,
    pub(super) region: String,
    /// Includes the suffix of six random characters that AWS adds.
    pub(super) name: String,
}

impl SecretId {
    /// # Errors
    /// A sentence that says what is wrong.
    pub(super) fn read(typed: &str) -> Result<Self, String> {
        if typed.starts_with("arn:") {
            return Arn::read(typed).map(Self::Arn);
        }
        check_name(typed)?;
        Ok(Self::Name(typed.to_owned()))
    }

    pub(super) fn into_text(self) -> String {
        match self {
            Self::Name(text) | Self::Arn(Arn { text, .. }) => text,
        }
    }
}

impl Arn {
    fn read(typed: &str) -> Result<Self, String> {
        let parts: Vec<_> = typed.split(':').collect();
        let (region, name) = match parts.as_slice() {
            ["arn", _, "secretsmanager", region, _, "secret", name] => (region, name),
            ["arn", _, "secretsmanager", _, _, "secret", _, ..] => {
                return Err(
                    "This ARN continues after the secret’s name. Enter it up to the name, and the field name below."
                        .to_owned(),
                );
            }
            ["arn", _, service, ..] if *service != "secretsmanager" => {
                return Err(format!(
                    "This ARN belongs to {service}, not to a secret in AWS Secrets Manager."
                ));
            }
            _ => return Err("This ARN is incomplete. Copy all of it.".to_owned()),
        };
        check_name(name)?;
        Ok(Self {
            text: typed.to_owned(),
            region: read_region(region)?,
            name: (*name).to_owned(),
        })
    }
}

fn check_name(name: &str) -> Result<(), String> {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "/_+=.@!-".contains(c);
    if let Some(other) = name.chars().find(|c| !is_allowed(*c)) {
        let other = if other == ' ' {
            "spaces".to_owned()
        } else {
            format!("“{}”", other.escape_debug())
        };
        return Err(format!(
            "A secret’s name contains only letters, digits and /_+=.@-, not {other}."
        ));
    }
    match name.len() {
        0 => Err("This ARN is incomplete. Copy all of it.".to_owned()),
        len if len > MAX_NAME_LEN => Err(format!(
            "A secret’s name has at most {MAX_NAME_LEN} characters."
        )),
        _ => Ok(()),
    }
}

/// Parses a region code. It becomes part of a host name, so nothing else may pass.
///
/// # Errors
/// A sentence that says what is wrong.
pub(super) fn read_region(typed: &str) -> Result<String, String> {
    let code = typed.trim().to_ascii_lowercase();
    let wrong = || Err("Enter the region’s code, such as eu-central-1.".to_owned());
    let parts: Vec<_> = code.split('-').collect();
    let Some((number, words)) = parts.split_last() else {
        return wrong();
    };
    let are_words = words.len() >= 2
        && words
            .iter()
            .all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase()));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !are_words || code.len() > 32 {
        return wrong();
    }
    if is_number(number) {
        return Ok(code);
    }
    // "eu-central-1a".
    match number.strip_suffix(|c: char| c.is_ascii_lowercase()) {
        Some(bare) if is_number(bare) => {
            let region = &code[..code.len() - 1];
            Err(format!("{code} is an availability zone. Enter {region}."))
        }
        _ => wrong(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_arns_are_told_apart() {
        let name = SecretId::read("rds!db-1/x_+=.@").unwrap();
        assert_eq!(name, SecretId::Name("rds!db-1/x_+=.@".to_owned()));
        for (region, partition) in [
            ("cn-north-1", "aws-cn"),
            ("us-gov-west-1", "aws-us-gov"),
            ("eusc-de-east-1", "aws-eusc"),
        ] {
            let text = format!("arn:{partition}:secretsmanager:{region}:123456789012:secret:a/b");
            let Ok(SecretId::Arn(arn)) = SecretId::read(&text) else {
                panic!("{text}")
            };
            assert_eq!((arn.region.as_str(), arn.name.as_str()), (region, "a/b"));
        }
    }

    #[test]
    fn each_mistake_has_its_sentence() {
        let long = "a".repeat(513);
        for (typed, expected) in [
            ("thred production", "not spaces"),
            ("thred;x", "not “;”"),
            ("a\u{202e}b", "not “"),
            (long.as_str(), "at most 512"),
            ("arn:aws:secretsmanager:eu-west-1", "incomplete"),
            ("arn:aws:secretsmanager:eu-west-1:1:secret:", "incomplete"),
            ("arn:aws:s3:::bucket", "belongs to s3"),
            (
                "arn:aws:secretsmanager:eu-west-1:1:secret:x-AbCdEf:api_key::",
                "continues after",
            ),
            (
                "arn:aws:secretsmanager:evil.example/:1:secret:x",
                "region’s code",
            ),
        ] {
            let complaint = SecretId::read(typed).unwrap_err();
            assert!(complaint.contains(expected), "{typed}: {complaint}");
        }
    }

    #[test]
    fn a_region_is_a_code_and_nothing_else() {
        assert_eq!(read_region(" EU-Central-1").unwrap(), "eu-central-1");
        assert_eq!(read_region("us-iso-east-1").unwrap(), "us-iso-east-1");
        for (typed, expected) in [
            ("eu-central-1a", "Enter eu-central-1."),
            ("Frankfurt", "such as"),
            ("EU (Frankfurt)", "such as"),
            ("eu-central", "such as"),
            ("eu-central-1.evil.example", "such as"),
            ("evil.example/-x-1", "such as"),
            ("-", "such as"),
        ] {
            let complaint = read_region(typed).unwrap_err();
            assert!(complaint.contains(expected), "{typed}: {complaint}");
        }
    }
}
