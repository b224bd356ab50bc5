//! A business as the API describes it: <https://docs.thredfi.com> "List businesses", "Get business".

mod compact;
mod fields;
mod id;
mod texts;

pub use compact::CompactBusiness;
pub use fields::{Business, BusinessDetail};
pub use id::{BusinessId, BusinessIds};
pub use texts::BusinessText;
