//! Sentences about shell syntax.

/// Says that a shell operator has no effect.
pub(super) fn no_operator(operator: &str) -> String {
    format!(
        "The command runs without a shell, so {operator} has no effect. Put the line into a script and enter the \
         path of the script, or quote {operator} if it belongs to an argument."
    )
}

/// Says that a variable is not expanded.
pub(super) fn no_variable(variable: &str) -> String {
    format!(
        "The command runs without a shell, so {variable} is not replaced. Enter the value itself, or put the line \
         into a script and enter the path of the script."
    )
}
